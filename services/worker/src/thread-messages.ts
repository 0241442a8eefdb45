/** What passes between a worker and the thread of a run. */

import type { Failure } from '@aiia/core/failures/failure'
import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { LogEntry } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import type { RunConfiguration } from '@aiia/core/sync/configuration'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { Held } from '@aiia/store/claim-run'

/** Handed to the thread at its start; the credentials exist opened there only. */
export type ThreadInput = {
  held: Held
  number: number
  configuration: RunConfiguration
  credentials: unknown
  databaseUrl: string
  destination: { url: string; schema: string }
  /** Key of the hashes that a mapping makes; a Buffer arrives as plain bytes. */
  hashSalt: Uint8Array
  targets: { allow: string[]; deny: string[] }
  /** Databases that may not be read as sources. */
  refusedDatabases: string[]
}

export type ThreadMessage =
  | { type: 'log'; entry: LogEntry }
  | { type: 'counts'; counts: RecordCounts }
  | { type: 'step'; step: JobStep }
  | { type: 'rejected'; rows: RejectedRow[] }
  | { type: 'begins'; stream: string; behind: number }
  /** Is answered with `kept`. */
  | { type: 'keep' }
  | { type: 'completed'; counts: RecordCounts }
  | { type: 'failed'; failure: Failure; retryAfterMs: number | undefined }
  /** The commit was refused: the run was cancelled or belongs to another attempt. */
  | { type: 'lease-lost' }

/** From the worker. abort: end what is under way at both servers, and stop. kept: all rejected rows that were told are. */
export type ThreadCommand = 'abort' | 'kept'
