/** Reads a stream to its end as the engine does, and takes apart what came: rows, rejected rows, or an error with a name. */

import { SyncError } from '@aiia/core/failures/failure'
import { type StreamConfiguration, streamDefaults } from '@aiia/core/sync/configuration'
import type { CopyChunk, RowWriter, Source, SourceAccess, SourceColumn } from '@aiia/core/sync/source'
import { fieldsAsIs, type Rejection, TextRowWriter } from '@aiia/pg-copy/row-writer'
import { isEncodable } from '@aiia/pg-copy/text-encoders'
import { Violation } from './reader.ts'

export type Reading = {
  columns: SourceColumn[]
  expectedRows: number | null
  /** The values of the rows as COPY has them. */
  rows: (Buffer | null)[][]
  rejected: { place: string | null; rule: string; raw: string | null; position: number }[]
  /** Its code and message; null: it was read to its end. */
  error: { code: string; message: string } | null
}

export type HowToRead = {
  source: unknown
  /** All columns are wanted as text, whatever their values look like. */
  asText: boolean
  /** So many rows are handed on at a time; 0: as many as fit. */
  piece: number
}

export const accessFor = (settings: unknown): SourceAccess => ({
  settings,
  credentials: {},
  connectTimeoutMs: 10_000,
  targets: { refusal: () => null },
  signal: new AbortController().signal,
  log: () => {},
})

const streamOf = (source: unknown): StreamConfiguration => ({
  name: 'stream',
  source,
  mode: 'FULL_REFRESH',
  primaryKey: null,
  destinationTable: 'stream',
  rejectLimit: 0,
  ...streamDefaults,
})

/** @throws Violation for an error that has no name */
export const readAll = async (open: () => Promise<Source>, how: HowToRead): Promise<Reading> => {
  const reading: Reading = { columns: [], expectedRows: null, rows: [], rejected: [], error: null }
  let source: Source | undefined
  try {
    source = await open()
    await extract(source, how, reading)
  } catch (error) {
    if (error instanceof Violation) throw error
    if (!(error instanceof SyncError)) throw new Violation('every error has a name', String(error), error)
    if (error.code === 'INTERNAL') throw new Violation('no error is INTERNAL', error.message, error)
    reading.error = { code: error.code, message: error.message }
  } finally {
    await source?.close()
  }
  return reading
}

const extract = async (source: Source, { source: wanted, asText, piece }: HowToRead, reading: Reading): Promise<void> => {
  const stream = streamOf(wanted)
  const shape = await source.describe(stream)
  reading.expectedRows = shape.expectedRows
  reading.columns = shape.columns
  const strange = shape.columns.find(({ type }) => !isEncodable(type))
  if (strange !== undefined) throw new Violation('every column has a type of Postgres', `${strange.name} is ${strange.type}`)
  const columns = shape.columns.map((column) => ({ ...column, type: asText ? 'text' : column.type, as: 'text' as const }))
  const writer = new TextRowWriter(columns.length, fieldsAsIs(columns), ({ place, rule, raw, position }: Rejection) => {
    reading.rejected.push({ place, rule, raw, position })
    return { stream: 'stream', position, place, key: null, column: '(row)', rawValue: raw, rule, row: null }
  })
  const chunks: CopyChunk[] = []
  const rows = piece === 0 ? writer : inPieces(writer, piece)
  const request = { columns, rows, range: null, since: null, state: null, parallel: null }
  for await (const chunk of source.extract(stream, shape, request)) chunks.push(chunk)
  reading.rows = tuplesOf(Buffer.concat(chunks.map(payloadOf)))
  const told = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  const handed = chunks.reduce((sum, chunk) => sum + (chunk.rejected?.length ?? 0), 0)
  const came = reading.rows.length + reading.rejected.length
  if (told !== came || handed !== reading.rejected.length)
    throw new Violation('chunks count their rows', `${told} told, ${came} came, ${handed} of ${reading.rejected.length} rejected handed on`)
}

/** Is full after so many rows. */
const inPieces = (writer: RowWriter, size: number): RowWriter => {
  let rows = 0
  const handOn = (chunk: CopyChunk): CopyChunk => {
    rows = 0
    return chunk
  }
  return {
    set: (column, source, from, to) => writer.set(column, source, from, to),
    push: () => {
      rows += 1
      writer.push()
    },
    reject: (raw, rule) => {
      rows += 1
      writer.reject(raw, rule)
    },
    get placeOf() {
      return writer.placeOf
    },
    set placeOf(place) {
      writer.placeOf = place
    },
    get isFull() {
      return rows >= size
    },
    take: () => handOn(writer.take()),
    end: () => handOn(writer.end()),
  }
}

const payloadOf = ({ data }: CopyChunk): Buffer => {
  if (data.length < 5 || data[0] !== 0x64 || data.readUInt32BE(1) !== data.length - 1)
    throw new Violation('COPY is in order', 'a chunk is no message of its length')
  return data.subarray(5)
}

const headerBytes = 19

/** Of a whole binary COPY. */
const tuplesOf = (copy: Buffer): (Buffer | null)[][] => {
  const rows: (Buffer | null)[][] = []
  let at = headerBytes
  try {
    for (;;) {
      const width = copy.readInt16BE(at)
      at += 2
      if (width === -1 && at === copy.length) return rows
      rows.push(
        Array.from({ length: width }, () => {
          const size = copy.readInt32BE(at)
          at += 4 + Math.max(0, size)
          if (at > copy.length) throw new RangeError('a value is cut off')
          return size < 0 ? null : copy.subarray(at - size, at)
        }),
      )
    }
  } catch (error) {
    throw new Violation('COPY is in order', String(error), error)
  }
}

/**
 * @param byCode errors need not say the same: which of two faults is met first depends on how far was read
 * @throws Violation where the second reading of the same bytes is another
 */
export const sameOrThrow = (one: Reading, other: Reading, byCode = false): void => {
  const [first, second] = [one, other].map(({ columns, rows, rejected, error }) =>
    // What came before an error depends on how far reading was ahead.
    error === null
      ? { columns, rows: rows.map((row) => row.map((value) => value?.toString('latin1'))), rejected }
      : { error: byCode ? error.code : error },
  )
  const [left, right] = [JSON.stringify(first), JSON.stringify(second)]
  if (left === right) return
  let at = 0
  while (left?.[at] === right?.[at]) at += 1
  const around = (text = ''): string => text.slice(Math.max(0, at - 100), at + 200)
  throw new Violation('cuts change nothing', `whole …${around(left)}…, cut …${around(right)}…`)
}

export const outcomeOf = ({ rows, rejected, error }: Reading) => ({
  rows: rows.length,
  rejected: error === null ? rejected.length : 0,
  error: error?.code ?? null,
})
