/** What the work on a stream stands on. */

import type { Replay, StreamConfiguration } from '@aiia/core/sync/configuration'
import type { MappedField } from '@aiia/core/sync/mapping'
import type { Since, Source, StreamShape } from '@aiia/core/sync/source'
import type { CommitGuard } from './commit-guard.ts'
import type { DestinationSession } from './destination/session.ts'
import type { Misfit, TargetTable } from './destination/target-table.ts'
import type { ExtractPlan } from './mapping/extract-plan.ts'
import type { SyncReport } from './report.ts'
import type { Steps } from './steps.ts'
import type { Tally } from './tally.ts'

export type StreamContext = {
  runId: string
  /** Of the run. */
  number: number
  attempt: number
  connectorName: string
  /** Everything is read again once. */
  full: boolean
  replay: Replay | null
  /** For the hashes of a mapping. */
  hashSalt: Buffer
  source: Source
  destination: DestinationSession
  guard: CommitGuard
  report: SyncReport
  steps: Steps
  tally: Tally
  signal: AbortSignal
}

/**
 * How the rows get into the destination table.
 *
 * - REPLACE: they are a new table that takes its place.
 * - IMAGE: matched by key; what the extract does not have goes.
 * - UPSERT: matched by key; nothing goes.
 * - ADD: rows with an unknown key are added, the others stay as they are.
 * - APPEND: all are added.
 */
export type Writing = 'REPLACE' | 'IMAGE' | 'UPSERT' | 'ADD' | 'APPEND'

/** A stream that was looked up on both sides and may be read. */
export type ReadyStream = {
  stream: StreamConfiguration
  shape: StreamShape
  fields: readonly MappedField[]
  plan: ExtractPlan
  /** In the words of the destination. */
  key: readonly string[]
  /** The source itself holds rows to this key, so it need not be checked again. */
  keyIsGiven: boolean
  target: TargetTable
  /** How the table differs from the fields. */
  misfit: Misfit
  writing: Writing
  /** Only what is new is read; null: everything. */
  since: Since | null
  /** `from` is what this run reads behind, `before` what the last one got to; null without a cursor. */
  cursor: { field: MappedField; from: string | null; before: string | null } | null
  /** What the source itself has left last time. */
  ownState: unknown
  /** Rows of a chunk; null: it is read in one go. */
  chunkRows: number | null
  /** Sessions of the source that read at once; null: as it thinks best. */
  parallel: number | null
  /** Columns whose sums are compared with the source's; null: no comparison. */
  summed: readonly MappedField[] | null
}
