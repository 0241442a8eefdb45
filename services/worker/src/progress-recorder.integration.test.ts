import { noRecords } from '@aiia/core/job-run/counts'
import { createLogger } from '@aiia/kit/logger'
import { createMessaging, type Messaging } from '@aiia/messaging/messaging'
import type { Claim } from '@aiia/store/claim-run'
import { cancelRun, failAttempt } from '@aiia/store/finish-run'
import { claim, failureOf, heldRun, rejectedRow } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProgressRecorder } from './progress-recorder.ts'

const log = createLogger('test', 'silent')

let server: TestPostgres
let store: TestStore
let messaging: Messaging
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  messaging = await createMessaging({ redisUrl: undefined, databaseUrl: await server.createDatabase(), log })
})
afterAll(async () => {
  await messaging?.close()
  await store?.close()
  await server?.stop()
})

const recorderOf = (held: Claim, lost = () => {}) =>
  createProgressRecorder({ prisma: store.prisma, feed: messaging.feed, log, claim: held, lost, mostLines: 100 })
const positionsOf = async (held: Claim) =>
  (await store.prisma.rejectedRow.findMany({ where: { runId: held.runId }, orderBy: { ordinal: 'asc' } })).map(({ position }) =>
    Number(position),
  )

test('rejected rows are kept when it says so, and not before', async () => {
  const held = await heldRun(store)
  const recorder = recorderOf(held)
  const blocker = await store.connect()
  await blocker.query('BEGIN; LOCK TABLE platform.rejected_rows')
  let isKept = false
  recorder.rejected([rejectedRow({ position: 1 })])
  // Goes with a later write than the first.
  recorder.rejected([rejectedRow({ position: 2 })])
  const kept = recorder.kept().then(() => {
    isKept = true
  })
  await expect
    .poll(
      async () =>
        (await blocker.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'platform.rejected_rows'::regclass`)).rowCount,
    )
    .toBeGreaterThan(0)
  expect(isKept).toBe(false)
  await blocker.query('ROLLBACK')
  await kept
  expect(await positionsOf(held)).toEqual([1, 2])
  await recorder.rest()
})

test('with nothing to keep, it is kept at once', async () => {
  const recorder = recorderOf(await heldRun(store))
  await recorder.kept()
  await recorder.rest()
})

test('an attempt that lost its run waits for nothing', async () => {
  const held = await heldRun(store)
  await cancelRun(store, { runId: held.runId, by: 'a test' })
  const recorder = recorderOf(held)
  recorder.rejected([rejectedRow()])
  await recorder.kept()
  expect(await positionsOf(held)).toEqual([])
})

test('a stream that begins again in a new attempt loses what was rejected behind that, and keeps what is rejected from then on', async () => {
  const first = await heldRun(store)
  const recorder = recorderOf(first)
  recorder.rejected([rejectedRow({ position: 1 }), rejectedRow({ position: 7 })])
  await recorder.kept()
  await recorder.rest()
  // Its destination is on another server, and may have committed it.
  await store.prisma.commitIntent.create({ data: { runId: first.runId, stream: 'bseg', attempt: 1 } })
  await failAttempt(store, first, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const second = (await claim(store, { id: first.runId, attempt: 2 })) as Claim
  const again = recorderOf(second)
  again.begins({ stream: 'bseg', behind: 5 })
  again.rejected([rejectedRow({ position: 6 })])
  await again.kept()
  expect(await positionsOf(second)).toEqual([1, 6])
  await again.rest()
})

test('the rate of a source that falls silent is nothing', async () => {
  const held = await heldRun(store)
  const recorder = recorderOf(held)
  const rateOf = async () => (await store.prisma.jobRun.findUniqueOrThrow({ where: { id: held.runId } })).rowsPerSecond
  recorder.counts({ ...noRecords, read: 1 })
  recorder.counts({ ...noRecords, read: 1_000 })
  await expect.poll(rateOf).toBeGreaterThan(0)
  await expect.poll(rateOf, { timeout: 10_000 }).toBe(0)
  await recorder.rest()
})
