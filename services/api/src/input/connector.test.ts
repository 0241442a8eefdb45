import type { ConnectorKind } from '@aiia/connectors/kinds'
import { noOwnRetention } from '@aiia/core/job-run/retention'
import { defaultLimits, streamDefaults } from '@aiia/core/sync/configuration'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseConnectorChange, parseNewConnector } from './connector.ts'

const kind: ConnectorKind = {
  kind: 'shop',
  label: 'Shop',
  description: 'A shop',
  verified: true,
  capabilities: { sql: false, incremental: 'CURSOR', chunks: true, parallel: false, controlTotals: true },
  settings: z.object({ host: z.string(), port: z.int().default(80) }),
  credentials: z.object({ password: z.string().optional() }),
  streamSource: z.strictObject({ table: z.string() }),
  sourceHost: (settings) => (settings as { host: string }).host,
  address: () => 'shop://',
  targetOf: (settings) => (settings as { host: string }).host,
}

const whole = {
  name: ' Shop ',
  kind: 'shop',
  settings: { host: 'shop.internal' },
  credentials: { password: 's3cret' },
  streams: [{ name: 'orders', source: { table: 'orders' } }],
}

const fieldsOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions['fields']
    throw error
  }
  return undefined
}

const refused = (change: object) => fieldsOf(() => parseNewConnector(kind, { ...whole, ...change }))

test('what is omitted has its default', () => {
  expect(parseNewConnector(kind, whole)).toEqual({
    name: 'Shop',
    kind: 'shop',
    settings: { host: 'shop.internal', port: 80 },
    sourceHost: 'shop.internal',
    credentials: { password: 's3cret' },
    streams: [
      {
        name: 'orders',
        source: { table: 'orders' },
        mode: 'FULL_REFRESH',
        primaryKey: null,
        destinationTable: 'orders',
        rejectLimit: 0,
        ...streamDefaults,
      },
    ],
    schedule: null,
    limits: defaultLimits,
    retention: noOwnRetention,
    enabled: true,
  })
  expect(parseNewConnector(kind, { ...whole, credentials: undefined }).credentials).toBeNull()
})

test('settings, credentials and sources are the kind’s', () => {
  expect(
    refused({
      settings: { port: 80, user: 'x' },
      credentials: { pasword: 'x' },
      streams: [{ name: 'orders', source: { sql: 'select 1' } }],
    }),
  ).toEqual({
    'settings.host': 'This is required: a string.',
    'settings.user': 'There is no such field here.',
    'credentials.pasword': 'There is no such field here.',
    'streams.0.source.table': 'This is required: a string.',
    'streams.0.source.sql': 'There is no such field here.',
  })
})

test('limits have ranges, and say them', () => {
  expect(refused({ limits: { connectTimeoutSeconds: 0, maxDurationSeconds: 604_801, maxAttempts: 11, memoryMb: 63 } })).toEqual({
    'limits.connectTimeoutSeconds': 'A whole number of seconds from 1 to 300.',
    'limits.maxDurationSeconds': 'A whole number of seconds from 1 to 604,800.',
    'limits.maxAttempts': 'A whole number of attempts from 1 to 10.',
    'limits.memoryMb': 'A whole number of MiB from 64 to 4,096.',
  })
})

test('chunks have a size that makes sense or is left to us, and one session reads where a kind has no more', () => {
  const [stream] = whole.streams
  const chunked = (chunking: object) => ({ streams: [{ ...stream, chunking }] })
  expect(refused(chunked({ rows: 999 }))).toEqual({ 'streams.0.chunking.rows': expect.stringContaining('1,000 to 100') })
  expect(refused({ streams: [{ ...stream, parallel: 4 }] })).toEqual({ 'streams.0.parallel': expect.stringContaining('one session') })
  expect(refused({ streams: [{ ...stream, parallel: 9 }] })).toEqual({ 'streams.0.parallel': expect.stringContaining('1 to 8') })
  expect(parseNewConnector(kind, { ...whole, ...chunked({}) }).streams[0]?.chunkRows).toBe('AUTO')
  expect(parseNewConnector(kind, { ...whole, ...chunked({ rows: 5_000 }) }).streams[0]?.chunkRows).toBe(5_000)
})

