import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { failAttempt } from './finish-run.ts'
import { deliverySent, dueDeliveries, nextDeliveryInMs } from './outbox.ts'
import { endLostRuns, requeueForgotten } from './reconcile.ts'
import { recordProgress } from './record-progress.ts'
import {
  atOnce,
  claim,
  everythingOf,
  failureOf,
  heldRun,
  letLeaseEnd,
  letWait,
  logOf,
  pendingRun,
  runOf,
  step,
} from './testing/fixtures.ts'
import { renewLeases } from './testing/renew-leases.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

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

const sweep = () => endLostRuns(store, { random: () => 0 })

test('a run whose worker stopped answering starts a new attempt while one is left', async () => {
  const held = await heldRun(store)
  await recordProgress(store, held, { steps: [step(1, { status: 'RUNNING', startedAt: new Date() })] })
  await letLeaseEnd(store, held.runId)
  const [notice] = await sweep()
  const { run, outbox } = await everythingOf(store, held.runId)
  expect(run).toMatchObject({ status: 'PENDING', attempt: 2, leaseOwner: null, steps: [{ status: 'FAILED' }] })
  expect(outbox).toMatchObject([{ attempt: 2 }])
  expect(notice).toEqual({ id: run.id, connectorId: run.connectorId, revision: run.revision, lastLogSeq: run.lastLogSeq })
})

test('a run whose worker stopped answering in the last attempt ends WORKER_LOST', async () => {
  const held = await heldRun(store, { maxAttempts: 1 })
  await letLeaseEnd(store, held.runId)
  await sweep()
  const { run, outbox } = await everythingOf(store, held.runId)
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'WORKER_LOST', trace: null } })
  expect(outbox).toEqual([])
  expect((await logOf(store, held.runId)).map(({ level, message }) => [level, message])).toEqual([
    ['INFO', 'No records of this run were committed.'],
    ['ERROR', 'The worker worker-1 stopped answering during attempt 1.'],
    ['FATAL', 'Job aborted with state FAILED.'],
  ])
})

test.each([
  ['starts one new attempt', 3, { status: 'PENDING', attempt: 2, lastLogSeq: 2 }],
  ['ends once', 1, { status: 'FAILED', attempt: 1, lastLogSeq: 3 }],
])('a lost run that four daemons find at once %s', async (_what, maxAttempts, state) => {
  const held = await heldRun(store, { maxAttempts })
  await letLeaseEnd(store, held.runId)
  const notices = (await atOnce(4, sweep)).flat()
  expect(notices.map(({ id }) => id)).toEqual([held.runId])
  expect(await runOf(store, held.runId)).toMatchObject(state)
})

test('a worker that renews its lease before anybody looked keeps its run', async () => {
  const held = await heldRun(store)
  await letLeaseEnd(store, held.runId)
  await renewLeases(store, { claims: [held], leaseMs: 60_000 })
  expect(await sweep()).toEqual([])
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'RUNNING', attempt: 1, fence: held.fence })
})

test('a worker that renews its lease while the sweep is at it keeps its run', async () => {
  const held = await heldRun(store)
  await letLeaseEnd(store, held.runId)
  const worker = await store.connect()
  await worker.query('BEGIN')
  await worker.query(`UPDATE platform.job_runs SET lease_until = now() + interval '1 minute' WHERE id = $1`, [held.runId])
  const sweep = endLostRuns(store, { random: () => 0 })
  await expect.poll(() => store.waiting()).toBe(1)
  await worker.query('COMMIT')
  expect(await sweep).toEqual([])
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'RUNNING', attempt: 1 })
})

test('a sweep ends the runs of the lost worker only', async () => {
  const [lost, alive] = [await heldRun(store), await heldRun(store)]
  await letLeaseEnd(store, lost.runId)
  const before = await everythingOf(store, alive.runId)
  expect(await sweep()).toHaveLength(1)
  expect(await everythingOf(store, alive.runId)).toEqual(before)
})

const patience = { olderThanMs: 15_000 }

/** A run whose delivery the queue was given, and lost, a minute ago. */
const forgottenRun = async () => {
  const run = await pendingRun(store)
  await deliverySent(store, { runId: run.id, attempt: run.attempt })
  await letWait(store, run.id, 60)
  return run
}

test('a delivery that the queue lost comes back once', async () => {
  const run = await forgottenRun()
  expect(await requeueForgotten(store, patience)).toBe(1)
  expect(await requeueForgotten(store, patience)).toBe(0)
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId: run.id, attempt: 1 }])
})

test('a lost delivery that four daemons find at once comes back once', async () => {
  await forgottenRun()
  const requeued = await atOnce(4, () => requeueForgotten(store, patience))
  expect(requeued.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1])
})

test('a run that has hardly waited, is claimed or waits for its next attempt is not forgotten', async () => {
  const fresh = await pendingRun(store)
  await deliverySent(store, { runId: fresh.id, attempt: 1 })
  const running = await heldRun(store)
  await letWait(store, running.runId, 60)
  const retrying = await heldRun(store)
  await failAttempt(store, retrying, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  await deliverySent(store, { runId: retrying.runId, attempt: 2 })
  expect(await requeueForgotten(store, patience)).toBe(0)
})

test('a run that nobody took comes back with its current attempt', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  await deliverySent(store, { runId: held.runId, attempt: 2 })
  await letWait(store, held.runId, 60)
  await requeueForgotten(store, patience)
  const [delivery] = await dueDeliveries(store, { limit: 10 })
  expect(delivery).toEqual({ runId: held.runId, attempt: 2 })
  expect(await claim(store, { id: held.runId, attempt: 2 })).toMatchObject({ attempt: 2 })
})

test('a delivery is due no earlier than its time', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('RATE_LIMITED'), random: 0, retryAfterMs: 600_000 })
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([])
  const waitMs = (await nextDeliveryInMs(store)) ?? 0
  expect(waitMs).toBeGreaterThan(500_000)
  expect(waitMs).toBeLessThanOrEqual(600_000)
  await store.prisma.$executeRaw`UPDATE platform.outbox SET available_at = now() - interval '1 second'`
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId: held.runId, attempt: 2 }])
  expect(await nextDeliveryInMs(store)).toBe(0)
})

test('the delivery that is due longest comes first', async () => {
  const [one, other] = [await pendingRun(store), await pendingRun(store)]
  await store.prisma.$executeRaw`UPDATE platform.outbox SET available_at = now() - interval '1 hour' WHERE run_id = ${other.id}`
  expect((await dueDeliveries(store, { limit: 10 })).map(({ runId }) => runId)).toEqual([other.id, one.id])
  expect(await dueDeliveries(store, { limit: 1 })).toEqual([{ runId: other.id, attempt: 1 }])
})

test('a delivery that was sent late does not take the one of the next attempt along', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('WORKER_LOST'), random: 0, handover: true })
  await deliverySent(store, { runId: held.runId, attempt: 1 })
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId: held.runId, attempt: 2 }])
})
