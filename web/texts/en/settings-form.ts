/** The form of a JSON Schema; labels and descriptions of its fields come with the schema. */

/** Beside the name of a group of fields that may be left empty. */
export const optional = 'optional'

/** How a list is written. */
export const entryPerLine = 'One a line.'
export const namedValuePerLine = 'One a line: name, colon, value.'
/** @param first, second what a line has before and behind its colon, by the names of the API */
export const pairPerLine = (first: string, second: string) => `One a line: ${first}, colon, ${second}.`

/** @param field label of the field that takes what the file holds */
export const fileOf = (field: string) => `File of ${field}`
export const loadFile = 'Load a file'
export const loadFileFor = (field: string) => `Load ${field} from a file`
export const fileTooLarge = (file: string) => `${file} is larger than a certificate or key can be.`
