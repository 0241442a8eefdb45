import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimRun, nextOfSourceHost } from './claim-run.ts'
import { cancelRun } from './finish-run.ts'
import { atOnce, letWait, pendingRun } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server, { connections: 20 })
})
beforeEach(() => store.clear())
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const host = 'sap.internal:5432'
const take = ({ id, attempt }: { id: string; attempt: number }, runsPerSourceHost: number | null) =>
  claimRun(store, { runId: id, attempt, worker: 'worker-1', leaseMs: 60_000, runsPerSourceHost })

test('of 16 claims at once no more are granted than may read from one server', async () => {
  const runs = await atOnce(16, () => pendingRun(store, { sourceHost: host }))
  const claims = await Promise.all(runs.map((run) => take(run, 3)))
  expect(claims.filter((claim) => claim !== null)).toHaveLength(3)
})

test('other servers, and what has none, are not counted', async () => {
  await take(await pendingRun(store, { sourceHost: host }), 1)
  expect(await take(await pendingRun(store, { sourceHost: host }), 1)).toBeNull()
  expect(await take(await pendingRun(store, { sourceHost: 'other:5432' }), 1)).not.toBeNull()
  expect(await take(await pendingRun(store), 1)).not.toBeNull()
  expect(await take(await pendingRun(store), 1)).not.toBeNull()
  expect(await take(await pendingRun(store, { sourceHost: host }), null)).not.toBeNull()
})

const next = async (runsPerSourceHost: number, sourceHost = host) =>
  (await nextOfSourceHost(store, { sourceHost, runsPerSourceHost })).map(({ runId }) => runId)

test('when a run has ended, those that waited longest are next, as many as there is room for', async () => {
  const first = await pendingRun(store, { sourceHost: host })
  await take(first, 1)
  const [later, sooner] = [await pendingRun(store, { sourceHost: host }), await pendingRun(store, { sourceHost: host })]
  await letWait(store, sooner.id, 60)
  expect(await next(1)).toEqual([])
  await cancelRun(store, { runId: first.id, by: 'Ada' })
  expect(await next(1)).toEqual([sooner.id])
  expect(await next(3)).toEqual([sooner.id, later.id])
  expect(await take(sooner, 1)).not.toBeNull()
  expect(await next(2)).toEqual([later.id])
  expect(await next(2, 'other:5432')).toEqual([])
})
