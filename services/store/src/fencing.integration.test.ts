import { noReadings, withReading } from '@aiia/core/job-run/rate-series'
import { streamDefaults } from '@aiia/core/sync/configuration'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Claim } from './claim-run.ts'
import { fenceQuery, intentGivenUpQuery, intentQuery } from './fence.ts'
import { cancelRun, completeRun, failAttempt } from './finish-run.ts'
import { readRateSeries } from './rate-series.ts'
import { endLostRuns } from './reconcile.ts'
import { recordProgress } from './record-progress.ts'
import {
  atOnce,
  claim,
  everythingOf,
  failureOf,
  heldRun,
  info,
  inserted,
  letLeaseEnd,
  logOf,
  makeConnector,
  pendingRun,
  receiptOf,
  rejectedRow,
  runOf,
  step,
  trigger,
} from './testing/fixtures.ts'
import { renewLeases } from './testing/renew-leases.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server, { connections: 20 })
})
afterAll(async () => {
  await store.close()
  await server.stop()
})

/** A worker whose lease ended, and the one that has its run since then. */
const zombieAndHeir = async (): Promise<{ zombie: Claim; heir: Claim }> => {
  const zombie = await heldRun(store)
  await recordProgress(store, zombie, {
    counts: inserted(5),
    lines: [info('of the first attempt')],
    steps: [step(1, { status: 'RUNNING' })],
  })
  await letLeaseEnd(store, zombie.runId)
  await endLostRuns(store, { random: () => 0 })
  const heir = await claim(store, { id: zombie.runId, attempt: 2 }, 'worker-2')
  if (heir === null) throw new Error('the second attempt cannot be claimed')
  await recordProgress(store, heir, {
    counts: inserted(2),
    lines: [info('of the second attempt')],
    steps: [step(1, { status: 'RUNNING' })],
  })
  return { zombie, heir }
}

test('of 50 claims of one delivery at once one wins', async () => {
  const run = await pendingRun(store)
  const claims = await atOnce(50, (index) => claim(store, run, `worker-${index}`))
  const won = claims.filter((held) => held !== null)
  expect(won).toHaveLength(1)
  expect(await runOf(store, run.id)).toMatchObject({ status: 'RUNNING', fence: 1, leaseOwner: won[0]?.worker })
})

test('a claim takes the delivery out of the outbox', async () => {
  const held = await heldRun(store)
  expect((await everythingOf(store, held.runId)).outbox).toEqual([])
})

test('a run that an earlier release has frozen has what streams were not given then', async () => {
  const { id, attempt } = await pendingRun(store)
  await store.prisma.$executeRaw`
    UPDATE platform.job_runs SET configuration = configuration #- '{streams,0,duplicates}' #- '{streams,0,chunkRows}' #- '{streams,0,fields}' #- '{streams,0,schemaChanges}' WHERE id = ${id}`
  const held = await claim(store, { id, attempt })
  expect(held?.configuration.streams).toEqual([expect.objectContaining({ name: 'bseg', ...streamDefaults })])
})

test('a claim gets the configuration and the credentials as they were at the request', async () => {
  const run = await pendingRun(store)
  await store.prisma.connector.update({
    where: { id: run.connectorId },
    data: { settings: { host: 'elsewhere' }, credentialsSealed: Buffer.from('new') },
  })
  const held = await claim(store, run)
  expect(held?.configuration.settings).toEqual({ host: 'db.internal' })
  expect(Buffer.from(held?.credentialsSealed ?? []).toString()).toBe('sealed')
})

test('a cancelled run cannot be claimed', async () => {
  const run = await pendingRun(store)
  await cancelRun(store, { runId: run.id, by: 'a test' })
  expect(await claim(store, run)).toBeNull()
})

test('a past attempt cannot be claimed', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  expect(await claim(store, { id: held.runId, attempt: 1 })).toBeNull()
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'PENDING', attempt: 2 })
})

test.each([
  ['completed', (held: Claim) => completeRun(store, held, { counts: inserted(1) })],
  ['failed', (held: Claim) => failAttempt(store, held, { failure: failureOf('INVALID_CREDENTIALS'), random: 0 })],
])('a %s run cannot be claimed', async (_how, end) => {
  const held = await heldRun(store)
  await end(held)
  expect(await claim(store, { id: held.runId, attempt: 1 })).toBeNull()
})

