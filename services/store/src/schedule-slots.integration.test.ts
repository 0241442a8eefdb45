import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { deleteConnector, type ScheduleInput, updateConnector } from './connectors.ts'
import { ActiveRunError } from './errors.ts'
import { cancelRun } from './finish-run.ts'
import { fireDueSchedule, nextSlotInMs } from './schedules.ts'
import { atOnce, everyHour, makeConnector, trigger, upTo } from './testing/fixtures.ts'
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

/** A connector whose slot was due so many seconds ago. */
const dueConnector = async (seconds: number, schedule: Partial<ScheduleInput> = {}, enabled = true): Promise<string> => {
  const id = await makeConnector(store, { schedule: { ...everyHour, ...schedule }, enabled })
  await letBeDue(id, seconds)
  return id
}

/** Cut to what the column keeps: it would round up, to a moment that has not come. */
const letBeDue = (id: string, seconds: number) => store.prisma.$executeRaw`
  UPDATE platform.schedules SET next_at = date_trunc('milliseconds', now() - ${seconds} * interval '1 second') WHERE connector_id = ${id}`

/** A daemon at work: fires what is due until nothing is. @returns how many schedules it fired */
const daemon = async (): Promise<number> => {
  let fired = 0
  while ((await fireDueSchedule(store)).fired) fired += 1
  return fired
}

const slotsOf = (connectorId: string) => store.prisma.scheduleSlot.findMany({ where: { connectorId }, orderBy: { scheduledFor: 'asc' } })
const runsOf = (connectorId: string) => store.prisma.jobRun.findMany({ where: { connectorId }, orderBy: { number: 'asc' } })
const scheduleOf = (connectorId: string) => store.prisma.schedule.findUniqueOrThrow({ where: { connectorId } })

test('eight daemons at once fire each slot once', async () => {
  const ids: string[] = []
  for (const seconds of upTo(16)) ids.push(await dueConnector(seconds))
  const fired = await atOnce(8, daemon)
  expect(fired.reduce((sum, count) => sum + count)).toBe(16)
  const runs = await store.prisma.jobRun.findMany()
  expect(runs.map(({ connectorId }) => connectorId).toSorted()).toEqual(ids.toSorted())
  expect(await store.prisma.scheduleSlot.count({ where: { runId: { in: runs.map(({ id }) => id) } } })).toBe(16)
})

test('eight daemons that meet at one slot make one run', async () => {
  const id = await dueConnector(1)
  const answers = await atOnce(8, () => fireDueSchedule(store))
  expect(answers.filter(({ notice }) => notice !== null)).toHaveLength(1)
  expect(await runsOf(id)).toHaveLength(1)
})

test('the run of a slot names its time and has a delivery, and the slot names its run', async () => {
  const id = await dueConnector(1)
  const { nextAt } = await scheduleOf(id)
  const { notice } = await fireDueSchedule(store)
  const [run] = await runsOf(id)
  expect(run).toMatchObject({ id: notice?.id, status: 'PENDING', trigger: 'SCHEDULED', requestedBy: null, scheduledFor: nextAt })
  expect(await store.prisma.outboxEntry.count({ where: { runId: run?.id ?? '' } })).toBe(1)
  expect(await slotsOf(id)).toMatchObject([{ scheduledFor: nextAt, runId: run?.id, reason: null }])
})

