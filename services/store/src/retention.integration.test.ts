import { noReadings, withReading } from '@aiia/core/job-run/rate-series'
import { noOwnRetention, type OwnRetention } from '@aiia/core/job-run/retention'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Claim } from './claim-run.ts'
import { deleteConnector } from './connectors.ts'
import { cancelRun, completeRun } from './finish-run.ts'
import { readLog } from './logs.ts'
import { readRateSeries } from './rate-series.ts'
import { recordProgress } from './record-progress.ts'
import { isEmpty, type RemovedBatch, removeExpired } from './retention.ts'
import { changeRetentionDefault, readRetentionDefault } from './retention-default.ts'
import { forecastRetention, readStoredAmounts } from './retention-forecast.ts'
import { atOnce, claim, info, inserted, makeConnector, rejectedRow, runOf, trigger, upTo } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
beforeEach(() => store.clear())
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const connector = (retention: Partial<OwnRetention> = {}) => makeConnector(store, { retention: { ...noOwnRetention, ...retention } })

type Ended = { daysAgo: number; lines?: number; status?: 'COMPLETED' | 'CANCELLED' }

/** A run that ended so many days ago, with a rejected row. */
const endedRun = async (connectorId: string, { daysAgo, lines = 3, status = 'COMPLETED' }: Ended): Promise<string> => {
  const { run } = await trigger(store, connectorId)
  const held = (await claim(store, run)) as Claim
  await recordProgress(store, held, {
    lines: upTo(lines).map((line) => info(`Line ${line}`)),
    rejected: [rejectedRow()],
    rateSeries: withReading(noReadings, 0, 3),
  })
  if (status === 'CANCELLED') await cancelRun(store, { runId: run.id, by: 'Ada' })
  else await completeRun(store, held, { counts: { ...inserted(3), read: 4, rejected: 1 } })
  await store.prisma.$executeRaw`UPDATE platform.job_runs SET finished_at = now() - ${daysAgo} * interval '1 day' WHERE id = ${run.id}`
  return run.id
}

const removeAll = async (): Promise<RemovedBatch[]> => {
  const batches: RemovedBatch[] = []
  for (;;) {
    const batch = await removeExpired(store)
    if (isEmpty(batch)) return batches
    batches.push(batch)
  }
}
const runsLeft = async (connectorId: string) =>
  (await store.prisma.jobRun.findMany({ where: { connectorId }, orderBy: { number: 'asc' }, select: { id: true } })).map(({ id }) => id)
const rejectedLeft = (runId: string) => store.prisma.rejectedRow.count({ where: { runId } })

test('rejected rows of an attempt whose counts are void go as well', async () => {
  const id = await connector({ rejectedRowsDays: 10 })
  const [cancelled] = [await endedRun(id, { daysAgo: 11, status: 'CANCELLED' }), await endedRun(id, { daysAgo: 1 })]
  expect(await runOf(store, cancelled)).toMatchObject({ rejected: 0n })
  await removeAll()
  expect(await rejectedLeft(cancelled)).toBe(0)
})

test('logs, rejected rows and runs go each at their own age', async () => {
  const id = await connector({ runsDays: 100, logsDays: 50, rejectedRowsDays: 10 })
  const [old, middle, young, last] = [
    await endedRun(id, { daysAgo: 101 }),
    await endedRun(id, { daysAgo: 51 }),
    await endedRun(id, { daysAgo: 11 }),
    await endedRun(id, { daysAgo: 9 }),
  ]
  await removeAll()
  expect(await runsLeft(id)).toEqual([middle, young, last])
  expect(await runOf(store, middle)).toMatchObject({ logRemovedAt: expect.any(Date), rejectedRowsRemovedAt: expect.any(Date) })
  expect(await readLog(store, { runId: middle, first: 10 })).toEqual({
    lines: [],
    firstSeq: null,
    lastSeq: null,
    totalLines: 0,
    hasMore: false,
  })
  expect(await runOf(store, young)).toMatchObject({ logRemovedAt: null, rejectedRowsRemovedAt: expect.any(Date) })
  expect((await readLog(store, { runId: young, first: 10 })).totalLines).toBe(4)
  expect(await runOf(store, last)).toMatchObject({ logRemovedAt: null, rejectedRowsRemovedAt: null })
  expect([await rejectedLeft(old), await rejectedLeft(young), await rejectedLeft(last)]).toEqual([0, 0, 1])
  // The chart of a run stays as long as its counts.
  expect([...(await readRateSeries(store, [old, middle, young, last])).keys()].sort()).toEqual([middle, young, last].sort())
})

