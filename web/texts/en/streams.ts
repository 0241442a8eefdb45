/** The editor of one stream, and the dialog that adds one; its mapping has a catalogue of its own. */

import type { AddedColumnPolicy, DuplicatePolicy, RemovedColumnPolicy } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

// Ways to add a stream
/** What a stream reads, where its kind has no word for that. */
export const anyStream = 'stream'
/** @param what the label of what a stream of the kind names, such as “Path” */
export const addBy = (what: string) => `By ${what.toLowerCase()}`
/** @param what the label of what a stream of the kind names, such as “Path” */
export const addByTitle = (what: string) => `Add ${/^[aeiou]/i.test(what) ? 'an' : 'a'} ${what.toLowerCase()}`
export const addSql = 'Custom SQL'
export const addSqlTitle = 'Add a custom SQL stream'

// The dialog
export const name = 'Stream name'
export const nameHint = 'Also the name of the destination table.'
export const nameMissing = 'Name the stream.'
export const nameTaken = 'There is a stream of this name already.'
export const keyColumns = 'Key columns'
export const keyColumnsOfSqlHint = 'Separated by commas. Without a key each run replaces the whole table.'
export const keyColumnsOfSourceHint =
  'Separated by commas. Without any, and where the source names none, each run replaces the whole table.'
export const add = 'Add the stream'

// The editor
export const editor = (stream: string) => `Stream ${stream}`
/** Leads back to the list of streams. */
export const backToStreams = 'Streams'
export const markedAbove = (count: number) => (count === 1 ? 'One field is marked above.' : `${count} fields are marked above.`)
export const discardQuestion = (stream: string) => `Discard the changes to ${stream}?`
export const discardHint = 'What you have changed here is not kept.'
export const goOnEditing = 'Go on editing'
export const discard = 'Discard'

// What is read
export const placesTitle = 'What is read'
export const sql = 'SQL'
export const sqlHint = 'One read-only statement, run under the connector’s own login.'
export const table = 'Destination table'
export const tableHint = 'No other stream fills it. Another name makes another table; the one before stays as it is.'

// Rows
export const rowsTitle = 'Rows'
export const key = 'Primary key'
export const keyHint = 'By it a row is found again from run to run. Without one a full refresh replaces the whole table.'
export const keyOfSource = 'The source’s own key'
export const keyOfSourceNamed = (columns: readonly string[]) => `The source’s own key: ${columns.join(', ')}`
export const keyOfColumns = 'Columns of the destination'
export const noKey = 'None'
export const keyColumnsHint = 'Together they are unique, and none of them is ever empty.'
export const chooseColumns = 'Choose columns'
export const duplicates = 'Rows with the same key'
export const duplicatesHint = 'Of one extract. Those that do not count are told as superseded.'
export const duplicatePolicies: Record<DuplicatePolicy, string> = { LAST_WINS: 'The later row counts', FORBID: 'End the run in Error' }
export const rejectLimit = 'Reject limit'
export const rejectLimitHint = 'Rows that may fail validation and be kept aside. With more, the run ends in Error and writes nothing.'
export const chunks = 'Read in chunks'
export const noChunksHint = 'Everything is read in one go, so that all rows show the same moment of the source.'
export const chunkRows = 'Rows of a chunk'
export const chunkRowsHint =
  'Each chunk is kept as soon as it is read, and a new attempt goes on behind the last one; chunks of files are of whole files. Rows read by different attempts show different moments of the source.'
export const chunkRowsBySize = 'By the size of the stream'
export const sessions = 'Sessions that read at once'
export const sessionsHint = 'A large table is read faster by several sessions. All of them see the same moment of the source.'
export const sessionsBySize = 'As many as pay for its size'
export const oneSession = 'One session'
/** @param count two or more */
export const upToSessions = (count: number) => `Up to ${count} sessions`

// Mode
export const mode = 'Mode'
export const incrementalImpossible = 'Sources of this kind cannot tell what is new.'
export const cursor = 'Cursor field'
export const cursorHint = 'A column that grows with every change at the source, such as a time of change. A number, a date or a time.'
export const chooseCursor = 'Choose a column'
/** For a stream that only appends. */
export const noCursor = 'None: all is read, each time'
export const overlap = 'Overlap'
export const overlapHint =
  'The overlap says how far behind the last value the next run begins, for rows that were committed late: seconds of a time, units of a number. It needs a primary key, by which rows that come twice are found.'
export const noCursorPossible = 'No column of this stream is a number, a date or a time that is carried over as it is.'

// When the source changes
export const changesTitle = 'When the source changes'
export const addedColumn = 'A new column'
export const addedColumnUnmappedHint = 'The mapping below names its columns one by one, so a new one is left out.'
export const addedColumnPolicies: Record<AddedColumnPolicy, string> = {
  ADD: 'Add it to the destination',
  IGNORE: 'Leave it out',
  STOP: 'Stop the run',
}
export const removedColumn = 'A column is gone or renamed'
export const removedColumnPolicies: Record<RemovedColumnPolicy, string> = { STOP: 'Stop the run', IGNORE: 'Go on without it' }
export const retypedColumnHint =
  'A column of another type always stops the run before a row is read, unless the mapping gives it a type of its own: then each value is checked. What stops a run is shown there with the mapping that follows, to be applied with one click.'
export const controlTotals = 'Compare control totals'
export const noControlTotalsHint =
  'The source counts and sums its rows itself, and the run commits only what agrees with that to the last digit.'
export const summedColumns = 'Columns to sum'
export const summedColumnsHint = 'Whole numbers and decimals that are carried over as they are. The number of rows is always compared.'
export const noSummedColumns = 'None: rows are counted only'

// Preview
export const preview = 'Preview'
export const previewRows = 'Preview 20 rows'
export const previewRunningTitle = 'Reading the first rows…'
export const previewRunningHint = 'A worker asks the source.'
export const previewEmptyTitle = 'See what the mapping makes of the first rows'
export const previewEmptyHint = 'Nothing is written: a worker reads 20 rows, and shows them before and after.'
/** The stream is another than the one whose rows are shown. */
export const changedSince = 'changed since'
export const previewedRows = (rows: number, rejected: number) =>
  `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}${rejected > 0 ? `, ${formatCount(rejected)} rejected` : ''}`
export const noRowsTitle = 'The source has no rows for this stream'
export const noRowsHint = (columns: readonly string[]) => `It has the columns ${columns.join(', ')}.`
export const atSource = 'At the source'
export const inDestination = 'In the destination'
/** @param side “At the source” or “In the destination” */
export const firstRows = (side: string) => `${side}, first rows`
/** In place of a row in the destination; its column and the rule follow. */
export const rejected = 'rejected'
/** Read out behind the value that a row was rejected for. */
export const rejectedValue = '(rejected)'
export const correctAndPreview = 'Correct what is marked above, then preview again.'
