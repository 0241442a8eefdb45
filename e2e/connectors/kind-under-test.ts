/** What the contract suite asks of a kind: a real server with its rows, and a way to it that can be troubled. */

import type { Dataset, DatasetName } from './datasets.ts'

export type KindUnderTest = {
  kind: string
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
  /** Sign-ins, or for a folder places, that the source refuses. */
  refusals: Refusal[]
  trouble: Trouble
  /** Resolves when the source sees nothing of our runs any more: no connection, no query, no open file. */
  untilLeft(): Promise<void>
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

export type Refusal = {
  settings?: object
  /** With `wrongSecret`. */
  credentials?: object
  code: 'INVALID_CREDENTIALS' | 'PERMISSION_DENIED' | 'INVALID_FILE'
  /** What the message must name. */
  names: string
}

export type Trouble = {
  /** Reading `large` takes seconds from now on. */
  slow(): Promise<void>
  /** In the midst of reading: the connection is gone, or the file ends early. Nothing can be read until `heal`. */
  lose(): Promise<void>
  /** The failure that `lose` brings about. */
  loss: 'CONNECTION_LOST' | 'SOURCE_UNAVAILABLE'
  /** Connections are accepted, and hear nothing; null where there is nothing to connect to. */
  silence: (() => void) | null
  /** The source is reached as at first, and has `large` as at first. */
  heal(): Promise<void>
}