test('of more runs than are kept the oldest go, and a retry forgets the run that it named', async () => {
  const id = await connector({ runs: 2 })
  const first = await endedRun(id, { daysAgo: 3, status: 'CANCELLED' })
  const { run: retry } = await trigger(store, id, { trigger: 'RETRY', retryOfId: first })
  await completeRun(store, (await claim(store, retry)) as Claim, { counts: inserted(1) })
  const third = await endedRun(id, { daysAgo: 1 })
  await removeAll()
  expect(await runsLeft(id)).toEqual([retry.id, third])
  expect((await runOf(store, retry.id)).retryOfId).toBeNull()
})

test('the newest ended run and the newest completed one are kept whole, whatever their age', async () => {
  const id = await connector({ runs: 1 })
  await endedRun(id, { daysAgo: 900 })
  const completed = await endedRun(id, { daysAgo: 800 })
  await endedRun(id, { daysAgo: 700, status: 'CANCELLED' })
  const newest = await endedRun(id, { daysAgo: 600, status: 'CANCELLED' })
  await removeAll()
  expect(await runsLeft(id)).toEqual([completed, newest])
  for (const runId of [completed, newest]) {
    expect(await runOf(store, runId)).toMatchObject({ logRemovedAt: null, rejectedRowsRemovedAt: null })
    expect((await readLog(store, { runId, first: 10 })).lines.length).toBeGreaterThan(3)
  }
})

test('a run that is active is left alone, however long ago it was asked for', async () => {
  const id = await connector({ runs: 1 })
  const { run } = await trigger(store, id)
  const held = (await claim(store, run)) as Claim
  await recordProgress(store, held, { lines: [info('Still at it')] })
  await store.prisma
    .$executeRaw`UPDATE platform.job_runs SET queued_at = now() - interval '900 days', started_at = now() - interval '900 days'`
  expect(await removeAll()).toEqual([])
  expect(await completeRun(store, held, { counts: inserted(1) })).not.toBeNull()
})

test('logs go in batches, each of them whole, while another run is written', async () => {
  const id = await connector({ runsDays: 100, logsDays: 50 })
  const lines = [2_000, 2_000, 2_000, 12_000]
  const old: string[] = []
  for (const [index, many] of lines.entries()) old.push(await endedRun(id, { daysAgo: 70 - index, lines: many }))
  const last = await endedRun(id, { daysAgo: 1 })
  const held = (await claim(store, (await trigger(store, await connector())).run)) as Claim
  const [batches] = await Promise.all([
    removeAll(),
    ...upTo(20).map((line) => recordProgress(store, held, { lines: [info(`Line ${line}`)] })),
  ])
  expect(batches.map(({ logLines }) => logLines)).toEqual([4_002, 2_001, 12_001])
  expect(await runsLeft(id)).toEqual([...old, last])
  expect((await runOf(store, held.runId)).lastLogSeq).toBe(20)
})

test('what an active run replays stays, whatever its age, until that run has ended', async () => {
  const id = await connector({ runsDays: 30, rejectedRowsDays: 10 })
  const replayed = await endedRun(id, { daysAgo: 40 })
  await endedRun(id, { daysAgo: 20 })
  await endedRun(id, { daysAgo: 1 })
  const { run } = await trigger(store, id, { trigger: 'RETRY', retryOfId: replayed, replay: { runId: replayed, number: 1 } })
  await removeAll()
  expect(await rejectedLeft(replayed)).toBe(1)
  await cancelRun(store, { runId: run.id, by: 'Ada' })
  await removeAll()
  expect(await runsLeft(id)).not.toContain(replayed)
})

