/** The history: the runs of all connectors, or of one. */

export const title = 'Job History'
export const description = 'Every run of every connector, newest first.'

export const trigger = 'Trigger'
/** A filter: when runs were asked for. */
export const time = 'Time'
export const anyTime = 'Any time'
/** By the length of the time that ends now. */
export const windowNames = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}
/** Opens a dialog that asks for two moments. */
export const customRange = 'From … to …'
export const untilMoment = (to: string) => `until ${to}`
export const fromMoment = (from: string) => `from ${from}`
export const betweenMoments = (from: string, to: string) => `${from} to ${to}`
/** Takes all filters away. */
export const clear = 'Clear'

export const notLoaded = 'The history could not be loaded'
export const noMatchTitle = 'No run matches'
export const noMatchHint = 'No run in the history has what the filters ask for.'
export const clearFilters = 'Clear the filters'
export const emptyTitle = 'No runs yet'
export const emptyHint =
  'Each sync of a connector is a run, kept here with its counts, its log and its end. Click Sync Now on a connector to make the first.'
export const toConnectors = 'Go to Connectors'
/** Of one connector. */
export const emptyOfOneTitle = 'Not synced yet'
/** Of one connector. */
export const emptyOfOneHint =
  'Each sync of this connector is a run, kept here with its counts, its log and its end. Click Sync Now to make the first.'

/** The name of the buttons that leaf through the history. */
export const pages = 'Pages'
export const newest = 'Newest'
export const newer = 'Newer'
export const older = 'Older'

/** What can be done with the selected runs. */
type BulkAction = 'retry' | 'cancel'

const runCount = (count: number) => (count === 1 ? '1 run' : `${count} runs`)

export const selection = 'Selected runs'
export const selected = (count: number) => `${runCount(count)} selected`
/** `count`: those with which it is possible. */
export const bulkOffers: Record<BulkAction, (count: number) => string> = {
  retry: (count) => `Retry ${count}`,
  cancel: (count) => `Cancel ${count}`,
}
export const clearSelection = 'Clear the selection'
export const bulkQuestions: Record<BulkAction, (count: number) => string> = {
  retry: (count) => `Retry ${runCount(count)}?`,
  cancel: (count) => `Cancel ${runCount(count)}?`,
}
/** Names of connectors: "SAP ERP, CRM, HR and 2 more". */
export const names = (named: readonly string[], more: number) => {
  if (more > 0) return `${named.join(', ')} and ${more} more`
  return named.length < 2 ? named.join() : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}
/** `connectors`: their names; `leavesOut`: whether it is not possible with all of the selected runs. */
export const bulkConsequences: Record<BulkAction, (connectors: string, leavesOut: boolean) => string> = {
  retry: (connectors, leavesOut) =>
    `${connectors}. Each is done again by a new run, with its connector as it is now.${leavesOut ? ' Runs that go on or have completed, and older ones of the same connector, are left out.' : ''}`,
  cancel: (connectors, leavesOut) =>
    `${connectors}. They stop at once. Streams that are committed stay; nothing of the others is written.${leavesOut ? ' Runs that have ended are left out.' : ''}`,
}
/** Leaves the runs as they are. */
export const bulkBack: Record<BulkAction, string> = { retry: 'Not now', cancel: 'Keep running' }
export const bulkConfirm: Record<BulkAction, (count: number) => string> = {
  retry: (count) => `Retry ${runCount(count)}`,
  cancel: (count) => `Cancel ${runCount(count)}`,
}
const were = (worked: number, all: number, done: string) =>
  `${worked === all ? runCount(worked) : `${worked} of ${runCount(all)}`} ${all === 1 ? 'was' : 'were'} ${done}`
/** With how many of all it worked. */
export const bulkDone: Record<BulkAction, (worked: number, all: number) => string> = {
  retry: (worked, all) => were(worked, all, 'retried'),
  cancel: (worked, all) => were(worked, all, 'cancelled'),
}
/** `reasons`: a sentence each, why a run was refused. */
export const refusals = (reasons: readonly string[], more: number) => `${reasons.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`