test('a schedule is CRON in a time zone', () => {
  expect(refused({ schedule: { cron: 'nightly' } })).toEqual({ 'schedule.cron': expect.stringContaining('0 2 * * *') })
  expect(refused({ schedule: { cron: '0 2 * * *', timeZone: 'Berlin' } })).toEqual({
    'schedule.timeZone': expect.stringContaining('Europe/Berlin'),
  })
  expect(parseNewConnector(kind, { ...whole, schedule: { cron: '0 2 * * *' } }).schedule).toEqual({
    cron: '0 2 * * *',
    timeZone: 'UTC',
    missedRuns: 'RUN_ONCE',
    overlap: 'SKIP',
    jitterSeconds: 0,
  })
  expect(refused({ schedule: { cron: '0 2 * * *', jitterSeconds: 3_601 } })).toEqual({
    'schedule.jitterSeconds': expect.stringContaining('0 to 3,600'),
  })
})

test('names and tables are there, are short enough, and differ', () => {
  expect(refused({ name: ' ', streams: [] })).toEqual({ name: expect.any(String), streams: expect.stringContaining('at least one') })
  expect(refused({ streams: [{ name: 'ä'.repeat(32), source: { table: 'a' } }] })).toEqual({
    'streams.0.destinationTable': expect.stringContaining('63 bytes'),
  })
  const [stream] = whole.streams
  expect(refused({ streams: [stream, stream] })).toEqual({
    'streams.1.name': expect.any(String),
    'streams.1.destinationTable': expect.any(String),
  })
})

test('names that SQL would have to quote are fine', () => {
  const name = 'Größe "of" SELECT'
  expect(parseNewConnector(kind, { ...whole, streams: [{ name, source: { table: name } }] }).streams[0]?.destinationTable).toBe(name)
})

const before = {
  settings: { host: 'shop.internal', port: 80 },
  limits: { ...defaultLimits, maxDurationSeconds: 60 },
  retention: {
    own: { ...noOwnRetention, logsDays: 7 },
    platform: { runs: 1_000, runsDays: 365, logsDays: 90, rejectedRowsDays: 30 },
  },
  hasCredentials: true,
}
const change = (input: Parameters<typeof parseConnectorChange>[2], from = before) => parseConnectorChange(kind, from, input)

test('an update holds what was given and nothing else', () => {
  expect(change({})).toEqual({})
  expect(change({ name: 'New', settings: { host: 'shop.internal', port: 81 }, enabled: false })).toEqual({
    name: 'New',
    settings: { host: 'shop.internal', port: 81 },
    sourceHost: 'shop.internal',
    enabled: false,
  })
  expect(change({ schedule: null })).toEqual({ schedule: null })
  expect(change({ name: null, streams: null, limits: null, enabled: null, settings: null, credentials: null })).toEqual({})
})

test('a limit that is omitted stays; null lifts the one that may be lifted', () => {
  expect(change({ limits: { maxAttempts: 1 } }).limits).toEqual({ ...before.limits, maxAttempts: 1 })
  expect(change({ limits: { maxDurationSeconds: null } }).limits).toEqual({ ...before.limits, maxDurationSeconds: null })
})

test('a retention that is omitted stays, and a wrong one is told by its field', () => {
  expect(change({ retention: { runs: 10, runsDays: 365 } }).retention).toEqual({ ...before.retention.own, runs: 10 })
  expect(change({ retention: null }).retention).toEqual(noOwnRetention)
  expect(refused({ retention: { runs: 0, logsDays: 40_000 } })).toEqual({
    'retention.runs': expect.stringContaining('from 1'),
    'retention.logsDays': expect.stringContaining('36,500'),
  })
})

test('another target demands the credentials again', () => {
  const settings = { host: 'evil.internal' }
  expect(fieldsOf(() => change({ settings }))).toEqual({ credentials: expect.stringContaining('again') })
  expect(change({ settings, credentials: { password: 'new' } })).toEqual({
    settings: { host: 'evil.internal', port: 80 },
    sourceHost: 'evil.internal',
    credentials: { password: 'new' },
  })
  expect(change({ settings }, { ...before, hasCredentials: false })).toHaveProperty('settings')
})
