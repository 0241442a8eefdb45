import { createSecretBox } from '@aiia/kit/secret-box'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectorInput, createConnector } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'
import { parseId } from './ids.ts'

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

const same = `kind settings hasCredentials
  limits { connectTimeoutSeconds maxDurationSeconds maxAttempts memoryMb }
  retention { runs runsDays logsDays rejectedRowsDays }
  schedule { cron timeZone missedRuns overlap jitterSeconds }
  streams { name source mode primaryKey cursorField cursorOverlap rejectLimit duplicates chunking { rows } controlTotals
    schemaChanges { added removed retyped } fields { source destination type nullable default transform } }`
const own = 'id name enabled streams { destinationTable }'

type Own = { id: string; name: string; enabled: boolean; streams: { destinationTable: string }[] }

const duplicate = async (id: string, name?: string): Promise<Own> =>
  (
    await api.get<{ duplicateConnector: Own }>(
      `mutation ($id: ID!, $name: String) { duplicateConnector(id: $id, name: $name) { ${own} } }`,
      { id, name },
    )
  ).duplicateConnector

const read = async (id: string): Promise<unknown> =>
  (await api.get<{ connector: unknown }>(`query ($id: ID!) { connector(id: $id) { ${same} } }`, { id })).connector

test('a duplicate has all that the other has, but waits, and fills tables of its own', async () => {
  const id = await createConnector(api, {
    name: 'Sales',
    limits: { connectTimeoutSeconds: 7, maxDurationSeconds: 600, maxAttempts: 2, memoryMb: 128 },
    retention: { runs: 10, runsDays: 20, logsDays: 5, rejectedRowsDays: 3 },
    schedule: { cron: '0 2 * * *', timeZone: 'Europe/Berlin', missedRuns: 'SKIP', overlap: 'QUEUE', jitterSeconds: 60 },
    streams: [
      {
        name: 'orders',
        source: { table: 'public.orders' },
        mode: 'INCREMENTAL',
        primaryKey: ['id'],
        cursorField: 'changed_at',
        cursorOverlap: 60,
        rejectLimit: 5,
        controlTotals: ['amount'],
        schemaChanges: { added: 'IGNORE' },
        fields: [
          { source: 'id' },
          { source: 'changed_at' },
          { source: 'amount', destination: 'total', type: 'numeric(15,2)', transform: { kind: 'TRIM' } },
        ],
      },
      { name: 'items', source: { table: 'public.items' }, destinationTable: 'i'.repeat(63) },
    ],
  })
  const copy = await duplicate(id)
  expect(copy).toMatchObject({ name: 'Sales (copy)', enabled: false })
  expect(copy.streams).toEqual([{ destinationTable: 'orders_copy' }, { destinationTable: `${'i'.repeat(58)}_copy` }])
  expect(await read(copy.id)).toEqual(await read(id))
  const again = await duplicate(copy.id)
  expect([again.name, again.streams[0]?.destinationTable]).toEqual(['Sales (copy 2)', 'orders_copy_copy'])
  expect((await duplicate(id)).streams[0]?.destinationTable).toBe('orders_copy_2')
})

test('its credentials are the same, and bound to it', async () => {
  const id = await createConnector(api)
  const { id: copy } = await duplicate(id)
  const [before, after] = [parseId('Connector', id), parseId('Connector', copy)]
  const { credentialsSealed } = await api.prisma.connector.findUniqueOrThrow({ where: { id: after } })
  const box = createSecretBox(api.settings.SECRET_KEY)
  expect(box.open(credentialsSealed ?? Buffer.alloc(0), `connector:${after}`)).toEqual({ password: 'secret of a test' })
  expect(() => box.open(credentialsSealed ?? Buffer.alloc(0), `connector:${before}`)).toThrow('belong to something else')
})

test('credentials that cannot be opened are said to be so, and nothing is made', async () => {
  const id = await createConnector(api)
  const foreign = Uint8Array.from(createSecretBox(Buffer.alloc(32, 1)).seal({}, `connector:${parseId('Connector', id)}`))
  await api.prisma.connector.update({ where: { id: parseId('Connector', id) }, data: { credentialsSealed: foreign } })
  const before = await api.prisma.connector.count()
  const { errors } = await api.ask('mutation ($id: ID!) { duplicateConnector(id: $id) { id } }', { id })
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('another SECRET_KEY'), extensions: { code: 'CONFLICT' } })
  expect(await api.prisma.connector.count()).toBe(before)
})

test('a name can be given; one that is taken or too long is refused, as is a connector that is gone', async () => {
  const { name } = connectorInput()
  const id = await createConnector(api, { name })
  expect((await duplicate(id, ' Its own name ')).name).toBe('Its own name')
  const refused = async (variables: object) => {
    const query = 'mutation ($id: ID!, $name: String) { duplicateConnector(id: $id, name: $name) { id } }'
    return (await api.ask(query, { ...variables })).errors?.[0]?.extensions
  }
  expect(await refused({ id, name: name.toUpperCase() })).toMatchObject({ fields: { name: expect.any(String) } })
  expect(await refused({ id, name: 'x'.repeat(101) })).toMatchObject({ fields: { name: expect.any(String) } })
  await api.get('mutation ($id: ID!) { deleteConnector(id: $id) }', { id })
  expect(await refused({ id })).toMatchObject({ code: 'NOT_FOUND' })
})

test('a name as long as names become has a copy too', async () => {
  const id = await createConnector(api, { name: 'n'.repeat(100) })
  expect((await duplicate(id)).name).toBe(`${'n'.repeat(88)} (copy)`)
  expect((await duplicate(id)).name).toBe(`${'n'.repeat(88)} (copy 2)`)
})
