/** What a run executes: the connector as it was when the run was requested. */

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
}

/** Frozen with the run, as JSON; the credentials are kept apart, sealed. */
export type RunConfiguration = {
  connector: { id: string; name: string; kind: string }
  settings: unknown
  streams: StreamConfiguration[]
  limits: Limits
  /** Read everything once, whatever the streams' modes. */
  full: boolean
}
