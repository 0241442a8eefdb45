import { logTime } from '@aiia/core/job-run/log-line'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { completeRun } from './finish-run.ts'
import { maintenanceNow, pausePlatform, resumePlatform } from './maintenance.ts'
import { deliverySent, dueDeliveries } from './outbox.ts'
import { pendingReasons } from './pending-reason.ts'
import { fireDueSchedule, nextSlotInMs } from './schedules.ts'
import { claim, everyHour, heldRun, inserted, makeConnector, pendingRun, runOf } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
beforeEach(async () => {
  await store.clear()
  await resumePlatform(store)
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const pause = (reason = 'Upgrade') => pausePlatform(store, { by: 'Ada', reason })

test('while the platform is paused no worker gets a run, and those that run go on', async () => {
  const [held, waiting] = [await heldRun(store), await pendingRun(store)]
  await pause()
  expect(await claim(store, waiting)).toBeNull()
  expect(await completeRun(store, held, { counts: inserted(1) })).not.toBeNull()
  await resumePlatform(store)
  expect(await claim(store, waiting)).not.toBeNull()
})

test('a waiting run whose delivery came during the pause gets another when it ends', async () => {
  const { id: runId, attempt } = await pendingRun(store)
  await pause()
  await deliverySent(store, { runId, attempt })
  await resumePlatform(store)
  expect(await dueDeliveries(store, { limit: 10 })).toEqual([{ runId, attempt }])
})

test('a waiting run says at once who paused the platform, and why', async () => {
  const { id } = await pendingRun(store)
  const reason = async () => (await pendingReasons(store, [await runOf(store, id)])).get(id)
  await pause('Upgrade until six')
  const since = logTime((await maintenanceNow(store))?.since ?? new Date(0))
  expect(await reason()).toBe(
    `Paused for maintenance since ${since} UTC by Ada: Upgrade until six. It starts when the platform is resumed.`,
  )
  await pause('')
  expect(await reason()).toBe(`Paused for maintenance since ${since} UTC by Ada. It starts when the platform is resumed.`)
  await resumePlatform(store)
  expect(await reason()).toBeNull()
})

test('whoever paused it first stays the one who did', async () => {
  await pause()
  const before = await maintenanceNow(store)
  await pausePlatform(store, { by: 'Grace', reason: 'Longer than thought' })
  expect(await maintenanceNow(store)).toEqual({ ...before, reason: 'Longer than thought' })
})

test.each([
  ['RUN_ONCE', 1, null],
  ['SKIP', 0, 'Missed while the platform was down or paused; the policy is to skip.'],
] as const)('no schedule fires meanwhile; missed slots follow the policy %s afterwards', async (missedRuns, runs, reason) => {
  const connectorId = await makeConnector(store, { schedule: { ...everyHour, missedRuns } })
  await store.prisma.$executeRaw`UPDATE platform.schedules SET next_at = date_trunc('hour', now()) - interval '5 hours'`
  await pause()
  expect(await fireDueSchedule(store)).toEqual({ fired: false, notice: null })
  expect(await nextSlotInMs(store)).toBeNull()
  await resumePlatform(store)
  while ((await fireDueSchedule(store)).fired);
  expect(await store.prisma.jobRun.count({ where: { connectorId } })).toBe(runs)
  expect(await store.prisma.scheduleSlot.findMany({ where: { connectorId } })).toMatchObject([{ reason }])
})
