/** The tab of a connector's page that lists its streams. The editor of one has texts of its own. */

import { formatCount } from '@/ui/format.ts'

export const title = 'Streams'
export const streamHeading = 'Stream'
export const sourceHeading = 'Source'
export const destinationHeading = 'Destination'
export const modeHeading = 'Mode and key'
export const mappingHeading = 'Mapping'
/** Over the buttons of the rows; only heard. */
export const actionsHeading = 'Actions'

const mapped = (fields: number | null) => (fields === null ? 'every column' : `${formatCount(fields)} ${fields === 1 ? 'field' : 'fields'}`)

/** @param fields null: whatever columns there are. @param rejectLimit rows that may be rejected, 0: none */
export const mapping = (fields: number | null, rejectLimit: number) =>
  rejectLimit === 0 ? mapped(fields) : `${mapped(fields)}, up to ${formatCount(rejectLimit)} rejected`

export const edit = 'Edit'
export const editStream = (stream: string) => `Edit ${stream}`
export const removeStream = (stream: string) => `Remove ${stream}`

export const removeQuestion = (stream: string) => `Remove the stream ${stream}?`
/** @param table with its schema */
export const removeHint = (connector: string, table: string) => `${connector} no longer reads it. The table ${table} and its rows stay.`
export const keep = 'Keep it'
export const remove = 'Remove the stream'

/** The button of the editor: of a stream that is there, of a new one. */
export const saveStream = 'Save the stream'
export const addNewStream = 'Add the stream'

export const addStream = 'Add a stream'
export const addDiscovered = 'From what the source has'

export const tryAgain = 'Try again'
export const looking = 'Looking at what the source has'
export const search = 'Search what the source has'
export const nothingElseTitle = 'There is nothing else'
export const nothingElseHint = 'The source names no stream that the connector does not read already. It may be added by hand.'
export const noMatchTitle = 'Nothing matches'
export const noMatchHint = (text: string) => `Nothing contains “${text}”.`
export const found = 'Found at the source'
export const columns = (count: number) => `${formatCount(count)} columns`
export const more = (count: number) => `${formatCount(count)} more: search to find them.`
