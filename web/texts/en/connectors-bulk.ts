/** What is done to the connectors that are selected in the list, and what came of it. */

import type { BulkAction } from '@/features/connectors/bulk/summary.ts'
import { formatCount } from '@/ui/format.ts'

export const barLabel = 'Selected connectors'
export const selected = (count: number) => `${formatCount(count)} selected`
export const sync = 'Sync'
export const pause = 'Pause'
export const resume = 'Resume'
export const clearSelection = 'Clear the selection'

const counted = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`

export const finished: Record<BulkAction, (count: number) => string> = {
  sync: (count) => counted(count, 'sync started', 'syncs started'),
  pause: (count) => counted(count, 'connector paused', 'connectors paused'),
  resume: (count) => counted(count, 'connector resumed', 'connectors resumed'),
}

/** Those with which there was nothing to do. */
export const already: Record<BulkAction, (count: number) => string> = {
  sync: (count) => counted(count, 'was already running', 'were already running'),
  pause: (count) => counted(count, 'was paused already', 'were paused already'),
  resume: (count) => counted(count, 'was active already', 'were active already'),
}

export const refused = (count: number) => `${formatCount(count)} refused`

/** @param parts of those above, what was done first: "1 sync started, 3 refused" */
export const outcome = (parts: readonly string[]) => parts.join(', ')

/** Names of connectors. @param more how many are left out */
export const names = (named: readonly string[], more: number) =>
  more > 0 ? `${named.join(', ')} and ${formatCount(more)} more` : named.join(', ')

/** @param message a whole sentence, by the API */
export const refusal = (connectors: string, message: string) => `${connectors}: ${message}`
