/** What a run executes: the connector as it was when the run was requested. */

import type { FieldMapping } from './mapping.ts'

export const syncModes = ['FULL_REFRESH', 'INCREMENTAL', 'APPEND'] as const
export type SyncMode = (typeof syncModes)[number]

export type Limits = {
  /** Seconds the source has to answer a connection attempt. */
  connectTimeoutSeconds: number
  /** Seconds a run may last over all its attempts; null: no limit. */
  maxDurationSeconds: number | null
  /** Attempts of one run, the first included; 1 switches automatic attempts off. */
  maxAttempts: number
  /** Heap of the run's thread in MiB. */
  memoryMb: number
}

export const defaultLimits: Readonly<Limits> = {
  connectTimeoutSeconds: 20,
  maxDurationSeconds: null,
  maxAttempts: 3,
  memoryMb: 256,
}

/** LAST_WINS: the later row counts, the others are superseded; FORBID: the run ends in ERROR. */
export const duplicatePolicies = ['LAST_WINS', 'FORBID'] as const
export type DuplicatePolicy = (typeof duplicatePolicies)[number]

export type StreamConfiguration = {
  name: string
  /** What to read, in the words of the connector's kind: `{"table":"public.bseg"}`, `{"sql":"select …"}`. */
  source: unknown
  mode: SyncMode
  /** Destination columns that identify a row; null: the source's own primary key; empty: none, replace the whole. */
  primaryKey: string[] | null
  destinationTable: string
  /** Rejected rows that the stream tolerates. */
  rejectLimit: number
  /** What becomes of rows of one extract that share a primary key. */
  duplicates: DuplicatePolicy
  /**
   * Rows of a chunk: each is kept as soon as it is read, and a new attempt goes on behind the last one. AUTO: chosen by the
   * stream's size. null: read in one go, so that all rows show the same moment of the source.
   */
  chunkRows: number | 'AUTO' | null
  /** Sessions that read at once, 1 to `mostParallel`; null: as many as pay for the stream's size. */
  parallel: number | null
  /** How columns are carried over; null: all of them, as the source has them. */
  fields: FieldMapping[] | null
  /** Source column that grows with every change, such as a time of change; INCREMENTAL and APPEND read behind it. */
  cursorField: string | null
  /**
   * How far behind the last cursor value the next run begins, for rows that were committed late at the source: seconds of a
   * time, units of a number; null: `defaultOverlap`.
   */
  cursorOverlap: number | null
  /** What is done when the source's columns are not those of the last run. */
  schemaChanges: SchemaPolicy
  /** Source columns whose sums are computed at the source and compared with what was committed; null: no comparison. */
  controlTotals: string[] | null
}

/** STOP: the run ends in ERROR before a row is read. ADD: the destination gets the column. IGNORE: it is left out. */
export type SchemaPolicy = { added: 'ADD' | 'IGNORE' | 'STOP'; removed: 'STOP' | 'IGNORE'; retyped: 'STOP' }

export const defaultSchemaPolicy = { added: 'ADD', removed: 'STOP', retyped: 'STOP' } as const satisfies SchemaPolicy

/** Seconds for times, units for numbers: what a busy source may commit late. */
export const defaultOverlap = 300

/** What streams have been given since the first release: a run that was frozen before has none of it. */
export const streamDefaults = {
  duplicates: 'LAST_WINS',
  chunkRows: null,
  parallel: null,
  fields: null,
  cursorField: null,
  cursorOverlap: null,
  schemaChanges: defaultSchemaPolicy,
  controlTotals: null,
} as const satisfies Partial<StreamConfiguration>

/** A run may have been frozen by an earlier release, and be taken by this one. */
export type FrozenConfiguration = Omit<RunConfiguration, 'streams'> & {
  streams: (Omit<StreamConfiguration, keyof typeof streamDefaults> & Partial<StreamConfiguration>)[]
}

export const thaw = (frozen: FrozenConfiguration): RunConfiguration => ({
  ...frozen,
  streams: frozen.streams.map((stream) => ({ ...streamDefaults, ...stream })),
})

/** Frozen with the run, as JSON; the credentials are kept apart, sealed. */
export type RunConfiguration = {
  connector: { id: string; name: string; kind: string }
  settings: unknown
  streams: StreamConfiguration[]
  limits: Limits
  /** Read everything once, whatever the streams' modes. */
  full: boolean
  /** The rows that another run rejected are read again, and nothing of the source; null or absent: an ordinary run. */
  replay?: Replay | null
}

/** Rows of the streams of this run that failed validation, with the number by which the destination knows that run. */
export type Replay = { runId: string; number: number }
