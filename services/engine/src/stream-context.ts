/** What the work on a stream stands on. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { Source, SourceColumn, StreamShape } from '@aiia/core/sync/source'
import type { CommitGuard } from './commit-guard.ts'
import type { DestinationSession } from './destination/session.ts'
import type { TargetTable } from './destination/target-table.ts'
import type { SyncReport } from './report.ts'
import type { Steps } from './steps.ts'
import type { Tally } from './tally.ts'

export type StreamContext = {
  runId: string
  attempt: number
  connectorName: string
  source: Source
  destination: DestinationSession
  guard: CommitGuard
  report: SyncReport
  steps: Steps
  tally: Tally
  signal: AbortSignal
}

/** A stream that was looked up on both sides and may be read. */
export type ReadyStream = {
  stream: StreamConfiguration
  shape: StreamShape
  key: readonly string[]
  /** The source itself holds rows to this key, so it need not be checked again. */
  keyIsGiven: boolean
  target: TargetTable
  added: readonly SourceColumn[]
  /** Rows of a chunk; null: it is read in one go. */
  chunkRows: number | null
}
