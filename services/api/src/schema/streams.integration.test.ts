import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectorInput, createConnector } from '../testing/fixtures.ts'
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

const fields = `mode primaryKey cursorField cursorOverlap fields { source destination type nullable default transform }
  schemaChanges { added removed retyped } controlTotals`
const create = 'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }'
const streamsOf = async (id: string) =>
  (await api.get<{ connector: { streams: object[] } }>(`query ($id: ID!) { connector(id: $id) { streams { ${fields} } } }`, { id }))
    .connector.streams

test('a stream without a mapping says so, and what then holds', async () => {
  expect(await streamsOf(await createConnector(api))).toEqual([
    {
      mode: 'FULL_REFRESH',
      primaryKey: null,
      cursorField: null,
      cursorOverlap: null,
      fields: null,
      schemaChanges: { added: 'ADD', removed: 'STOP', retyped: 'STOP' },
      controlTotals: null,
    },
  ])
})

test('a mapped stream is given back as it was given', async () => {
  const [plain] = connectorInput().streams
  const mapped = {
    ...plain,
    mode: 'INCREMENTAL',
    primaryKey: ['id'],
    cursorField: 'AEDAT',
    cursorOverlap: 0,
    fields: [
      { source: 'BELNR', destination: 'id', type: 'int8', nullable: false, default: '0', transform: { kind: 'TRIM' } },
      { source: 'AEDAT', transform: [{ kind: 'DATE_FORMAT', format: 'YYYYMMDD' }] },
      { destination: 'client', transform: { kind: 'CONSTANT', value: '100' } },
    ],
    schemaChanges: { added: 'STOP', removed: 'IGNORE' },
  }
  const id = await createConnector(api, { streams: [mapped] })
  const nothing = { type: null, nullable: null, default: null }
  expect(await streamsOf(id)).toEqual([
    {
      mode: 'INCREMENTAL',
      primaryKey: ['id'],
      cursorField: 'AEDAT',
      cursorOverlap: 0,
      fields: [
        { source: 'BELNR', destination: 'id', type: 'bigint', nullable: false, default: '0', transform: [{ kind: 'TRIM' }] },
        { ...nothing, source: 'AEDAT', destination: 'AEDAT', transform: [{ kind: 'DATE_FORMAT', format: 'YYYYMMDD' }] },
        { ...nothing, source: null, destination: 'client', transform: [{ kind: 'CONSTANT', value: '100' }] },
      ],
      schemaChanges: { added: 'STOP', removed: 'IGNORE', retyped: 'STOP' },
      controlTotals: null,
    },
  ])
  await api.prisma.stream.updateMany({ where: { destinationTable: plain?.name ?? '' }, data: { controlTotals: ['DMBTR'] } })
  expect(await streamsOf(id)).toMatchObject([{ controlTotals: ['DMBTR'] }])
})

test('what is wrong in a mapping is named by its place, and nothing is stored', async () => {
  const before = await api.prisma.connector.count()
  const streams = [
    {
      name: 'wrong',
      source: { table: 'a' },
      mode: 'INCREMENTAL',
      fields: [
        { source: 'a', type: 'money' },
        { source: 'b', destination: 'a', transform: { kind: 'SHOUT' } },
      ],
    },
    { name: 'without a cursor', source: { table: 'a' }, mode: 'INCREMENTAL' },
  ]
  const { errors } = await api.ask(create, { input: connectorInput({ streams }) })
  expect(errors?.[0]?.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    fields: {
      'streams.0.fields.0.type': expect.stringContaining('numeric(15,2)'),
      'streams.0.fields.1.transform.0.kind': expect.stringContaining('TRIM'),
      'streams.1.cursorField': expect.stringContaining('time of change'),
    },
  })
  expect(await api.prisma.connector.count()).toBe(before)
})

test('each kind tells what its streams can do', async () => {
  const { connectorKinds } = await api.get<{ connectorKinds: { kind: string }[] }>(
    '{ connectorKinds { kind verified streamSourceSchema capabilities { sql incremental chunks parallel controlTotals } } }',
  )
  expect(connectorKinds).toContainEqual({
    kind: 'postgres',
    verified: true,
    streamSourceSchema: expect.objectContaining({ anyOf: expect.any(Array) }),
    capabilities: { sql: true, incremental: 'CURSOR', chunks: true, parallel: true, controlTotals: expect.any(Boolean) },
  })
})
