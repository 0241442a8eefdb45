/** The contract of a connector kind: what the platform asks of an outside system. */

import type { LogLevel } from '../job-run/log-line.ts'
import type { StreamConfiguration } from './configuration.ts'
import type { RejectedRow } from './rejected-row.ts'

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
  /** Rows can be asked for by ranges, where the source has `boundAfter`: of that key, or of files. */
  hasRanges?: boolean
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
  /** Rows of the source that end in this chunk, rejected ones included. */
  rows: number
  /** Bytes of the rows, without the protocol's framing. */
  bytes: number
  /** Rows that are not in `data`, since they failed validation. */
  rejected?: readonly RejectedRow[]
  /** What the source wants to be given as `state` next time, once the rows up to here are committed. */
  state?: unknown
}

/**
 * Takes the rows of an extract value by value, validates and writes them as a binary COPY. A row that fails is rejected and
 * does not disturb the others. The engine makes one for each extract; a source calls `set` for each value that is not
 * NULL, `push` at the end of the row, and yields `take()` whenever `isFull`, and `end()` behind the last row.
 */
export type RowWriter = {
  /**
   * The value of one column of the row at work, in any order.
   *
   * @param column its place in the request's columns
   * @param source holds the value from `from` up to `to`, untouched until `push`: its text in UTF-8, in the forms of
   *   ISO 8601 and of JSON numbers, or its Postgres binary form where the request says so
   */
  set(column: number, source: Buffer, from: number, to: number): void
  /** The row is complete; columns that were not set are NULL. */
  push(): void
  /**
   * The row cannot be read as a whole: too many cells, no JSON. What was set of it is dropped.
   *
   * @param raw the row as it stands at the source
   * @param rule what it should have been, as a sentence
   */
  reject(raw: string, rule: string): void
  /** Called for a rejected row: tells where it stands at the source, where that is more than its position. */
  placeOf: (() => string) | null
  readonly isFull: boolean
  /** What was pushed since the last piece. */
  take(): CopyChunk
  /** The last piece, with the end of the rows. */
  end(): CopyChunk
}

export type RequestedColumn = SourceColumn & {
  /** binary: the form of a binary COPY for the column's `type`; asked only of a source that `copiesBinary`. */
  as: 'text' | 'binary'
}

/**
 * Rows whose cursor column has a later value. `inclusive`: those with the same value as well, and those without one, which
 * is asked only where a row that comes twice is found by its key.
 */
export type Since = { column: string /** As Postgres prints it, in UTC. */; value: string; inclusive: boolean }

/** What is wanted of one extract. */
export type ExtractRequest = {
  /** In this order; a part of the shape's, or all. */
  columns: readonly RequestedColumn[]
  /** null: all columns are wanted as binary, and chunks pass as the source gives them; only of one that `copiesBinary`. */
  rows: RowWriter | null
  /** A part; null: all. Only of a source that has `boundAfter`. */
  range: RowRange | null
  /** Only rows that are new; null: all. Only of one that `readsSince`. */
  since: Since | null
  /**
   * What the stream's last commit left in `CopyChunk.state`, or the range before this one; null: nothing, or everything is
   * to be read again.
   */
  state: unknown
  /**
   * So many sessions may read at once, all of them the same moment; rows then come in no order. null: as many as pay for
   * the stream's size.
   */
  parallel: number | null
}

/** Where a range ends: the values of the primary key's columns, as the source prints them, or the path of a file. */
export type Bound = readonly string[]

/** The rows behind one bound, up to and with those of another; null: from the first row, to the last. */
export type RowRange = { after: Bound | null; upTo: Bound | null }

/** A signed-in session with a source. All methods reject with `SyncError`. */
export type Source = {
  /** Its values can pass as they are, as a binary COPY. */
  readonly copiesBinary?: boolean
  /** It can select rows by a cursor column. */
  readonly readsSince?: boolean
  /** It knows by itself what is new, and keeps that as `state`: files that were not read yet. */
  readonly keepsState?: boolean
  /** Its types are guesses from a sample, such as those of a CSV file: the ones of the stream's first commit stay. */
  readonly guessesTypes?: boolean
  /** An extract shows one moment, so that its own primary key holds in it. */
  readonly vouchesForKeys?: boolean
  /** Looks the stream up in the source's catalogue; COLUMN_MISSING, PERMISSION_DENIED or INVALID_QUERY if it is not readable. */
  describe(stream: StreamConfiguration): Promise<StreamShape>
  /** Streams the rows; stopping the iteration or aborting the session's signal ends the query at the server. */
  extract(stream: StreamConfiguration, shape: StreamShape, request: ExtractRequest): AsyncIterable<CopyChunk>
  /**
   * Where a kind can read a part of a stream: the bound of a range that begins behind `after` and has so many rows, or about
   * so many where files decide it; null where there are no more than that. `state` is what the extract will be given.
   */
  boundAfter?(
    stream: StreamConfiguration,
    shape: StreamShape,
    chunk: { after: Bound | null; rows: number; state: unknown },
  ): Promise<Bound | null>
  /** Rows and sums of columns as the source itself computes them, at the same moment as the extract; sums are decimal texts. */
  totals?(stream: StreamConfiguration, shape: StreamShape, wanted: TotalsRequest): Promise<{ rows: string; sums: string[] }>
  close(): Promise<void>
}

export type TotalsRequest = Pick<ExtractRequest, 'since'> & { columns: readonly string[] }

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
