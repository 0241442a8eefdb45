/** CSV files: beside a naive reader, whole and in pieces, as text and by the types that are found. */

import { isUtf8 } from 'node:buffer'
import { dialectOf } from '@aiia/connectors/files/csv/dialect'
import { createFileSource } from '@aiia/connectors/files/file-source'
import type { CsvOptions } from '@aiia/connectors/files/stream-source'
import type { Random } from '../../faults/random.ts'
import { memoryStore } from '../memory-store.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { accessFor, outcomeOf, type Reading, readAll, sameOrThrow } from '../reading.ts'
import { readCsvNaively } from '../reference/csv.ts'
import { randomTable, type Table } from '../tables.ts'

type About = {
  csv: CsvOptions
  cutSeed: number
  /** Rows that are handed on at a time. */
  piece: number
  /** It is read by the types that are found, too. */
  isTyped: boolean
}

const written = ({ names, rows }: Table, random: Random, { delimiter = ',', quote = '"', nullText = '', header }: CsvOptions): Buffer => {
  const end = random.pick(['\n', '\r\n', '\r'])
  const mustQuote = (text: string): boolean =>
    text === '' || text === nullText || [delimiter, quote, '\n', '\r'].some((mark) => text.includes(mark)) || maybe(random, 0.1)
  const quoted = (text: string): string => `${quote}${text.replaceAll(quote, () => quote + quote)}${quote}`
  const cell = (text: string | null): string => (text === null ? nullText : mustQuote(text) ? quoted(text) : text)
  const lines = (header === false ? rows : [names, ...rows]).map((row) => row.map(cell).join(delimiter))
  // The line of a single NULL is empty, and no row.
  const kept = lines.filter((line) => line !== '')
  return Buffer.from(`${maybe(random, 0.1) ? '\ufeff' : ''}${kept.join(end)}${maybe(random, 0.8) ? end : ''}`)
}

const make = (random: Random): FuzzInput => {
  const isValid = maybe(random, 0.2)
  const csv: CsvOptions = {
    ...(isValid || maybe(random, 0.5) ? { delimiter: random.pick([',', ';', '\t', '|', '\u0001']) } : {}),
    ...(isValid || maybe(random, 0.5) ? { header: isValid || maybe(random, 0.7) } : {}),
    ...(maybe(random, 0.2) ? { quote: "'" } : {}),
    ...(maybe(random, 0.2) ? { nullText: random.pick(['NULL', '-', '\\N']) } : {}),
    ...(maybe(random, 0.3) ? { ragged: 'PAD' as const } : {}),
    ...(!isValid && maybe(random, 0.1) ? { skipLines: below(random, 3) } : {}),
  }
  const table = randomTable(random)
  const bytes = written(table, random, csv)
  const about = { csv, cutSeed: below(random, 2 ** 31), piece: maybe(random, 0.05) ? random.pick([1, 3]) : 0, isTyped: maybe(random, 0.3) }
  if (isValid)
    return { parts: [bytes], about, table: table.rows.filter((row) => row.length > 1 || row[0] !== null || csv.nullText !== undefined) }
  const other = written(randomTable(random), random, csv)
  return { parts: [maybe(random, 0.02) ? noise(random) : mutate(bytes, random, other)], about, table: null }
}

const read = (bytes: Buffer, { csv, piece }: About, { cutSeed, asText }: { cutSeed: number | null; asText: boolean }): Promise<Reading> =>
  readAll(async () => createFileSource(accessFor({}), memoryStore('in.csv', bytes, cutSeed), { where: 'memory' }), {
    source: { path: 'in.csv', csv },
    asText,
    piece: cutSeed === null ? 0 : piece,
  })

const isText = (value: Buffer | null): boolean => value === null || (isUtf8(value) && !value.includes(0))

/** Packed, or in another encoding: what stands there is not what is read. */
const isOther = (bytes: Buffer): boolean =>
  ['1f8b', '28b52ffd', 'fffe', 'feff'].some((mark) => bytes.toString('hex', 0, 4).startsWith(mark))

const compareWithNaive = (bytes: Buffer, { csv }: About, reading: Reading): void => {
  const text = bytes.toString('hex', 0, 3) === 'efbbbf' ? bytes.subarray(3) : bytes
  const dialect = dialectOf({ bytes: text, isWhole: true }, csv)
  const { names, good, bad } = readCsvNaively(text, dialect, reading.columns.length)
  if (reading.error !== null) {
    if (names !== null && (names.length > 0 || good.length > 0))
      throw new Violation('what can be read is read', `${reading.error.message} Naively there are ${good.length} rows`)
    return
  }
  if (names === null) throw new Violation('what cannot be read is refused', `no error, though there is no header`)
  const expected = good.filter((row) => row.every(isText))
  const rejected = bad + good.length - expected.length
  if (expected.length !== reading.rows.length || rejected !== reading.rejected.length)
    throw new Violation(
      'no row is lost',
      `${reading.rows.length} rows and ${reading.rejected.length} rejected, naively ${expected.length} and ${rejected}`,
    )
  const wrong = expected.findIndex((row, at) => row.some((value, column) => !same(value, reading.rows[at]?.[column] ?? null)))
  if (wrong >= 0)
    throw new Violation(
      'values are as they stand',
      `row ${wrong + 1} is ${reading.rows[wrong]?.join('¦')}, naively ${expected[wrong]?.join('¦')}`,
    )
}

const same = (one: Buffer | null, other: Buffer | null): boolean => (one === null || other === null ? one === other : one.equals(other))

const compareWithTable = (table: NonNullable<FuzzInput['table']>, reading: Reading): void => {
  const came = JSON.stringify(reading.rows.map((row) => row.map((value) => value?.toString() ?? null)))
  if (reading.error !== null || reading.rejected.length > 0 || came !== JSON.stringify(table))
    throw new Violation('a table comes back', `${JSON.stringify(reading.error ?? reading.rejected)} ${came} for ${JSON.stringify(table)}`)
}

export const csvReader: FuzzReader = {
  make,
  check: async ({ parts, about, table }) => {
    const [bytes, how] = [parts[0] as Buffer, about as About]
    const text = await read(bytes, how, { cutSeed: null, asText: true })
    sameOrThrow(text, await read(bytes, how, { cutSeed: how.cutSeed, asText: true }))
    if (table !== null) compareWithTable(table, text)
    else if (!isOther(bytes)) compareWithNaive(bytes, how, text)
    if (!how.isTyped) return outcomeOf(text)
    const typed = await read(bytes, how, { cutSeed: how.cutSeed, asText: false })
    if (
      typed.error?.message !== text.error?.message ||
      typed.rows.length + typed.rejected.length !== text.rows.length + text.rejected.length
    )
      throw new Violation(
        'types change no counts',
        `${JSON.stringify(outcomeOf(text))} as text, ${JSON.stringify(outcomeOf(typed))} by type`,
      )
    if (table !== null && typed.rejected.length > 0)
      throw new Violation('types that are found take what they were found in', JSON.stringify(typed.rejected[0]))
    return outcomeOf(typed)
  },
}
