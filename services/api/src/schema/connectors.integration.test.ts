import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueToken } from '../auth/api-tokens.ts'
import { connectorInput, createConnector, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const whole = `id name kind label address settings hasCredentials enabled
  limits { connectTimeoutSeconds maxDurationSeconds maxAttempts memoryMb }
  streams { name source mode primaryKey destinationTable destinationSchema rejectLimit duplicates chunking { rows } parallel }
  schedule { cron timeZone missedRuns overlap jitterSeconds nextRuns(first: 2) recentSlots { scheduledFor outcome reason run { number } } } deletedAt lastRun { id } activeRun { id }`
const create = `mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { ${whole} } }`
const update = `mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { ${whole} } }`

const fieldsOf = async (query: string, variables: Record<string, unknown>) => {
  const { errors } = await api.ask(query, variables)
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  return errors?.[0]?.extensions['fields']
}

test('a connector as it was given, and never its credentials', async () => {
  const input = connectorInput({ schedule: { cron: '0 2 * * *', timeZone: 'Europe/Berlin' }, limits: { maxAttempts: 1 } })
  const { data, errors } = await api.ask(create, { input })
  expect(errors).toBeUndefined()
  expect(data?.['createConnector']).toMatchObject({
    name: input.name,
    kind: 'postgres',
    address: 'postgresql://sap_read@db.internal:5432/production',
    settings: { host: 'db.internal', port: 5432 },
    hasCredentials: true,
    enabled: true,
    limits: { connectTimeoutSeconds: 20, maxDurationSeconds: null, maxAttempts: 1, memoryMb: 256 },
    streams: [
      {
        source: { table: 'public.bseg' },
        mode: 'FULL_REFRESH',
        primaryKey: null,
        destinationTable: input.streams[0]?.name,
        destinationSchema: 'destination',
        duplicates: 'LAST_WINS',
        chunking: null,
        parallel: null,
      },
    ],
    schedule: {
      cron: '0 2 * * *',
      timeZone: 'Europe/Berlin',
      missedRuns: 'RUN_ONCE',
      overlap: 'SKIP',
      jitterSeconds: 0,
      recentSlots: [],
      nextRuns: [expect.stringMatching(/Z$/), expect.any(String)],
    },
    deletedAt: null,
    lastRun: null,
  })
  expect(JSON.stringify(data)).not.toContain('secret of a test')
})

test('chunks and sessions as they were given', async () => {
  const input = connectorInput({})
  const [stream] = input.streams
  const given = [{ chunking: { rows: 5_000 }, parallel: 2 }, { chunking: {} }]
  const streams = given.map((changes, at) => ({ ...stream, ...changes, name: `${stream?.name} ${at}` }))
  const { data } = await api.ask(create, { input: { ...input, streams } })
  expect(data?.['createConnector']).toMatchObject({
    streams: [
      { chunking: { rows: 5_000 }, parallel: 2 },
      { chunking: { rows: null }, parallel: null },
    ],
  })
})

test('what is wrong is named, and nothing is stored', async () => {
  const before = await api.prisma.connector.count()
  const input = connectorInput({
    settings: { host: 5, user: 'x', database: 'y', nonsense: 1 },
    schedule: { cron: 'nightly' },
    limits: { maxAttempts: 0 },
  })
  expect(await fieldsOf(create, { input })).toMatchObject({
    'settings.host': expect.any(String),
    'settings.nonsense': expect.any(String),
    'schedule.cron': expect.any(String),
    'limits.maxAttempts': expect.any(String),
  })
  expect(await fieldsOf(create, { input: connectorInput({ kind: 'sap' }) })).toEqual({ kind: expect.stringContaining('postgres') })
  expect(await api.prisma.connector.count()).toBe(before)
})

test('a name and a destination table belong to one connector', async () => {
  const first = connectorInput()
  await createConnector(api, first)
  expect(await fieldsOf(create, { input: connectorInput({ name: first.name.toUpperCase() }) })).toEqual({ name: expect.any(String) })
  const fields = await fieldsOf(create, { input: connectorInput({ streams: first.streams }) })
  expect(JSON.stringify(fields)).toContain(first.streams[0]?.name)
})

test('an update changes what it gives; another host demands the credentials again', async () => {
  const id = await createConnector(api)
  const { data } = await api.ask(update, { id, input: { limits: { maxAttempts: 2 }, schedule: { cron: '*/5 * * * *' }, enabled: false } })
  expect(data?.['updateConnector']).toMatchObject({
    enabled: false,
    limits: { maxAttempts: 2, memoryMb: 256 },
    schedule: { timeZone: 'UTC' },
    hasCredentials: true,
  })
  expect((await api.ask(update, { id, input: { schedule: null } })).data?.['updateConnector']).toMatchObject({
    schedule: null,
    enabled: false,
  })
  const settings = { host: 'elsewhere.internal', port: 5432, database: 'production', user: 'sap_read', tls: 'disable' }
  expect(await fieldsOf(update, { id, input: { settings } })).toEqual({ credentials: expect.stringContaining('again') })
  expect((await api.ask(update, { id, input: { settings, credentials: { password: 'new' } } })).errors).toBeUndefined()
  expect((await api.ask(update, { id: '0199f1c2-7d11-7c33-9d2e-3a1b5c6d7e8f', input: {} })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
})

test('a deleted connector is gone from the list, and its runs still name it', async () => {
  const { name } = connectorInput()
  const id = await createConnector(api, { name })
  const run = await triggerSync(api, id)
  const remove = () => api.ask('mutation ($id: ID!) { deleteConnector(id: $id) }', { id })
  expect((await remove()).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', jobRunId: run.id, number: run.number })
  await api.ask('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id: run.id })
  expect(await remove()).toEqual({ data: { deleteConnector: id } })
  const { data } = await api.ask(
    'query ($name: String, $number: Int) { connector(name: $name) { id } jobRun(number: $number) { connector { name deletedAt } } connectors(search: $name) { totalCount nodes { id } } }',
    { name, number: run.number },
  )
  expect(data).toEqual({
    connector: null,
    jobRun: { connector: { name, deletedAt: expect.any(String) } },
    connectors: { totalCount: 0, nodes: [] },
  })
})

test('found by name whatever its case, by both kinds of id, as a node, and in pages', async () => {
  const input = connectorInput({ name: 'SAP 100%_ERP' })
  const id = await createConnector(api, input)
  const plain = Buffer.from(id, 'base64').toString().split(':')[1]
  const { data } = await api.ask(
    'query ($id: ID!, $plain: ID!) { a: connector(name: "sap 100%_erp") { id } b: connector(id: $plain) { id } c: node(id: $id) { ... on Connector { name } } }',
    { id, plain },
  )
  expect(data).toEqual({ a: { id }, b: { id }, c: { name: input.name } })
  type Page = { totalCount: number; nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
  const query =
    'query ($after: String) { connectors(first: 2, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }'
  const names: string[] = []
  let total: number | undefined
  for (let after: string | null = null, more = true; more; ) {
    const { connectors }: { connectors: Page } = await api.get(query, { after })
    names.push(...connectors.nodes.map(({ name }) => name))
    total = connectors.totalCount
    more = connectors.pageInfo.hasNextPage
    after = connectors.pageInfo.endCursor
  }
  expect(names).toHaveLength(new Set(names).size)
  expect(names).toHaveLength(total ?? -1)
  expect(names).toContain(input.name)
})

test('kinds come with JSON Schemas that a form can be made from', async () => {
  const { data } = await api.ask('{ connectorKinds { kind label verified settingsSchema credentialsSchema } }')
  expect(data?.['connectorKinds']).toContainEqual(
    expect.objectContaining({
      kind: 'postgres',
      settingsSchema: expect.objectContaining({
        type: 'object',
        properties: expect.objectContaining({ host: expect.objectContaining({ title: expect.any(String) }) }),
      }),
      credentialsSchema: expect.objectContaining({
        properties: { password: expect.objectContaining({ format: 'password', writeOnly: true }) },
      }),
    }),
  )
})

test('an operator syncs but does not edit', async () => {
  const { token } = await issueToken({ prisma: api.prisma }, { name: 'operator', role: 'OPERATOR', createdBy: 'test' })
  const authorization = `Bearer ${token}`
  const { errors } = await api.ask(create, { input: connectorInput() }, { authorization })
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('ADMINISTRATOR'), extensions: { code: 'FORBIDDEN' } })
  const id = await createConnector(api)
  expect((await api.ask('mutation ($id: ID!) { triggerSync(connectorId: $id) { requestedBy } }', { id }, { authorization })).data).toEqual({
    triggerSync: { requestedBy: 'operator' },
  })
})
