/** What is wrong with a stream before it is sent, each below the field that it is about. */

export const sqlMissing = 'Enter one SELECT statement.'
export const tableMissing = 'Name the table of the destination.'
export const incrementalNeedsKey = 'An incremental stream finds its rows by a primary key.'
export const keyColumnsMissing = 'Choose at least one column.'
export const cursorOverlapWrong = 'A whole number up to 31,536,000.'
export const chunkRowsWrong = 'A whole number of rows from 1,000 to 100,000,000.'
export const rejectLimitWrong = 'A whole number of rows from 0 to 1,000,000.'

export const mappingEmpty = 'Carry over at least one column.'
export const destinationMissing = 'Name the column of the destination.'
export const destinationTaken = (name: string) => `Another field fills “${name}” already.`
