/** OData services of both versions: metadata and pages, damaged and whole, beside a naive reader. */

import { odataDriver } from '@aiia/connectors/odata/driver'
import type { Source } from '@aiia/core/sync/source'
import type { Random } from '../../faults/random.ts'
import { answerWith } from '../in-process.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { accessFor, outcomeOf, type Reading, readAll, sameOrThrow } from '../reading.ts'
import { compareWithPages, type NaivePage, readNaively } from '../reference/pages.ts'
import { randomText } from '../tables.ts'

type Version = 'v2' | 'v4'
type About = { version: Version; isMetadataDamaged: boolean; cutSeed: number; piece: number; isTyped: boolean }

const metadataOf = (version: Version): string => `<?xml version="1.0"?>
<edmx:Edmx Version="${version === 'v2' ? '1.0' : '4.0'}" xmlns:edmx="x"><edmx:DataServices><Schema Namespace="s" Alias="t">
<EnumType Name="E"/><TypeDefinition Name="Money" UnderlyingType="Edm.Decimal" Precision="15" Scale="3"/>
<EntityType Name="Base"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int64" Nullable="false"/></EntityType>
<EntityType Name="Row" BaseType="t.Base"><Property Name="name" Type="Edm.String" MaxLength="400"/>
<Property Name="amount" Type="${version === 'v2' ? 'Edm.Decimal" Precision="15" Scale="3' : 's.Money'}"/><Property Name="flag" Type="Edm.Boolean"/>
<Property Name="at" Type="${version === 'v2' ? 'Edm.DateTime' : 'Edm.DateTimeOffset'}"/><Property Name="raw" Type="Edm.Binary"/>
<Property Name="clock" Type="${version === 'v2' ? 'Edm.Time' : 'Edm.TimeOfDay'}"/><Property Name="guid" Type="Edm.Guid"/></EntityType>
<ComplexType Name="C"><Property Name="x" Type="Edm.Int32"/></ComplexType>
<EntityContainer Name="c"><EntitySet Name="Rows" EntityType="s.Row"/><EntitySet Name="Others" EntityType="s.Base"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

type Entity = { json: string; values: (string | null)[] }

const two = (number: number): string => String(number).padStart(2, '0')

const entityOf = (random: Random, version: Version, id: number): Entity => {
  const text = randomText(random)
  const amount = `${below(random, 1_000_000) - 500_000}.${100 + below(random, 900)}`
  const ms = Math.floor(random.between(-6e12, 2.5e13))
  const raw = randomText(random).replaceAll(/[^ -~]/g, 'x')
  const [hours, minutes, seconds] = [below(random, 24), below(random, 60), below(random, 60)]
  const guid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'
  const iso = new Date(ms).toISOString()
  const local = iso.slice(0, -1).replace(/\.000$/, '')
  const members: [json: string, value: string][] = [
    [JSON.stringify(text), text],
    [maybe(random, 0.5) ? JSON.stringify(amount) : amount, amount],
    ['true', 'true'],
    version === 'v2' ? [JSON.stringify(`/Date(${ms})/`).replaceAll('/', '\\/'), local] : [JSON.stringify(iso), iso],
    [JSON.stringify(Buffer.from(raw).toString('base64')), raw],
    version === 'v2'
      ? [`"PT${hours}H${minutes}M${seconds}S"`, `${two(hours)}:${two(minutes)}:${two(seconds)}`]
      : [`"${two(hours)}:${two(minutes)}:${two(seconds)}.1234567"`, `${two(hours)}:${two(minutes)}:${two(seconds)}.123456`],
    [JSON.stringify(guid), guid],
  ]
  const given = members.map((member) => (maybe(random, 0.1) ? (['null', null] as const) : member))
  const json = names.slice(1).map((name, at) => `"${name}":${given[at]?.[0]}`)
  return {
    json: `{"id":${maybe(random, 0.5) ? `"${id}"` : id},${json.join(',')}}`,
    values: [String(id), ...given.map(([, value]) => value)],
  }
}
const names = ['id', 'name', 'amount', 'flag', 'at', 'raw', 'clock', 'guid']

const pageOf = (version: Version, entities: readonly Entity[], { next, count }: { next: string | null; count: number }): Buffer => {
  const array = `[${entities.map(({ json }) => json).join(',')}]`
  if (version === 'v2') return Buffer.from(`{"d":{"results":${array},"__count":"${count}"${next === null ? '' : `,"__next":"${next}"`}}}`)
  return Buffer.from(
    `{"@odata.context":"x","@odata.count":${count},"value":${array}${next === null ? '' : `,"@odata.nextLink":"${next}"`}}`,
  )
}

const make = (random: Random): FuzzInput => {
  const version = random.pick(['v2', 'v4'] as const)
  let id = 0
  const groups = Array.from({ length: 1 + below(random, 3) }, () =>
    Array.from({ length: 1 + below(random, 4) }, () => entityOf(random, version, (id += 1))),
  )
  const pages = groups.map((entities, at) =>
    pageOf(version, entities, {
      next: at + 1 < groups.length ? random.pick([`Rows?$skiptoken=${at}`, `http://odata.test/s/Rows?p=${at}`]) : null,
      count: id,
    }),
  )
  const metadata = Buffer.from(metadataOf(version))
  const isValid = maybe(random, 0.2)
  const isMetadataDamaged = !isValid && maybe(random, 0.25)
  const damaged = isValid || isMetadataDamaged ? -1 : below(random, pages.length)
  const parts = [
    isMetadataDamaged ? mutate(metadata, random, metadata) : metadata,
    ...pages.map((page, at) => (at === damaged ? (maybe(random, 0.02) ? noise(random) : mutate(page, random, random.pick(pages))) : page)),
  ]
  const about: About = {
    version,
    isMetadataDamaged,
    cutSeed: below(random, 2 ** 31),
    piece: maybe(random, 0.05) ? 1 : 0,
    isTyped: maybe(random, 0.3),
  }
  return { parts, about, table: isValid ? groups.flat().map(({ values }) => values) : null }
}

