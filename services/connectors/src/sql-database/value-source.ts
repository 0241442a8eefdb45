/** A session with a database whose driver hands over values: what the kinds of that family have in common. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { Since, Source, SourceAccess, SourceColumn } from '@aiia/core/sync/source'
import { type PrintValue, printMicroseconds, printPlain, type ValueRow, writeValues } from './rows-as-text.ts'
import { type DatabaseStreamSource, streamSourceSchema } from './settings.ts'
import { wantedOf } from './wanted-columns.ts'

/** A column with the SQL that reads it, as something that its printer prints. */
export type ReadColumn = SourceColumn & {
  expression: string
  /** Microseconds: a time of which Postgres does not keep every digit. */
  print: PrintValue | 'microseconds'
}

export type ValueShape = {
  columns: ReadColumn[]
  primaryKey: string[]
  expectedRows: number | null
  /** What stands before each SELECT from it, such as a WITH. */
  head: string
  from: string
}

/** How the database writes what all of them can. */
export type Writing = {
  quote(name: string): string
  /**
   * A cursor value as one of the column's type.
   *
   * @param next the microsecond behind it
   */
  valueOf(column: ReadColumn, value: string, next: boolean): string
  count: string
  /** Exactly, as text or as something that is printed exactly; 0 where there are no rows. */
  sumOf(column: ReadColumn): string
}

export type ValueSession = {
  writing: Writing
  /** Each extract shows one moment. */
  showsOneMoment: boolean
  /** The server is to end a query that takes longer. */
  limitSeconds: number | undefined
  describe(source: DatabaseStreamSource): Promise<ValueShape>
  /** Batches of rows on demand. Leaving the iteration early ends the query. */
  read(sql: string): AsyncIterable<readonly ValueRow[]>
  /** Ends the query under way at the server, and leaves the session usable where that can be done. */
  interrupt(): Promise<void>
  translate(error: unknown, context: { step: string; stream: StreamConfiguration; sql: string | undefined }): Error
  close(): Promise<void>
}

export const createValueSource = (session: ValueSession, { log }: SourceAccess): Source => {
  const shapes = new Map<string, ValueShape>()
  const shapeOf = ({ name }: StreamConfiguration): ValueShape => {
    const shape = shapes.get(name)
    if (shape === undefined) throw new Error(`Stream "${name}" was not described.`)
    return shape
  }
  const translate = (error: unknown, stream: StreamConfiguration, step: string): Error => {
    const source = streamSourceSchema.safeParse(stream.source).data
    return session.translate(error, { step, stream, sql: source !== undefined && 'sql' in source ? source.sql : undefined })
  }
  return {
    readsSince: true,
    vouchesForKeys: session.showsOneMoment,
    describe: async (stream) => {
      try {
        const shape = await session.describe(streamSourceSchema.parse(stream.source))
        shapes.set(stream.name, shape)
        const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
        return { columns, primaryKey: shape.primaryKey, expectedRows: shape.expectedRows }
      } catch (error) {
        throw translate(error, stream, 'DISCOVER')
      }
    },
    extract: async function* (stream, _shape, { columns, rows, since }) {
      const shape = shapeOf(stream)
      if (rows === null) throw new Error(`Stream "${stream.name}" can only be read as text.`)
      const wanted = wantedOf(shape.columns, columns)
      const cut = new Map<string, number>()
      const printers = wanted.map(({ name, print }) =>
        print === 'microseconds' ? printMicroseconds(() => cut.set(name, (cut.get(name) ?? 0) + 1)) : print,
      )
      try {
        yield* writeValues(
          withinLimit(
            session,
            selection(
              session.writing,
              shape,
              wanted.map(({ expression }) => expression),
              since,
            ),
          ),
          printers,
          rows,
        )
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
      for (const [name, count] of cut)
        log(
          'WARN',
          `Stream "${stream.name}": ${count.toLocaleString('en')} values of column "${name}" have digits behind the microsecond, which Postgres does not keep; they were cut off.`,
        )
    },
    totals: async (stream, _shape, { columns, since }) => {
      const shape = shapeOf(stream)
      const summed = columns.map((name) => columnOf(shape, name))
      const { writing } = session
      try {
        const sql = selection(writing, shape, [writing.count, ...summed.map(writing.sumOf)], since)
        for await (const [row] of withinLimit(session, sql)) {
          const [rows = '0', ...sums] = (row ?? []).map((value) => printPlain(value ?? 0).toString())
          return { rows, sums }
        }
        throw new Error('The source gave no totals.')
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    close: session.close,
  }
}

const columnOf = ({ columns }: ValueShape, name: string): ReadColumn => {
  const column = columns.find((of) => of.name === name)
  if (column === undefined) throw new Error(`The column "${name}" was not described.`)
  return column
}

const selection = (writing: Writing, shape: ValueShape, expressions: readonly string[], since: Since | null): string =>
  `${shape.head}SELECT ${expressions.join(', ')} FROM ${shape.from}${newer(writing, shape, since)}`

/** The condition, with what leads to it; rows without a value always count as new. */
const newer = (writing: Writing, shape: ValueShape, since: Since | null): string => {
  if (since === null) return ''
  const { column: name, value, inclusive } = since
  const column = columnOf(shape, name)
  // The digits that were cut off must not make the last row a new one.
  const cut = column.print === 'microseconds' && !inclusive
  const quoted = writing.quote(name)
  const condition = `${quoted} ${inclusive || cut ? '>=' : '>'} ${writing.valueOf(column, value, cut)}`
  return ` WHERE ${column.nullable && inclusive ? `(${condition} OR ${quoted} IS NULL)` : condition}`
}

/** Also counts the time that the destination needs, as servers with such a limit of their own do. */
async function* withinLimit(session: ValueSession, sql: string): AsyncGenerator<readonly ValueRow[], void, void> {
  const { limitSeconds } = session
  if (limitSeconds === undefined) return yield* session.read(sql)
  let over = false
  const timer = setTimeout(() => {
    over = true
    // What comes of it is told by the query that it ends.
    session.interrupt().catch(() => {})
  }, limitSeconds * 1_000)
  const tooLong = () =>
    new SyncError(
      'SOURCE_UNAVAILABLE',
      `The query took longer than ${limitSeconds} s, the connector’s statement time limit, and was ended.`,
    )
  try {
    for await (const batch of session.read(sql)) {
      if (over) throw tooLong()
      yield batch
    }
  } catch (error) {
    throw over ? tooLong() : error
  } finally {
    clearTimeout(timer)
  }
}

/** Cursor values go into SQL as they are where they are numbers. */
export const numberLiteral = (value: string): string => {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return value
  throw new SyncError('INVALID_QUERY', `The cursor value "${value}" is no number.`)
}

export const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`
