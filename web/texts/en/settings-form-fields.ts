/** The choices of the form of a JSON Schema, and what is wrong with what was entered. */

/** An optional choice that is not made. */
export const leftOut = 'Left out'
export const yes = 'Yes'
export const no = 'No'

export const required = (field: string) => `${field} is required.`
export const noAddress = (field: string) => `${field} is an address, such as https://host.example/path.`
export const noWholeNumber = (field: string) => `${field} is a whole number.`
export const noNumber = (field: string) => `${field} is a number.`
export const outOfRange = (field: string, minimum: number, maximum: number) => `${field} lies between ${minimum} and ${maximum}.`

/** @param line what was entered */
export const noNamedValue = (line: string) => `Each line is a name, a colon and a value. “${line}” is not.`
/** @param first, second what a line has before and behind its colon, by the names of the API */
export const noPair = (line: string, first: string, second: string) => `Each line is a ${first}, a colon and a ${second}. “${line}” is not.`
