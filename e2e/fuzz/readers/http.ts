/** Answers of JSON APIs: pages in all styles, packed and cut, beside a naive reader. */

import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { httpDriver } from '@aiia/connectors/http/driver'
import type { Source } from '@aiia/core/sync/source'
import type { Random } from '../../faults/random.ts'
import { answerWith } from '../in-process.ts'
import { randomObject, randomValue } from '../json-values.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { accessFor, outcomeOf, type Reading, readAll, sameOrThrow } from '../reading.ts'
import { compareValues, compareWithPages, type NaivePage, readNaively } from '../reference/pages.ts'

type About = {
  source: Record<string, unknown>
  records: string | null
  style: string
  encoding: 'identity' | 'gzip' | 'br'
  /** The bytes are damaged behind the packing. */
  isPackedFirst: boolean
  links: string[]
  cutSeed: number
  piece: number
  isTyped: boolean
}

const styles = [
  { style: 'none' },
  { style: 'none' },
  { style: 'page' },
  { style: 'page', sizeParam: 'size', size: 3 },
  { style: 'offset' },
  { style: 'cursor', cursorPath: 'meta.next' },
  { style: 'cursor', cursorPath: 'meta.next', morePath: 'more' },
  { style: 'cursor', cursorField: 'id0' },
  { style: 'link' },
  { style: 'link', nextPath: 'meta.next' },
]

const pageOf = (random: Random, names: readonly string[], { at, records }: { at: number; records: string | null }): Buffer => {
  const items = Array.from({ length: below(random, 5) }, () => (maybe(random, 0.02) ? randomValue(random) : randomObject(random, names)))
  const array = `[${items.join(', ')}]`
  if (records === null && maybe(random, 0.6)) return Buffer.from(array)
  const holder = records === 'data.items' ? `"data":{"total":${at},"items":${array}}` : `"${records ?? 'items'}":${array}`
  const next = random.pick(['null', `"page-${at}"`, '""', 'false', `"/x?page=${at}"`, String(at)])
  const members = [holder, `"meta":{"next":${next},"other":${randomValue(random)}}`, `"more":${random.pick(['true', 'false'])}`]
  return Buffer.from(`${maybe(random, 0.05) ? '\ufeff' : ''}{${(maybe(random, 0.5) ? members : members.toReversed()).join(',')}}`)
}

const make = (random: Random): FuzzInput => {
  const pagination = random.pick(styles)
  const records = random.pick([null, null, 'data', 'data.items', '@graph'])
  const names = Array.from({ length: 1 + below(random, 4) }, (_, at) => random.pick(['id', 'ä', 'x"y', 'a.b']) + at)
  const count = pagination.style === 'none' ? 1 : 1 + below(random, 3)
  const encoding = maybe(random, 0.2) ? random.pick(['gzip', 'br'] as const) : 'identity'
  const isPackedFirst = encoding !== 'identity' && maybe(random, 0.3)
  const pack = (bytes: Buffer): Buffer => (isPackedFirst ? packed(bytes, encoding) : bytes)
  const pages = Array.from({ length: count }, (_, at) => pack(pageOf(random, names, { at, records })))
  const damaged = maybe(random, 0.2) ? -1 : below(random, count)
  const parts = pages.map((page, at) =>
    at === damaged ? (maybe(random, 0.02) ? noise(random) : mutate(page, random, random.pick(pages))) : page,
  )
  const links = pages.map((_, at) =>
    random.pick([
      '',
      `<http://api.test/x?page=${at}>; rel="next"`,
      '<x?b>;rel=prev, <?p=2>; rel="a next"',
      '<',
      '<http://other.test/>; rel=next',
    ]),
  )
  const source = { path: '/x', pagination, ...(records === null ? {} : { records }) }
  const about: About = {
    source,
    records,
    style: pagination.style,
    encoding,
    isPackedFirst,
    links,
    cutSeed: below(random, 2 ** 31),
    piece: maybe(random, 0.05) ? 1 : 0,
    isTyped: maybe(random, 0.3),
  }
  return { parts, about, table: null }
}

const packed = (bytes: Buffer, encoding: About['encoding']): Buffer =>
  encoding === 'gzip'
    ? gzipSync(bytes)
    : encoding === 'br'
      ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
      : bytes

type Served = { reading: Reading; pages: number[] }

const read = async (
  parts: readonly Buffer[],
  about: About,
  { cutSeed, asText }: { cutSeed: number | null; asText: boolean },
): Promise<Served> => {
  const pages: number[] = []
  answerWith(cutSeed, () => {
    const at = pages.push(pages.length) - 1
    const body = parts[at]
    if (body === undefined) return { status: 404, body: Buffer.from('{"message":"no such page"}') }
    const { encoding, isPackedFirst, links } = about
    const headers = {
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      ...(links[at] === '' ? {} : { link: links[at] ?? '' }),
    }
    return { headers, body: isPackedFirst ? body : packed(body, encoding) }
  })
  const open = async (): Promise<Source> => {
    const source = await httpDriver.open(accessFor({ baseUrl: 'http://api.test' }))
    const describe: Source['describe'] = async (stream) => {
      const shape = await source.describe(stream)
      // The pages begin again.
      pages.length = 0
      return shape
    }
    return { ...source, describe }
  }
  const reading = await readAll(open, { source: about.source, asText, piece: cutSeed === null ? 0 : about.piece })
  return { reading, pages: pages.filter((at) => at < parts.length) }
}

const compare = (parts: readonly Buffer[], { records, style }: About, { reading, pages }: Served): void => {
  const path = records === null ? 'first-array' : records.startsWith('@') ? [records] : records.split('.')
  const naive: NaivePage[] = pages.map((at) => readNaively(parts[at] as Buffer, path))
  compareWithPages(naive, reading, false)
  const only = naive[0]
  if (style !== 'none' || only === undefined || typeof only === 'string') return
  if (reading.error === null) return compareValues(only, reading)
  if (only.some((record) => record.kind === 'object' && record.members.length > 0))
    throw new Violation('what can be read is read', reading.error.message)
}

export const httpReader: FuzzReader = {
  make,
  check: async ({ parts, about: given }) => {
    const about = given as About
    const whole = await read(parts, about, { cutSeed: null, asText: true })
    const cut = await read(parts, about, { cutSeed: about.cutSeed, asText: true })
    // What a damaged packing gives before it fails depends on how it comes.
    if (!about.isPackedFirst) sameOrThrow(whole.reading, cut.reading, true)
    if (!about.isPackedFirst) compare(parts, about, whole)
    if (!about.isTyped) return outcomeOf(cut.reading)
    const { reading } = await read(parts, about, { cutSeed: about.cutSeed, asText: false })
    if (reading.error?.code !== cut.reading.error?.code || (reading.error === null && countOf(reading) !== countOf(cut.reading)))
      throw new Violation(
        'types change no counts',
        `${JSON.stringify(outcomeOf(cut.reading))} as text, ${JSON.stringify(outcomeOf(reading))} by type`,
      )
    return outcomeOf(reading)
  },
}

const countOf = ({ rows, rejected }: Reading): number => rows.length + rejected.length
