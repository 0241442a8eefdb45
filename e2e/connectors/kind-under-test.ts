/** What the contract suite asks of a kind: a real server with its rows, and a way to it that can be troubled. */

import type { Dataset, DatasetName } from './datasets.ts'

export type KindUnderTest = {
  kind: string
  /** The failures that a source of this kind can bring about. */
  codes: readonly string[]
  /** Starts a server of its own that holds all datasets. */
  start(datasets: Readonly<Record<DatasetName, Dataset>>): Promise<SourceUnderTest>
}

/** What a stream may name, in the words of the kind. */
export type StreamSource = Record<string, unknown>

export type SourceUnderTest = {
  settings: object
  credentials: object
  streamOf(dataset: DatasetName): StreamSource
  /** Every type of the kind, each a column beside the key `id`; the row behind the first has no value but its key. */
  types: { stream: StreamSource; columns: readonly TypedColumn[] }[]
  /** Replaces what a dataset has at the source by its later form, which is one of `changed`. */
  change(dataset: DatasetName, later: Dataset): Promise<void>
  /** How a column that got another type is found; `ROWS_REJECTED` where the source has no types of its own. */
  retyped: 'COLUMN_TYPE_CHANGED' | 'ROWS_REJECTED'
  /** How its own failures come about: those of the server, of what it holds and of the way to it. */
  failures: Failures
  trouble: Trouble
  /** Resolves when the source sees nothing of the worker's runs any more: no connection, no query, no open file. */
  untilLeft(workerPid: number): Promise<void>
  stop(): Promise<void>
}

export type TypedColumn = {
  name: string
  /** Of the destination. */
  type: string
  /** As Postgres prints it. */
  text: string
  /** Of the row without values; left out: NULL. */
  empty?: string
}

/** Must be told nowhere. */
export const wrongSecret = 'canary-4711-wrong'

/** One way to a failure. */
export type Mishap = {
  /** What happens, as the table tells it. */
  by: string
  /** Of the connector. */
  settings?: object
  /** With `wrongSecret` where they are wrong. */
  credentials?: object
  limits?: object
  /** What is read; left out: `happy`. */
  stream?: StreamSource
  /** Further settings of the stream. */
  streamSettings?: object
  /** The stream was read once, and that worked. */
  isKnown?: boolean
  /** Comes before the run that fails. */
  before?: () => unknown
  /** Comes when rows have come, and more are to come. */
  meanwhile?: () => unknown
  /** What the message must name. */
  names: string
}

export type Failures = Readonly<Record<string, readonly Mishap[]>>

export type Trouble = {
  /** Reading `large` takes seconds from now on. */
  slow(): Promise<void>
  /** In the midst of reading: the connection is gone, or the file ends early. Nothing can be read until `heal`. */
  lose(): Promise<void>
  /** The failure that `lose` brings about. */
  loss: 'CONNECTION_LOST' | 'SOURCE_UNAVAILABLE'
  /** The source is reached as at first, and has `large` as at first. */
  heal(): Promise<void>
}