type Served = { reading: Reading; pages: number[] }

const read = async (
  parts: readonly Buffer[],
  about: About,
  { cutSeed, asText }: { cutSeed: number | null; asText: boolean },
): Promise<Served> => {
  let pages: number[] = []
  answerWith(cutSeed, (url) => {
    if (url.pathname.endsWith('$metadata')) return { body: parts[0] as Buffer }
    const at = pages.push(pages.length)
    return { body: parts[at] ?? pageOf(about.version, [], { next: null, count: 0 }) }
  })
  const open = async (): Promise<Source> => {
    const source = await odataDriver.open(accessFor({ serviceUrl: 'http://odata.test/s', authentication: { kind: 'none' }, pageSize: 100 }))
    const describe: Source['describe'] = async (stream) => {
      const shape = await source.describe(stream)
      pages = []
      return shape
    }
    return { ...source, describe }
  }
  const reading = await readAll(open, { source: { entitySet: 'Rows' }, asText, piece: cutSeed === null ? 0 : about.piece })
  return { reading, pages }
}

const compare = (parts: readonly Buffer[], { version }: About, { reading, pages }: Served): void => {
  const path = version === 'v2' ? 'first-array' : ['value']
  const naive: NaivePage[] = pages.map((at) => readNaively(parts[at + 1] ?? pageOf(version, [], { next: null, count: 0 }), path))
  compareWithPages(naive, reading, true)
}

export const odataReader: FuzzReader = {
  make,
  check: async ({ parts, about: given, table }) => {
    const about = given as About
    const whole = await read(parts, about, { cutSeed: null, asText: true })
    const cut = await read(parts, about, { cutSeed: about.cutSeed, asText: true })
    sameOrThrow(whole.reading, cut.reading, true)
    if (!about.isMetadataDamaged) compare(parts, about, whole)
    if (table !== null) {
      const came = JSON.stringify(whole.reading.rows.map((row) => row.map((value) => value?.toString() ?? null)))
      if (whole.reading.error !== null || came !== JSON.stringify(table))
        throw new Violation(
          'a table comes back',
          `${JSON.stringify(whole.reading.error ?? whole.reading.rejected)} ${came} for ${JSON.stringify(table)}`,
        )
    }
    if (!about.isTyped) return outcomeOf(cut.reading)
    const { reading } = await read(parts, about, { cutSeed: about.cutSeed, asText: false })
    if (reading.error?.code !== cut.reading.error?.code || (reading.error === null && countOf(reading) !== countOf(cut.reading)))
      throw new Violation(
        'types change no counts',
        `${JSON.stringify(outcomeOf(cut.reading))} as text, ${JSON.stringify(outcomeOf(reading))} by type`,
      )
    if (table !== null && reading.rejected.length > 0)
      throw new Violation('types take the values of the service', JSON.stringify(reading.rejected[0]))
    return outcomeOf(reading)
  },
}

const countOf = ({ rows, rejected }: Reading): number => rows.length + rejected.length
