import { logTime } from '@aiia/core/job-run/log-line'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { failAttempt } from './finish-run.ts'
import { pendingReasons } from './pending-reason.ts'
import { failureOf, heldRun, letWait, pendingRun, runOf } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'
import { heartbeat, removeWorker } from './workers.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
beforeEach(() => store.clear())
afterAll(async () => {
  await store.close()
  await server.stop()
})

/** A run that has waited so many seconds. */
const waitingRun = async (seconds: number, sourceHost: string | null = null) => {
  const { id } = await pendingRun(store, { sourceHost })
  await letWait(store, id, seconds)
  return runOf(store, id)
}

const beat = (id: string, { slots, busy, runsPerSourceHost = null }: { slots: number; busy: number; runsPerSourceHost?: number | null }) =>
  heartbeat(store, { id, host: 'host', pid: 1, version: '1', slots, busy, runsPerSourceHost })

const reasonOf = async (run: Awaited<ReturnType<typeof runOf>>) => (await pendingReasons(store, [run])).get(run.id)

const noWorker = 'No worker is online. Start one; the run then begins by itself.'

test('a run that has hardly waited needs no reason', async () => {
  expect(await reasonOf(await waitingRun(0))).toBeNull()
})

test('a run waits because no worker is online', async () => {
  expect(await reasonOf(await waitingRun(30))).toBe(noWorker)
})

test('a worker that has not been heard of for 16 seconds is not online', async () => {
  await beat('worker-1', { slots: 2, busy: 0 })
  await store.prisma.$executeRaw`UPDATE platform.workers SET seen_at = now() - interval '16 seconds'`
  expect(await reasonOf(await waitingRun(30))).toBe(noWorker)
})

test('a worker that has signed off is not online', async () => {
  await beat('worker-1', { slots: 2, busy: 0 })
  await removeWorker(store, 'worker-1')
  expect(await reasonOf(await waitingRun(30))).toBe(noWorker)
})

test('runs wait because the slots of all workers are busy, in the order of their waiting', async () => {
  await beat('worker-1', { slots: 2, busy: 2 })
  await beat('worker-2', { slots: 1, busy: 1 })
  const [second, first, third] = [await waitingRun(40), await waitingRun(60), await waitingRun(20)]
  const reasons = await pendingReasons(store, [second, first, third])
  expect([first, second, third].map(({ id }) => reasons.get(id))).toEqual([
    'All 3 worker slots are busy; position 1 in the queue.',
    'All 3 worker slots are busy; position 2 in the queue.',
    'All 3 worker slots are busy; position 3 in the queue.',
  ])
})

test('a run that a worker holds is not ahead of one that waits', async () => {
  await beat('worker-1', { slots: 1, busy: 1 })
  const running = await heldRun(store)
  await letWait(store, running.runId, 600)
  expect(await reasonOf(await waitingRun(30))).toBe('All 1 worker slots are busy; position 1 in the queue.')
})

test('a run waits for a worker that has a free slot', async () => {
  await beat('worker-1', { slots: 2, busy: 2 })
  await beat('worker-2', { slots: 2, busy: 1 })
  expect(await reasonOf(await waitingRun(30))).toBe('Waiting for a worker to take it.')
})

test('a run waits because as many as may read from its server', async () => {
  await beat('worker-1', { slots: 9, busy: 2, runsPerSourceHost: 2 })
  for (const sourceHost of ['sap:5432', 'sap:5432', 'other:5432']) await heldRun(store, { sourceHost })
  const [second, first] = [await waitingRun(30, 'sap:5432'), await waitingRun(40, 'sap:5432')]
  const elsewhere = await waitingRun(50, 'other:5432')
  const reasons = await pendingReasons(store, [second, first, elsewhere])
  expect([first, second, elsewhere].map(({ id }) => reasons.get(id))).toEqual([
    '2 runs read from sap:5432, as many as may at once; position 1 among those that wait for it.',
    '2 runs read from sap:5432, as many as may at once; position 2 among those that wait for it.',
    'Waiting for a worker to take it.',
  ])
})

test('the last heartbeat of a worker counts', async () => {
  await beat('worker-1', { slots: 2, busy: 2 })
  await beat('worker-1', { slots: 2, busy: 0 })
  expect(await reasonOf(await waitingRun(30))).toBe('Waiting for a worker to take it.')
})

test('a run that waits for its next attempt says when that comes', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0, retryAfterMs: 600_000 })
  const run = await runOf(store, held.runId)
  expect(await reasonOf(run)).toBe(`Waiting to start attempt 2 at ${logTime(run.availableAt)} UTC.`)
})

test('a run that does not wait has no reason', async () => {
  const { runId } = await heldRun(store)
  expect(await pendingReasons(store, [await runOf(store, runId)])).toEqual(new Map())
})
