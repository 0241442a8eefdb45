import { describe, expect, test } from 'vitest'
import { defaultLimits, type RunConfiguration, type StreamConfiguration, streamDefaults } from '../sync/configuration.ts'
import type { FieldMapping } from '../sync/mapping.ts'
import { compareConfigurations, compareSummaries, type NamedSetting } from './comparison.ts'

const settings: NamedSetting[] = [
  { path: 'host', told: true },
  { path: 'port', told: true },
  { path: 'authentication.user', told: true },
  { path: 'headers', told: false },
]

const stream = (change: Partial<StreamConfiguration> = {}): StreamConfiguration => ({
  ...streamDefaults,
  name: 'bseg',
  source: { table: 'public.bseg' },
  mode: 'FULL_REFRESH',
  primaryKey: null,
  destinationTable: 'bseg',
  rejectLimit: 0,
  ...change,
})

const configuration = (change: Partial<RunConfiguration> = {}): RunConfiguration => ({
  connector: { id: 'c', name: 'SAP', kind: 'postgres' },
  settings: { host: 'db1', port: 5432 },
  streams: [stream()],
  limits: { ...defaultLimits },
  full: false,
  ...change,
})

const compare = (now: Partial<RunConfiguration>, before: Partial<RunConfiguration> = {}) =>
  compareConfigurations(configuration(before), configuration(now), settings)

const field = (change: Partial<FieldMapping> = {}): FieldMapping => ({
  source: 'wrbtr',
  destination: 'amount',
  type: null,
  nullable: null,
  default: null,
  transforms: [],
  ...change,
})

test('the same configuration has no change', () => {
  expect(compare({})).toEqual([])
})

describe('settings and limits', () => {
  test('are told by name, nested ones too', () => {
    expect(compare({ settings: { host: 'db2', port: 5432, authentication: { user: 'sap' } } })).toEqual([
      { stream: null, part: 'settings.host', before: 'db1', now: 'db2' },
      { stream: null, part: 'settings.authentication.user', before: null, now: 'sap' },
    ])
    expect(compare({ limits: { ...defaultLimits, maxDurationSeconds: 60 }, full: true })).toEqual([
      { stream: null, part: 'limits.maxDurationSeconds', before: null, now: '60' },
      { stream: null, part: 'full', before: 'false', now: 'true' },
    ])
  })

  test('that are not named stay unseen, and the values of private ones too', () => {
    const secret = { host: 'db1', port: 5432, password: 'hunter2', headers: 'X-Tenant: hunter2' }
    const changes = compare({ settings: secret })
    expect(changes).toEqual([{ stream: null, part: 'settings.headers', before: null, now: null }])
    expect(JSON.stringify(changes)).not.toContain('hunter2')
  })
})

describe('streams', () => {
  test.each<[string, Partial<StreamConfiguration>, string, string | null, string | null]>([
    ['a mode', { mode: 'INCREMENTAL' }, 'mode', 'FULL_REFRESH', 'INCREMENTAL'],
    ['a table', { source: { table: 'public.bkpf' } }, 'source.table', 'public.bseg', 'public.bkpf'],
    ['a key', { primaryKey: ['bukrs', 'belnr'] }, 'primaryKey', null, 'bukrs, belnr'],
    ['no key', { primaryKey: [] }, 'primaryKey', null, 'none'],
    ['a limit', { rejectLimit: 10 }, 'rejectLimit', '0', '10'],
    ['a policy', { schemaChanges: { added: 'STOP', removed: 'STOP', retyped: 'STOP' } }, 'schemaChanges.added', 'ADD', 'STOP'],
    ['a mapping', { fields: [field()] }, 'fields', 'as the source has them', '1 mapped'],
  ])('%s is told with the stream', (_what, change, part, before, now) => {
    expect(compare({ streams: [stream(change)] })).toEqual([{ stream: 'bseg', part, before, now }])
  })

  test('that came or went are told', () => {
    expect(compare({ streams: [stream({ name: 'bkpf' })] })).toEqual([
      { stream: 'bkpf', part: 'stream', before: 'not read', now: 'read' },
      { stream: 'bseg', part: 'stream', before: 'read', now: 'not read' },
    ])
  })

  test('frozen by an earlier release compare as what they did then', () => {
    const { duplicates: _duplicates, schemaChanges: _schemaChanges, fields: _fields, ...old } = stream()
    expect(compare({}, { streams: [old as StreamConfiguration] })).toEqual([])
  })

  test('have their fields compared by destination, without what a mapping puts in', () => {
    const before = [field(), field({ destination: 'gone' })]
    const now = [
      field({ type: 'numeric', transforms: [{ kind: 'DECIMAL_COMMA' }], default: 'hunter2' }),
      field({ source: null, destination: 'made', transforms: [{ kind: 'CONSTANT', value: 'hunter2' }] }),
    ]
    const changes = compare({ streams: [stream({ fields: now })] }, { streams: [stream({ fields: before })] })
    expect(changes).toEqual([
      { stream: 'bseg', part: 'field amount', before: 'wrbtr', now: 'wrbtr, numeric, with a default, DECIMAL_COMMA' },
      { stream: 'bseg', part: 'field gone', before: 'wrbtr', now: null },
      { stream: 'bseg', part: 'field made', before: null, now: 'a constant, CONSTANT' },
    ])
    expect(JSON.stringify(changes)).not.toContain('hunter2')
  })
})

test('of long texts the part that differs is shown', () => {
  const sql = (year: number) => `SELECT ${'column, '.repeat(40)}1\nFROM bseg WHERE gjahr = ${year} AND ${'x '.repeat(100)}`
  const [change] = compare({ streams: [stream({ source: { sql: sql(2026) } })] }, { streams: [stream({ source: { sql: sql(2025) } })] })
  expect(change?.before).toMatch(/^….*gjahr = 2025 AND x.*…$/)
  expect(change?.now).toMatch(/^….*gjahr = 2026 AND x.*…$/)
  expect(change?.now?.length).toBeLessThan(90)
})

test('figures are compared where both runs have them', () => {
  expect(
    compareSummaries(
      { READ: 400_000, INGESTED: 400_000, REJECTED: 0, DURATION: 4_000 },
      { READ: 12, INGESTED: 0, REJECTED: 0, DURATION: null },
    ),
  ).toEqual([
    { figure: 'READ', before: 400_000, now: 12 },
    { figure: 'INGESTED', before: 400_000, now: 0 },
  ])
})
