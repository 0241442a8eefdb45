/** Parquet files of another writer: whole, damaged in their pages and in what they say of themselves. */

import { createFileSource } from '@aiia/connectors/files/file-source'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Random } from '../../faults/random.ts'
import { memoryStore } from '../memory-store.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { accessFor, outcomeOf, type Reading, readAll, sameOrThrow } from '../reading.ts'
import { randomText } from '../tables.ts'

type About = { cutSeed: number; isTyped: boolean }
type Value = [value: unknown, text: string]

const kinds: readonly { type: 'STRING' | 'INT32' | 'INT64' | 'BOOLEAN' | 'DOUBLE' | 'JSON'; value(random: Random): Value }[] = [
  {
    type: 'STRING',
    value: (random) => {
      const text = randomText(random)
      return [text, text]
    },
  },
  {
    type: 'STRING',
    value: (random) => {
      const text = random.pick(['a', 'bb', 'ä🙂'])
      return [text, text]
    },
  },
  {
    type: 'INT32',
    value: (random) => {
      const number = below(random, 2 ** 32) - 2 ** 31
      return [number, String(number)]
    },
  },
  {
    type: 'INT64',
    value: (random) => {
      const number = BigInt.asIntN(64, (BigInt(below(random, 2 ** 32)) << 32n) | BigInt(below(random, 2 ** 32)))
      return [number, String(number)]
    },
  },
  {
    type: 'BOOLEAN',
    value: (random) => {
      const flag = maybe(random, 0.5)
      return [flag, String(flag)]
    },
  },
  {
    type: 'DOUBLE',
    value: (random) => {
      const number = below(random, 1_000_000) / 64
      return [number, String(number)]
    },
  },
]

type Made = { bytes: Buffer; table: (string | null)[][]; footerBytes: number }

/** Of lists and structs the text is not compared. */
const nestedSchema = [
  { name: 'root', num_children: 2 },
  { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
  { name: 'tags', converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
] as const

const write = (random: Random): Made => {
  const rows = below(random, maybe(random, 0.02) ? 400 : 20)
  const options = {
    codec: random.pick(['SNAPPY', 'UNCOMPRESSED'] as const),
    rowGroupSize: random.pick([5, 1_000]),
    pageSize: random.pick([40, 1_048_576]),
    statistics: maybe(random, 0.5),
  }
  if (maybe(random, 0.15)) {
    const tags = Array.from({ length: rows }, () =>
      maybe(random, 0.2) ? null : Array.from({ length: below(random, 4) }, () => randomText(random)),
    )
    const columnData = [
      { name: 'id', data: tags.map((_, at) => at) },
      { name: 'tags', data: tags },
    ]
    const written = Buffer.from(parquetWriteBuffer({ ...options, columnData, schema: [...nestedSchema] }))
    return made(
      written,
      tags.map((list, at) => [String(at), list === null ? null : JSON.stringify(list)]),
    )
  }
  const columns = Array.from({ length: 1 + below(random, 4) }, () => random.pick(kinds))
  const nulls = random.pick([0, 0.2])
  const table = Array.from({ length: rows }, () => columns.map(({ value }): Value | null => (maybe(random, nulls) ? null : value(random))))
  const columnData = columns.map(({ type }, at) => ({
    name: `c${at}`,
    type,
    nullable: true,
    data: table.map((row) => row[at]?.[0] ?? null),
  }))
  return made(
    Buffer.from(parquetWriteBuffer({ ...options, columnData })),
    table.map((row) => row.map((value) => value?.[1] ?? null)),
  )
}

const made = (bytes: Buffer, table: (string | null)[][]): Made => ({ bytes, table, footerBytes: bytes.readUInt32LE(bytes.length - 8) })

const damage = ({ bytes, footerBytes }: Made, random: Random): Buffer => {
  if (maybe(random, 0.05)) return maybe(random, 0.5) ? noise(random) : mutate(bytes, random, write(random).bytes)
  // Anywhere, the end would mostly be lost; so its mark and length stay right.
  const [dataEnd, footerEnd] = [bytes.length - 8 - footerBytes, bytes.length - 8]
  const [data, footer] = [bytes.subarray(0, dataEnd), bytes.subarray(dataEnd, footerEnd)]
  const isFooter = maybe(random, 0.6)
  const newData = isFooter ? data : mutate(data, random, write(random).bytes)
  const newFooter = isFooter ? mutate(footer, random, footer) : footer
  const tail = Buffer.from('....PAR1')
  tail.writeUInt32LE(newFooter.length)
  return Buffer.concat([newData, newFooter, tail])
}

const make = (random: Random): FuzzInput => {
  const file = write(random)
  const isValid = maybe(random, 0.2)
  const about: About = { cutSeed: below(random, 2 ** 31), isTyped: maybe(random, 0.5) }
  return { parts: [isValid ? file.bytes : damage(file, random)], about, table: isValid ? file.table : null }
}

const read = (bytes: Buffer, cutSeed: number | null, asText: boolean): Promise<Reading> =>
  readAll(async () => createFileSource(accessFor({}), memoryStore('in.parquet', bytes, cutSeed), { where: 'memory' }), {
    source: { path: 'in.parquet' },
    asText,
    piece: 0,
  })

const countOf = ({ rows, rejected }: Reading): number => rows.length + rejected.length

export const parquetReader: FuzzReader = {
  make,
  check: async ({ parts, about: given, table }) => {
    const [bytes, about] = [parts[0] as Buffer, given as About]
    const text = await read(bytes, null, true)
    if (text.error === null && text.expectedRows !== countOf(text))
      throw new Violation(
        'no row is lost',
        `the file says that it has ${text.expectedRows} rows, and ${countOf(text)} came without an error`,
      )
    sameOrThrow(text, await read(bytes, about.cutSeed, true), true)
    const came = JSON.stringify(text.rows.map((row) => row.map((value) => value?.toString() ?? null)))
    if (
      table !== null &&
      (text.error !== null || came.replaceAll('", \\"', '",\\"') !== JSON.stringify(table).replaceAll('", \\"', '",\\"'))
    )
      throw new Violation('a table comes back', `${JSON.stringify(text.error ?? text.rejected)} ${came} for ${JSON.stringify(table)}`)
    if (!about.isTyped) return outcomeOf(text)
    const typed = await read(bytes, about.cutSeed, false)
    if (typed.error?.code !== text.error?.code || (typed.error === null && countOf(typed) !== countOf(text)))
      throw new Violation(
        'types change no counts',
        `${JSON.stringify(outcomeOf(text))} as text, ${JSON.stringify(outcomeOf(typed))} by type`,
      )
    if (table !== null && typed.rejected.length > 0) throw new Violation('types take what the file has', JSON.stringify(typed.rejected[0]))
    return outcomeOf(typed)
  },
}