test('the fence grows with each claim', async () => {
  const { zombie, heir } = await zombieAndHeir()
  expect([zombie.fence, heir.fence]).toEqual([1, 2])
  await failAttempt(store, heir, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  expect(await claim(store, { id: heir.runId, attempt: 3 })).toMatchObject({ fence: 3 })
})

test('the counts of an attempt begin at zero, and the time limit counts from the first', async () => {
  const first = await heldRun(store)
  await recordProgress(store, first, { counts: inserted(5), rowsPerSecond: 7 })
  await failAttempt(store, first, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const second = await claim(store, { id: first.runId, attempt: 2 })
  expect(second?.startedAt).toEqual(first.startedAt)
  expect(await runOf(store, first.runId)).toMatchObject({ read: 0n, inserted: 0n, rowsPerSecond: null, failure: null })
})

test('the readings of the rate go on behind those of the attempts before', async () => {
  const first = await heldRun(store)
  expect(first.rateSeries).toEqual(noReadings)
  const series = withReading(withReading(noReadings, 0, 0), 1_000, 5)
  await recordProgress(store, first, { counts: inserted(5), rateSeries: series })
  await failAttempt(store, first, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const second = await claim(store, { id: first.runId, attempt: 2 })
  expect(second?.rateSeries).toEqual(series)
  await recordProgress(store, second as Claim, { counts: inserted(2), rateSeries: withReading(series, 9_000, 2) })
  expect(await readRateSeries(store, [first.runId, 'another'])).toEqual(
    new Map([[first.runId, { everyMs: 250, elapsedMs: [0, 1_000, 9_000], read: [0, 5, 2] }]]),
  )
})

const late = {
  counts: inserted(9),
  rateSeries: withReading(noReadings, 9_000, 9),
  lines: [info('too late')],
  steps: [step(1, { status: 'COMPLETED', read: 9 })],
  rejected: [rejectedRow()],
}

test.each([
  ['report progress', (zombie: Claim) => recordProgress(store, zombie, { ...late, rowsPerSecond: 9 })],
  ['complete the run', (zombie: Claim) => completeRun(store, zombie, late)],
  ['start a new attempt', (zombie: Claim) => failAttempt(store, zombie, { ...late, failure: failureOf('CONNECTION_LOST'), random: 0 })],
  ['fail the run', (zombie: Claim) => failAttempt(store, zombie, { ...late, failure: failureOf('INTERNAL'), random: 0 })],
  [
    'hand the run over',
    (zombie: Claim) => failAttempt(store, zombie, { ...late, failure: failureOf('WORKER_LOST'), random: 0, handover: true }),
  ],
])('a worker that lost its run cannot %s', async (_what, write) => {
  const { zombie } = await zombieAndHeir()
  const before = await everythingOf(store, zombie.runId)
  expect(await write(zombie)).toBeNull()
  expect(await everythingOf(store, zombie.runId)).toEqual(before)
})

test('an old fence is refused within the same attempt, too', async () => {
  const held = await heldRun(store)
  const before = await everythingOf(store, held.runId)
  expect(await recordProgress(store, { ...held, fence: held.fence - 1 }, late)).toBeNull()
  expect(await everythingOf(store, held.runId)).toEqual(before)
})

test('a worker renews the leases that it holds and learns which it lost', async () => {
  const { zombie } = await zombieAndHeir()
  const held = await heldRun(store)
  const leaseOf = async ({ runId }: Claim) => (await runOf(store, runId)).leaseUntil
  const before = { lost: await leaseOf(zombie), held: await leaseOf(held) }
  expect(await renewLeases(store, { claims: [zombie, held], leaseMs: 3_600_000 })).toEqual(new Set([held.runId]))
  expect(await leaseOf(zombie)).toEqual(before.lost)
  expect((await leaseOf(held))?.getTime()).toBeGreaterThan((before.held?.getTime() ?? 0) + 3_000_000)
})

test('the lease of a cancelled run is not renewed', async () => {
  const held = await heldRun(store)
  await cancelRun(store, { runId: held.runId, by: 'a test' })
  expect(await renewLeases(store, { claims: [held], leaseMs: 60_000 })).toEqual(new Set())
})

test('the fence lets the holder of a run commit, and nobody else', async () => {
  const { zombie, heir } = await zombieAndHeir()
  const destination = await store.connect()
  expect((await destination.query(fenceQuery(zombie, receiptOf('bseg')))).rowCount).toBe(0)
  expect((await destination.query(fenceQuery(zombie, null))).rowCount).toBe(0)
  expect((await destination.query(fenceQuery(heir, null))).rowCount).toBe(1)
  // A chunk stays out of sight: nobody is told of a commit.
  expect(await store.prisma.streamCommit.count({ where: { runId: heir.runId } })).toBe(0)
  const receipt = receiptOf('bseg', { controlTotals: { rows: { source: '5', committed: '5' }, sums: [] } })
  expect((await destination.query(fenceQuery(heir, receipt))).rowCount).toBe(1)
  expect(await store.prisma.streamCommit.findMany({ where: { runId: heir.runId } })).toMatchObject([
    { stream: 'bseg', attempt: 2, receipt },
  ])
})

test('an intent to commit on another server is its holder’s, and ends with the note of the commit', async () => {
  const { zombie, heir } = await zombieAndHeir()
  const destination = await store.connect()
  const intents = () => store.prisma.commitIntent.findMany({ where: { runId: heir.runId }, orderBy: { stream: 'asc' } })
  expect((await destination.query(intentQuery(zombie, 'bseg'))).rowCount).toBe(0)
  for (const stream of ['bkpf', 'bseg', 'bseg', 'lfa1']) expect((await destination.query(intentQuery(heir, stream))).rowCount).toBe(1)
  await destination.query(fenceQuery(heir, receiptOf('bseg')))
  await destination.query(intentGivenUpQuery(zombie, 'lfa1'))
  expect(await intents()).toMatchObject([{ stream: 'bkpf' }, { stream: 'lfa1', attempt: 2 }])
  await destination.query(intentGivenUpQuery(heir, 'lfa1'))
  await recordProgress(store, heir, { begun: [{ stream: 'bkpf', behind: 0 }] })
  expect(await intents()).toEqual([])
})

test('a run that is cancelled while a commit may have happened says which stream it is of', async () => {
  const held = await heldRun(store)
  const destination = await store.connect()
  await destination.query(fenceQuery(held, receiptOf('bkpf')))
  await destination.query(intentQuery(held, 'bseg'))
  await cancelRun(store, { runId: held.runId, by: 'a test' })
  expect((await logOf(store, held.runId)).map(({ message }) => message)).toContainEqual(
    expect.stringContaining('Committed before: "bkpf". Whether "bseg" was committed is not known'),
  )
})

test('a commit that is noted again stays that of its attempt', async () => {
  const { heir } = await zombieAndHeir()
  const destination = await store.connect()
  await destination.query(fenceQuery(heir, receiptOf('bseg')))
  expect((await destination.query(fenceQuery(heir, receiptOf('bseg')))).rowCount).toBe(1)
  expect(await store.prisma.streamCommit.findMany({ where: { runId: heir.runId } })).toMatchObject([{ stream: 'bseg', attempt: 2 }])
})

test('the fence lets nobody commit once the run was cancelled', async () => {
  const held = await heldRun(store)
  await cancelRun(store, { runId: held.runId, by: 'a test' })
  expect((await (await store.connect()).query(fenceQuery(held, receiptOf('bseg')))).rowCount).toBe(0)
})

test('a cancel waits for the commit that is under way', async () => {
  const held = await heldRun(store)
  const destination = await store.connect()
  await destination.query('BEGIN')
  await destination.query(fenceQuery(held, receiptOf('bseg')))
  const cancelled = cancelRun(store, { runId: held.runId, by: 'a test' })
  await expect.poll(() => store.waiting()).toBe(1)
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'RUNNING' })
  await destination.query('COMMIT')
  await cancelled
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'CANCELLED' })
})

test('a run that another connector has is not touched by a claim', async () => {
  const other = await pendingRun(store)
  const before = await everythingOf(store, other.id)
  await claim(store, (await trigger(store, await makeConnector(store))).run)
  expect(await everythingOf(store, other.id)).toEqual(before)
})
