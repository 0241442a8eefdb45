/** JSON Lines: beside a naive reader, whole and in pieces, as text and by the types that are found. */

import { isUtf8 } from 'node:buffer'
import { createFileSource } from '@aiia/connectors/files/file-source'
import type { Random } from '../../faults/random.ts'
import { randomObject } from '../json-values.ts'
import { memoryStore } from '../memory-store.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { accessFor, outcomeOf, type Reading, readAll, sameOrThrow } from '../reading.ts'
import { type JsonNode, parseJson } from '../reference/json.ts'
import { isSameValue } from '../reference/json-value.ts'

type About = { cutSeed: number; piece: number; isTyped: boolean; isValid: boolean }

const written = (random: Random): Buffer => {
  const names = Array.from({ length: 1 + below(random, 5) }, (_, at) => random.pick(['id', 'ä', 'x"y', 'a.b', '']) + at)
  const lines = Array.from({ length: below(random, maybe(random, 0.01) ? 300 : 8) }, () => randomObject(random, names))
  return Buffer.from(
    lines.map((line) => `${line}${random.pick(['\n', '\n', '\r\n', '\n\n'])}`).join('') + (maybe(random, 0.1) ? '{"id0":1}' : ''),
  )
}

const make = (random: Random): FuzzInput => {
  const isValid = maybe(random, 0.2)
  const bytes = written(random)
  const about = { cutSeed: below(random, 2 ** 31), piece: maybe(random, 0.05) ? 1 : 0, isTyped: maybe(random, 0.3), isValid }
  const damaged = isValid ? bytes : maybe(random, 0.02) ? noise(random) : mutate(bytes, random, written(random))
  return { parts: [damaged], about, table: null }
}

const read = (bytes: Buffer, { piece }: About, { cutSeed, asText }: { cutSeed: number | null; asText: boolean }): Promise<Reading> =>
  readAll(async () => createFileSource(accessFor({}), memoryStore('in.jsonl', bytes, cutSeed), { where: 'memory' }), {
    source: { path: 'in.jsonl' },
    asText,
    piece: cutSeed === null ? 0 : piece,
  })

type Line = Map<string, JsonNode>
const deepest = 1_000

/** The object of a line; null: it is to be rejected. */
const objectOf = (line: Buffer): Line | null => {
  // What a string holds is looked at where it is wanted, so the bytes of other encodings are still JSON.
  const tree = parseJson(isUtf8(line) ? line.toString() : line.toString('latin1'))
  if (tree === null || tree.root.kind !== 'object' || tree.hasHalves || tree.depth > deepest) return null
  return new Map(tree.root.members)
}

const linesOf = (bytes: Buffer): Buffer[] => {
  const lines: Buffer[] = []
  for (let at = bytes.toString('hex', 0, 3) === 'efbbbf' ? 3 : 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at)
    const line = bytes.subarray(at, end < 0 ? bytes.length : end)
    if (!/^[ \t\r]*$/.test(line.toString('latin1'))) lines.push(line)
    at = end < 0 ? bytes.length : end + 1
  }
  return lines
}

const isOther = (bytes: Buffer): boolean =>
  ['1f8b', '28b52ffd', 'fffe', 'feff'].some((mark) => bytes.toString('hex', 0, 4).startsWith(mark))

const compareWithNaive = (bytes: Buffer, reading: Reading): void => {
  const lines = linesOf(bytes)
  const objects = lines.map(objectOf)
  if (reading.error !== null) {
    if (objects.some((object) => object !== null && object.size > 0))
      throw new Violation('what can be read is read', `${reading.error.message} There are ${lines.length} lines`)
    return
  }
  if (reading.rows.length + reading.rejected.length !== lines.length)
    throw new Violation('no row is lost', `${reading.rows.length} rows and ${reading.rejected.length} rejected of ${lines.length} lines`)
  const rejectedAt = new Set(reading.rejected.map(({ position }) => position))
  const rows = reading.rows.values()
  for (const [at, object] of objects.entries()) {
    const isRejected = rejectedAt.has(at + 1)
    const line = lines[at]?.toString() ?? ''
    if (isRejected && object !== null && isUtf8(lines[at] as Buffer) && !/\\u0000/.test(line))
      throw new Violation(
        'what can be read is read',
        `${JSON.stringify(reading.rejected.find(({ position }) => position === at + 1))} for ${line}`,
      )
    if (isRejected) continue
    const row = rows.next().value ?? []
    if (object === null) throw new Violation('what cannot be read is refused', line)
    for (const [column, { name }] of reading.columns.entries())
      if (isUtf8(lines[at] as Buffer) && !isSameValue(row[column] ?? null, object.get(name)))
        throw new Violation('values are as they stand', `"${name}" is ${row[column]?.toString()} of ${line}`)
    // Columns come from all lines here, so each key has one.
    if (isUtf8(lines[at] as Buffer) && [...object.keys()].some((name) => !reading.columns.some((column) => column.name === name)))
      throw new Violation('every key has a column', `${[...object.keys()].join()} of ${line}`)
  }
}

export const jsonlReader: FuzzReader = {
  make,
  check: async ({ parts, about }) => {
    const [bytes, how] = [parts[0] as Buffer, about as About]
    const text = await read(bytes, how, { cutSeed: null, asText: true })
    sameOrThrow(text, await read(bytes, how, { cutSeed: how.cutSeed, asText: true }))
    if (!isOther(bytes)) compareWithNaive(bytes, text)
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
    if (how.isValid && typed.rejected.length > 0)
      throw new Violation('types that are found take what they were found in', JSON.stringify([typed.columns, typed.rejected[0]]))
    return outcomeOf(typed)
  },
}
