import { connectorDrivers } from '@aiia/connectors/drivers'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { FieldMapping, Transform } from '@aiia/core/sync/mapping'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { Source } from '@aiia/core/sync/source'
import { syncRun } from '@aiia/engine/sync-run'
import type { Claim } from '@aiia/store/claim-run'
import { updateConnector } from '@aiia/store/connectors'
import { completeRun } from '@aiia/store/finish-run'
import { replayRejectedRows } from '@aiia/store/replay-run'
import { claim, makeConnector, streamOf, trigger } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCommitGuard } from './platform-fence.ts'
import { replaySource } from './replay-source.ts'

let server: TestPostgres
let store: TestStore
let source: URL
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  source = new URL(await server.createDatabase())
  await query(
    source.href,
    `CREATE TABLE items (id int PRIMARY KEY, amount text); INSERT INTO items VALUES (1, '1.50'), (2, 'none'), (3, '2.50')`,
  )
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const query = async (url: string, sql: string): Promise<object[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<object>(sql)).rows
  } finally {
    await client.end()
  }
}

const signal = new AbortController().signal

const openSource = ({ settings }: Claim['configuration']): Promise<Source> => {
  const driver = connectorDrivers.get('postgres')
  if (driver === undefined) throw new Error('There is no driver for Postgres.')
  const credentials = { password: decodeURIComponent(source.password) }
  return driver.open({ settings, credentials, connectTimeoutMs: 10_000, targets: { refusal: () => null }, signal, log: () => {} })
}

/** Does what the thread of a run does, and what its worker does with that. */
const execute = async (held: Claim) => {
  const { runId, number, attempt, configuration } = held
  const rejected: RejectedRow[] = []
  const counts = await syncRun(
    { runId, number, attempt, configuration },
    {
      source: async () => {
        const real = await openSource(configuration)
        return configuration.replay ? replaySource(real, { replay: configuration.replay, databaseUrl: store.url, signal }) : real
      },
      destination: { url: store.url, schema: 'destination' },
      hashSalt: Buffer.alloc(32),
      guard: createCommitGuard(held, { databaseUrl: store.url, destinationUrl: store.url }),
      report: {
        log: () => {},
        counts: () => {},
        step: () => {},
        rejected: (rows) => void rejected.push(...rows),
        begins: () => {},
        kept: async () => {},
      },
      signal,
    },
  )
  await completeRun(store, held, { counts, rejected })
  return counts
}

const field = (name: string, change: Partial<FieldMapping>): FieldMapping => ({
  source: name,
  destination: name,
  type: null,
  nullable: null,
  default: null,
  transforms: [],
  ...change,
})
const items = (transforms: Transform[]): StreamConfiguration =>
  streamOf({
    name: 'items',
    source: { table: 'public.items' },
    destinationTable: 'items',
    rejectLimit: 1,
    fields: [field('id', {}), field('amount', { type: 'numeric(15,2)', transforms })],
  })

test('a row that a mapping rejected is committed by a replay once the mapping is corrected, and nothing else is read', async () => {
  const settings = {
    host: source.hostname,
    port: Number(source.port),
    database: source.pathname.slice(1),
    user: source.username,
    tls: 'disable',
  }
  const id = await makeConnector(store, { settings, streams: [items([])] })
  const { run } = await trigger(store, id)
  expect(await execute((await claim(store, run)) as Claim)).toMatchObject({ read: 3, inserted: 2, rejected: 1 })
  const [kept] = await store.prisma.rejectedRow.findMany({ where: { runId: run.id } })
  expect(kept).toMatchObject({ stream: 'items', column: 'amount', rawValue: 'none', row: { id: '2', amount: 'none' } })

  await updateConnector(store, { id, streams: [items([{ kind: 'NULL_VALUES', values: ['none'] }])] })
  await query(source.href, `UPDATE items SET amount = '99'`)
  const replay = await replayRejectedRows(store, { runId: run.id, requestedBy: 'Ada' })
  expect(await execute((await claim(store, replay)) as Claim)).toMatchObject({ read: 1, inserted: 1, rejected: 0, deleted: 0 })
  expect(await query(store.url, 'SELECT id, amount FROM destination.items ORDER BY id')).toEqual([
    { id: 1, amount: '1.50' },
    { id: 2, amount: null },
    { id: 3, amount: '2.50' },
  ])
  const commits = await store.prisma.streamCommit.findMany({ orderBy: { committedAt: 'asc' } })
  expect(commits.map(({ receipt }) => receipt)).toMatchObject([
    { stream: 'items', mode: 'FULL_REFRESH', counts: { read: 3, inserted: 2, rejected: 1 } },
    { stream: 'items', counts: { read: 1, inserted: 1 } },
  ])
})
