/** What can be done to a value on its way: each transform's name, what it does, and what is wrong with it. */

export const trim = 'Trim spaces'
export const trimHint = 'Spaces at both ends go.'

export const upper = 'Upper case'
export const upperHint = 'Letters become capitals.'

export const lower = 'Lower case'
export const lowerHint = 'Letters become small.'

export const nullValues = 'Texts for no value'
export const nullValuesHint = 'A value that reads so is NULL, or the default where there is one. One a line; "" is the empty text.'
/** In the mapping's line. */
export const nullValuesOf = (values: readonly string[]) => `Texts for no value: ${values.join(', ')}`
export const nullValuesMissing = 'Name at least one text that stands for no value.'

export const dateFormat = 'Date format'
/** The letters are those that the API understands. */
export const dateFormatHint = 'How the source writes a date or a time: YYYY, MM, DD, HH, mm, ss and what stands between them.'
/** In the mapping's line. */
export const dateFormatOf = (format: string) => `Date format ${format}`
export const dateFormatMissing = 'Give the format, such as DD.MM.YYYY.'

export const decimalComma = 'Decimal comma'
export const decimalCommaHint = 'Reads 1.234,56 as 1234.56.'

export const constant = 'Constant'
export const constantHint = 'This value, whatever the source has.'
/** In the mapping's line. */
export const constantOf = (value: string) => `Constant “${value}”`

export const sha256 = 'Hash'
export const sha256Hint = 'A salted SHA-256: equal values stay equal, and nobody can read them.'

export const mask = 'Mask'
export const maskHint = 'Stars for all but so many of the last characters.'
/** In the mapping's line. @param keep how many characters stay; NaN while none are entered */
export const maskOf = (keep: number) => `Mask all but ${keep}`
export const maskKeepWrong = 'How many characters stay is a whole number.'
