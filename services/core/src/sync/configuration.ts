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
   * Rows of a chunk: each is kept as soon as it is read, and a new attempt goes on behind the last one. null: read in one
   * go, so that all rows show the same moment of the source.
   */
  chunkRows: number | null
}

/** What streams have been given since the first release: a run that was frozen before has none of it. */
export const streamDefaults = { duplicates: 'LAST_WINS', chunkRows: null } as const satisfies Partial<StreamConfiguration>

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
}