test('four daemons at once remove each run once and nothing else', async () => {
  const id = await connector({ runs: 5 })
  const runs: string[] = []
  for (const day of upTo(40)) runs.push(await endedRun(id, { daysAgo: 50 - day, lines: 1 }))
  const removed = (await atOnce(4, removeAll)).flat()
  expect(removed.reduce((sum, batch) => sum + batch.runs, 0)).toBe(35)
  expect(await runsLeft(id)).toEqual(runs.slice(-5))
})

test('a deleted connector goes with its last run, and its slots with it', async () => {
  const id = await connector({ runsDays: 30 })
  await store.prisma.scheduleSlot.create({ data: { connectorId: id, scheduledFor: new Date(), reason: 'Skipped.' } })
  await endedRun(id, { daysAgo: 31 })
  await endedRun(id, { daysAgo: 29 })
  await deleteConnector(store, { id })
  await removeAll()
  expect(await runsLeft(id)).toHaveLength(1)
  await store.prisma.$executeRaw`UPDATE platform.job_runs SET finished_at = now() - interval '31 days'`
  await removeAll()
  expect(await store.prisma.connector.count({ where: { id } })).toBe(0)
  expect(await store.prisma.scheduleSlot.count({ where: { connectorId: id } })).toBe(0)
})

test('what a connector does not say is the platform’s, and the forecast says what the sweep then takes', async () => {
  const [theirs, own] = [await connector(), await connector({ logsDays: 1_000 })]
  for (const id of [theirs, own]) for (const daysAgo of [60, 40, 20]) await endedRun(id, { daysAgo })
  const { retention } = await readRetentionDefault(store)
  onTestFinished(async () => void (await changeRetentionDefault(store, { by: 'Ada', retention })))
  expect(await forecastRetention(store, retention)).toEqual({ runs: 0, logs: 0, logLines: 0, runsWithRejectedRows: 4 })
  const shorter = { ...retention, runsDays: 50, logsDays: 30 }
  const forecast = await forecastRetention(store, shorter)
  expect(forecast).toEqual({ runs: 2, logs: 3, logLines: 12, runsWithRejectedRows: 4 })
  const changed = await changeRetentionDefault(store, { by: 'Ada', retention: { runsDays: 50, logsDays: 30 } })
  expect(changed).toEqual({ retention: shorter, changed: { at: expect.any(Date), by: 'Ada' } })
  const removed = (await removeAll()).reduce((sum, { runs }) => sum + runs, 0)
  expect(removed).toBe(2)
  const logs = async (id: string) =>
    (await store.prisma.jobRun.findMany({ where: { connectorId: id }, orderBy: { number: 'asc' } })).map((run) => run.logRemovedAt !== null)
  expect([await logs(theirs), await logs(own)]).toEqual([
    [true, false],
    [false, false],
  ])
  expect(await forecastRetention(store, shorter)).toEqual({ runs: 0, logs: 0, logLines: 0, runsWithRejectedRows: 0 })
})

test('the forecast keeps what the sweep keeps: beyond the number, and the newest ones', async () => {
  const id = await connector({ runs: 1 })
  await endedRun(id, { daysAgo: 900 })
  await endedRun(id, { daysAgo: 800 })
  await endedRun(id, { daysAgo: 700, status: 'CANCELLED' })
  await endedRun(id, { daysAgo: 600, status: 'CANCELLED' })
  const { runs } = await forecastRetention(store, (await readRetentionDefault(store)).retention)
  expect(runs).toBe(2)
  expect((await removeAll()).reduce((sum, batch) => sum + batch.runs, 0)).toBe(2)
})

test('what is stored is counted', async () => {
  await endedRun(await connector(), { daysAgo: 1 })
  expect(await readStoredAmounts(store)).toMatchObject([
    { thing: 'RUNS', rows: 1, bytes: expect.any(Number) },
    { thing: 'LOG_LINES', rows: 4 },
    { thing: 'REJECTED_ROWS', rows: 1 },
    { thing: 'AUDIT_ENTRIES', rows: 0 },
  ])
})
