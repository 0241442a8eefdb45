/** The mapping of a stream: which columns of the source fill which of the destination, and what becomes of their values. */

import { formatCount } from '@/ui/format.ts'

export const title = 'Mapping'
/** Read out while there are only placeholders to see. */
export const looking = 'Looking at the columns of the source'
export const lookAgain = 'Look at the source again'

// Without a mapping of its own
export const everyColumnTitle = 'Every column, as it is'
export const everyColumnHint = (count: number) =>
  `All ${formatCount(count)} columns keep their names and types, and new ones come along. Edit the mapping to leave columns out, rename them, give them other types, or change their values on the way.`
export const columnsNotRead = 'Its columns could not be read now; the preview below says why.'
export const edit = 'Edit the mapping'

// The table
export const carriedOver = (carried: number, all: number) => `${formatCount(carried)} of ${formatCount(all)} carried over`
export const search = 'Search columns'
export const columnsNotKnown =
  'The columns of the source are not known now, so only those of the mapping are shown. The preview below says why.'
export const sourceColumn = 'Column of the source'
export const destination = 'Destination'
export const type = 'Type'
export const values = 'Values'
export const noMatchTitle = 'No column matches'
export const noMatchHint = (text: string) => `Nothing contains “${text}”.`
export const addConstant = 'Add a constant'
/** Gives the mapping up. */
export const everyColumn = 'Every column as it is'

// One line
/** What a line without a column is called in the labels of its controls. @param destination empty until it is entered */
export const constantCalled = (destination: string) => `constant ${destination}`
export const carryOver = (name: string) => `Carry over ${name}`
export const removeField = (name: string) => `Remove ${name}`
export const detailsOf = (name: string) => `Details of ${name}`
/** Read out for the key beside a column's name. */
export const partOfKey = 'part of the key'
export const notAtSource = 'not at the source'
/** In place of a column's name. */
export const constant = 'a constant'
export const destinationOf = (name: string) => `Destination of ${name}`
export const typeOf = (name: string) => `Type of ${name}`
/** Of a field, in short: a row without a value is rejected. */
export const required = 'required'
export const mayBeEmpty = 'may be empty'
/** The default, in short. */
export const otherwise = (value: string) => `else “${value}”`

// Its details
export const emptiness = 'Empty values'
export const emptinessHint = 'Whether the column of the destination may have none.'
export const emptinessOfSource = 'As at the source'
export const emptinessAllowed = 'May be empty'
export const emptinessForbidden = 'Required: a row without it is rejected'
export const fallback = 'Default'
export const fallbackHint = 'Taken where the source has no value. As the destination writes it.'
export const noFallback = 'none'

export const transforms = 'Transforms'
export const transformsOf = (name: string) => `Transforms of ${name}`
/** @param transform its name, such as “Trim spaces” */
export const moveUp = (transform: string) => `Move ${transform} up`
export const moveDown = (transform: string) => `Move ${transform} down`
export const removeTransform = (transform: string) => `Remove ${transform}`
export const addTransform = 'Add a transform'
export const addTransformTo = (name: string) => `Add a transform to ${name}`
