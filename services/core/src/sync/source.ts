/** The contract of a connector kind: what the platform asks of an outside system. */

import type { LogLevel } from '../job-run/log-line.ts'
import type { StreamConfiguration } from './configuration.ts'

/** One column of a stream, in the order in which the source delivers it. */
export type SourceColumn = {
  name: string
  /** Type as the source calls it, such as `numeric(15,2)` or `invoice_status`. */
  sourceType: string
  /** Postgres type of the destination column, modifiers included, such as `numeric(15,2)` or `text`. */
  type: string
  nullable: boolean
}

/** What the source says of a stream before a row is read. */
export type StreamShape = {
  columns: SourceColumn[]
  /** The source's own primary key, as column names; empty where it has none or cannot tell (custom SQL). */
  primaryKey: string[]
  /** Rows to come, for progress; exact is better, an estimate is fine, null where the source cannot tell. */
  expectedRows: number | null
}

/**
 * A piece of an extract: CopyData messages of the Postgres protocol (`d`, length, payload), cut anywhere. All
 * pieces of an extract in a row are one complete binary COPY: header, tuples in the order of the shape's columns,
 * trailer. Rows stay bytes from socket to socket.
 */
export type CopyChunk = {
  data: Buffer
  /** Rows that end in this chunk. */
  rows: number
  /** Bytes of the rows, without the protocol's framing. */
  bytes: number
}

/**
 * The rows behind one key, up to and with another, each as the text that the source prints of its primary key's columns;
 * null: from the first row, to the last.
 */
export type KeyRange = { after: readonly string[] | null; upTo: readonly string[] | null }

/** A signed-in session with a source. All methods reject with `SyncError`. */
export type Source = {
  /** Looks the stream up in the source's catalogue; COLUMN_MISSING, PERMISSION_DENIED or INVALID_QUERY if it is not readable. */
  describe(stream: StreamConfiguration): Promise<StreamShape>
  /** Streams the rows; stopping the iteration or aborting the session's signal ends the query at the server. */
  extract(stream: StreamConfiguration, shape: StreamShape, range: KeyRange | null): AsyncIterable<CopyChunk>
  /**
   * Where a kind can read a part of a stream: the key of the row that is so many rows behind `after` in the order of the
   * shape's primary key, or null where there are no more than that.
   */
  boundAfter?(
    stream: StreamConfiguration,
    shape: StreamShape,
    chunk: { after: readonly string[] | null; rows: number },
  ): Promise<readonly string[] | null>
  close(): Promise<void>
}

/** What a kind is given to reach a source. */
export type SourceAccess = {
  /** Parsed by the kind's own schemas. */
  settings: unknown
  credentials: unknown
  connectTimeoutMs: number
  /** Which addresses may be reached; checks the one that is connected to. */
  targets: TargetPolicy
  signal: AbortSignal
  /** Lines for the run's log; a Connection Test passes a function that drops them. */
  log(level: LogLevel, message: string): void
}

/** Decides whether the worker may connect to an address that a host name stands for. */
export type TargetPolicy = {
  /** The reason why not, as a sentence without a full stop, or null when it may. `address` is an IP in any notation. */
  refusal(address: string, port: number): string | null
}

export type ConnectionReport = { latencyMs: number; serverVersion: string; warnings: string[] }

/** Something at the source that could become a stream. */
export type DiscoveredStream = {
  name: string
  /** What to put into the stream's `source`. */
  source: unknown
  columns: SourceColumn[]
  primaryKey: string[]
  expectedRows: number | null
}

/** A kind's driver. The kind's `config` describes its settings and credentials without loading the driver. */
export type ConnectorDriver = {
  kind: string
  /** Signs in and answers how it went, or rejects with `SyncError`. */
  test(access: SourceAccess): Promise<ConnectionReport>
  discover(access: SourceAccess): Promise<DiscoveredStream[]>
  open(access: SourceAccess): Promise<Source>
}