test.each([3, -5])('a process whose clock is %i hours off fires the same slots, and its runs start at once', async (hours) => {
  const id = await dueConnector(1)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 })
  try {
    expect(await daemon()).toBe(1)
  } finally {
    vi.useRealTimers()
  }
  const aheadMs = ((await scheduleOf(id)).nextAt?.getTime() ?? 0) - Date.now()
  expect(aheadMs).toBeGreaterThan(0)
  expect(aheadMs).toBeLessThanOrEqual(3_600_000)
  const [run] = await runsOf(id)
  expect(Math.abs((run?.availableAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
})

test('a schedule that fired points at its next slot', async () => {
  const id = await dueConnector(1)
  await daemon()
  const next = (await scheduleOf(id)).nextAt
  expect(next?.getTime()).toBeGreaterThan(Date.now())
  expect(next?.toISOString()).toMatch(/T\d\d:00:00\.000Z$/)
})

test('a slot that has fired does not fire again, though the schedule points at it once more', async () => {
  const id = await dueConnector(1)
  const { nextAt } = await scheduleOf(id)
  await fireDueSchedule(store)
  const [run] = await runsOf(id)
  await cancelRun(store, { runId: run?.id ?? '', by: 'a test' })
  await store.prisma.schedule.update({ where: { connectorId: id }, data: { nextAt } })
  expect(await fireDueSchedule(store)).toEqual({ fired: true, notice: null })
  expect(await runsOf(id)).toHaveLength(1)
  expect(await slotsOf(id)).toMatchObject([{ runId: run?.id, reason: null }])
})

test('a slot that meets an active run makes none and records why', async () => {
  const id = await dueConnector(1)
  const { run } = await trigger(store, id)
  expect(await fireDueSchedule(store)).toEqual({ fired: true, notice: null })
  expect(await slotsOf(id)).toMatchObject([{ runId: null, reason: `Run #${run.number} of this connector was still active.` }])
  expect(await runsOf(id)).toHaveLength(1)
  expect((await scheduleOf(id)).nextAt?.getTime()).toBeGreaterThan(Date.now())
})

describe('a slot that is to wait for an active run', () => {
  let id: string
  let active: string
  beforeEach(async () => {
    id = await dueConnector(1, { overlap: 'QUEUE' })
    active = (await trigger(store, id)).run.id
    await daemon()
  })
  const endActive = () => cancelRun(store, { runId: active, by: 'a test' })

  test('waits, and runs once when that has ended, whoever looks', async () => {
    expect(await slotsOf(id)).toMatchObject([{ runId: null, reason: null }])
    expect(await runsOf(id)).toHaveLength(1)
    await endActive()
    await atOnce(8, daemon)
    const [slot] = await slotsOf(id)
    const runs = await runsOf(id)
    expect(runs).toHaveLength(2)
    expect(runs[1]).toMatchObject({ id: slot?.runId, status: 'PENDING', trigger: 'SCHEDULED', scheduledFor: slot?.scheduledFor })
  })

  test('is the only one that waits', async () => {
    const [{ scheduledFor } = { scheduledFor: new Date(0) }] = await slotsOf(id)
    await letBeDue(id, 0)
    await daemon()
    const [, later] = await slotsOf(id)
    expect(later?.reason).toContain(`The slot of ${scheduledFor.toISOString().slice(0, 10)}`)
    await endActive()
    await daemon()
    expect(await runsOf(id)).toHaveLength(2)
  })

  test.each([
    ['switched off', () => updateConnector(store, { id, enabled: false })],
    ['taken away', () => updateConnector(store, { id, schedule: null })],
  ])('makes no run after the schedule was %s', async (_what, change) => {
    await change()
    await endActive()
    await daemon()
    expect(await runsOf(id)).toHaveLength(1)
    expect(await slotsOf(id)).toMatchObject([{ runId: null, reason: expect.stringContaining('switched off or taken away') }])
  })

  test('lets a trigger go first that comes at the same moment', async () => {
    for (const round of upTo(10)) {
      await endActive()
      const [made] = await Promise.all([trigger(store, id).catch(() => null), daemon()])
      await daemon()
      const pending = (await runsOf(id)).filter(({ status }) => status === 'PENDING')
      expect(pending).toHaveLength(1)
      active = pending[0]?.id ?? ''
      if (made === null) await letBeDue(id, 30 - round)
      await daemon()
    }
  })
})

describe('with jitter', () => {
  const late = (offsetSeconds: number) => store.prisma.schedule.updateMany({ data: { offsetSeconds } })

  test('a slot fires so much later, and keeps its time', async () => {
    const id = await dueConnector(10)
    await late(30)
    expect(await daemon()).toBe(0)
    expect(await nextSlotInMs(store)).toBeGreaterThan(15_000)
    await late(9)
    const { nextAt } = await scheduleOf(id)
    expect(await daemon()).toBe(1)
    expect(await runsOf(id)).toMatchObject([{ scheduledFor: nextAt }])
  })

  test('is not late by what it was told to be', async () => {
    const id = await dueConnector(600, { missedRuns: 'SKIP' })
    await late(590)
    await daemon()
    expect(await runsOf(id)).toHaveLength(1)
  })

  test('that is longer than the rhythm no slot is lost', async () => {
    const id = await dueConnector(600, { cron: '* * * * *' })
    await late(590)
    await daemon()
    // The next slot is the first whose moment, 590 s behind its time, has not come.
    const waitsMs = ((await scheduleOf(id)).nextAt?.getTime() ?? 0) + 590_000 - Date.now()
    expect(waitsMs).toBeGreaterThan(-5_000)
    expect(waitsMs).toBeLessThanOrEqual(60_000)
  })

  test('each connector has a share of its own, within it', async () => {
    for (const _ of upTo(20)) await makeConnector(store, { schedule: { ...everyHour, jitterSeconds: 300 } })
    const offsets = (await store.prisma.schedule.findMany()).map(({ offsetSeconds }) => offsetSeconds)
    expect(new Set(offsets).size).toBeGreaterThan(10)
    for (const offset of offsets) expect(offset).toBeLessThanOrEqual(300)
  })
})

test('a slot and a trigger at the same moment make one run, whichever is first', async () => {
  const id = await dueConnector(1)
  for (const round of upTo(20)) {
    await letBeDue(id, 30 - round / 2)
    const [, refused] = await Promise.all([
      fireDueSchedule(store),
      trigger(store, id).then(
        () => null,
        (error: unknown) => error,
      ),
    ])
    // A daemon that met the trigger's lock comes again.
    await daemon()
    const made = await store.prisma.jobRun.findMany({ where: { connectorId: id, status: 'PENDING' } })
    const [slot] = (await slotsOf(id)).toReversed()
    expect(made).toHaveLength(1)
    if (refused === null) expect(slot).toMatchObject({ runId: null, reason: expect.stringContaining(`Run #${made[0]?.number} `) })
    else expect([refused, slot?.runId]).toEqual([expect.any(ActiveRunError), made[0]?.id])
    await cancelRun(store, { runId: made[0]?.id ?? '', by: 'a test' })
  }
})

test('many missed slots are one run, where the policy is to run once', async () => {
  const id = await dueConnector(3 * 86_400, { cron: '*/5 * * * *' })
  expect(await daemon()).toBe(1)
  expect(await runsOf(id)).toHaveLength(1)
  expect((await scheduleOf(id)).nextAt?.getTime()).toBeGreaterThan(Date.now())
})

test('missed slots make no run, where the policy is to skip, and one slot says so', async () => {
  const id = await dueConnector(3 * 86_400, { cron: '*/5 * * * *', missedRuns: 'SKIP' })
  expect(await daemon()).toBe(1)
  expect(await runsOf(id)).toEqual([])
  expect(await slotsOf(id)).toMatchObject([{ runId: null, reason: 'Missed while the platform was down or paused; the policy is to skip.' }])
  expect((await scheduleOf(id)).nextAt?.getTime()).toBeGreaterThan(Date.now())
})

test('a slot that is a few seconds late was not missed', async () => {
  const id = await dueConnector(10, { missedRuns: 'SKIP' })
  await daemon()
  expect(await runsOf(id)).toHaveLength(1)
})

test('a disabled connector fires nothing, and not later for what was due meanwhile', async () => {
  const id = await dueConnector(1, {}, false)
  await daemon()
  await updateConnector(store, { id, enabled: true })
  await daemon()
  expect(await runsOf(id)).toEqual([])
  expect((await scheduleOf(id)).nextAt?.getTime()).toBeGreaterThan(Date.now())
})

test('a deleted connector fires nothing', async () => {
  const id = await dueConnector(1)
  await deleteConnector(store, { id })
  expect(await fireDueSchedule(store)).toEqual({ fired: false, notice: null })
  expect(await runsOf(id)).toEqual([])
})

test.each([
  ['changed', (id: string) => updateConnector(store, { id, schedule: everyHour, enabled: true })],
  ['deleted', (id: string) => deleteConnector(store, { id }).catch(unlessActive)],
])('a schedule that fires while its connector is %s waits for nobody who waits for it', async (_what, change) => {
  for (const round of upTo(20)) {
    const id = await dueConnector(1)
    const work = [() => fireDueSchedule(store), () => change(id)]
    await Promise.all((round % 2 === 0 ? work : work.toReversed()).map((start) => start()))
    await daemon()
  }
})

const unlessActive = (error: unknown): void => {
  if (!(error instanceof ActiveRunError)) throw error
}

test('nothing fires before its time', async () => {
  const id = await dueConnector(-60)
  expect(await fireDueSchedule(store)).toEqual({ fired: false, notice: null })
  expect(await slotsOf(id)).toEqual([])
})

test('the slot that is due longest fires first', async () => {
  const [late, later] = [await dueConnector(10), await dueConnector(20)]
  const [first, second] = [await fireDueSchedule(store), await fireDueSchedule(store)]
  expect([first.notice?.connectorId, second.notice?.connectorId]).toEqual([later, late])
})

test('the time until the next slot is told', async () => {
  expect(await nextSlotInMs(store)).toBeNull()
  const id = await dueConnector(-60)
  const ms = (await nextSlotInMs(store)) ?? 0
  expect(ms).toBeGreaterThan(30_000)
  expect(ms).toBeLessThanOrEqual(60_000)
  await letBeDue(id, 5)
  expect(await nextSlotInMs(store)).toBe(0)
})
