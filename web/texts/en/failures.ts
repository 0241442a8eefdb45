/** The help on failures: every way a run can end badly. What each failure means is told by the API. */

export const title = 'Failures explained'
export const description = 'Every way a run can end badly: why it happens, and what to do.'
export const search = 'Search failures'
/** For those who listen, while they search. */
export const found = (count: number) => `${count} found`
export const noMatchTitle = 'No failure matches'
export const noMatchHint = (text: string) => `Nothing in a code, a cause or a remedy contains “${text}”.`
export const clearSearch = 'Clear the search'

/** A badge: the run tries again by itself. */
export const triesAgain = 'Tries again'
export const rootCause = 'Root cause'
export const resolution = 'Resolution'
/** `status`: its code, FAILED or ERROR. */
export const repeated = (status: string) => `The run tries again by itself while it has attempts left, and then ends ${status}.`
/** `status`: its code, FAILED or ERROR. */
export const notRepeated = (status: string) => `A new attempt would end the same way, so the run ends ${status} at once.`
