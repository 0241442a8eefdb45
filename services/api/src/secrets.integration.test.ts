import { connectorKinds } from '@aiia/connectors/kinds'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectionOfKind } from './testing/connection-of-kind.ts'
import { connectorInput } from './testing/fixtures.ts'
import { startTestApi, type TestApi } from './testing/test-api.ts'

const canary = 'CANARY-7f3a9c51'

let postgres: TestPostgres
let api: TestApi
const responses: string[] = []

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const answer = await api.ask(query, variables)
  responses.push(JSON.stringify(answer))
  return answer
}

beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const create = 'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }'
const everything = `{
  connectors { nodes { id name address settings hasCredentials streams { source } lastRun { id failure { message trace } } } }
  jobRuns { nodes { id requestedBy failure { message trace } logs { lines { text } } connector { settings } } }
  connectorKinds { settingsSchema credentialsSchema }
}`

test('a connector’s secret is in no response, no log, no event, no queue and no column in clear', async () => {
  const events: unknown[] = []
  await api.messaging.feed.subscribe('job-run', (event) => events.push(event))
  expect(connectorKinds.length).toBeGreaterThan(0)
  for (const kind of connectorKinds) {
    const { source, credentials: secret, settings } = connectionOfKind(kind, canary)
    const input = connectorInput({ kind: kind.kind, settings, credentials: secret, streams: [{ name: `stream of ${kind.kind}`, source }] })
    const { createConnector } = (await ask(create, { input })).data as { createConnector: { id: string } }
    const { id } = createConnector
    await ask('mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id hasCredentials } }', {
      id,
      input: { credentials: secret },
    })
    await ask('mutation ($id: ID, $input: ConnectionInput) { testConnection(id: $id, input: $input) { ok failure { message trace } } }', {
      id,
      input: { credentials: secret },
    })
    await ask('mutation ($id: ID!, $stream: StreamInput!) { previewStream(connectorId: $id, stream: $stream) { before } }', {
      id,
      stream: input.streams[0],
    })
    const copied = await ask('mutation ($id: ID!) { duplicateConnector(id: $id) { id name address settings hasCredentials } }', { id })
    expect(copied).not.toHaveProperty('errors')
    await ask('mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }', { id })
    // Refused, each in another way.
    await ask(create, { input })
    await ask(create, { input: { ...input, credentials: { pasword: canary } } })
    await ask(create, { input: { ...input, credentials: { password: [canary] } } })
    await ask(create, { input: { ...input, credentials: canary } })
    await ask(create, { input: { ...input, nmae: 'x' } })
    await ask(create, { input: { ...input, streams: [{ name: 'x', source: {}, nonsense: canary }] } })
    await ask('mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }', {
      id,
      input: { credentials: secret, name: 5 },
    })
  }
  await ask(everything)
  const malformed = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.token}` },
    body: `{"query": "${canary}`,
  })
  responses.push(await malformed.text())
  expect(responses.join('\n')).not.toContain(canary)
  expect(api.logged()).not.toContain(canary)
  expect(JSON.stringify(events)).not.toContain(canary)
  expect(await dump(api)).not.toContain(canary)
})

/** Every row of every table: the platform's and the queue's. */
const dump = async ({ prisma }: TestApi): Promise<string> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('platform', 'bullmq')`
  const dumps: string[] = []
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT row_to_json(t)::text AS row FROM ${name} t`)
    dumps.push(...rows.map(({ row }) => row))
  }
  expect(dumps.length).toBeGreaterThan(5)
  return dumps.join('\n')
}
