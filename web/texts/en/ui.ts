/** The words of the controls that every page is made of. */

/** Names the links that lead from a page up to the places above it. */
export const breadcrumb = 'Breadcrumb'

/** Beside the label of a field. */
export const optional = 'optional'

/** How many values of a filter are chosen, where they are more than one. */
export const chosen = (count: number) => `${count} chosen`
/** In a list of columns to choose from. */
export const noColumn = 'No column can be chosen.'

export const copy = 'Copy'
export const copied = 'Copied'
/** @param label of the field */
export const isCopied = (label: string) => `${label} is copied`
/** Where the browser refuses to copy. */
export const marked = 'It is marked. Press Ctrl+C or ⌘C to copy it.'

/** @param moment such as "2026-05-24 02:00:03", in the reader's own time zone */
export const local = (moment: string) => `${moment} local`
