import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'
import { parseId } from './ids.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

type Statistics = {
  runs: number
  completed: number
  failed: number
  successRate: number | null
  lastGoodAt: string | null
  lateSince: string | null
  points: { number: number; status: string; finishedAt: string; durationMs: number | null; records: number }[]
}

const statisticsOf = async (id: string, { days = 30, first = 200 } = {}): Promise<Statistics> =>
  (
    await api.get<{ connector: { statistics: Statistics } }>(
      `query ($id: ID!, $days: Int!, $first: Int!) { connector(id: $id) { statistics(days: $days) {
        runs completed failed successRate lastGoodAt lateSince points(first: $first) { number status finishedAt durationMs records } } } }`,
      { id, days, first },
    )
  ).connector.statistics

const complete = async (connectorId: string, read = 0): Promise<{ id: string; number: number }> => {
  const run = await triggerSync(api, connectorId)
  const worker = await holdRun(api, run)
  await worker.progress({ read })
  await worker.complete()
  return run
}

const fail = async (connectorId: string): Promise<{ id: string; number: number }> => {
  const run = await triggerSync(api, connectorId)
  await (await holdRun(api, run)).fail('INVALID_CREDENTIALS')
  return run
}

/** A due time of the schedule, and the run that it made. */
const slot = async (connectorId: string, scheduledFor: Date, what: { run: { id: string } } | { reason: string | null }) =>
  api.prisma.scheduleSlot.create({
    data: {
      connectorId: parseId('Connector', connectorId),
      scheduledFor,
      ...('run' in what ? { runId: parseId('JobRun', what.run.id) } : { reason: what.reason }),
    },
  })

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('a connector without runs has nothing to tell', async () => {
  expect(await statisticsOf(await createConnector(api))).toEqual({
    runs: 0,
    completed: 0,
    failed: 0,
    successRate: null,
    lastGoodAt: null,
    lateSince: null,
    points: [],
  })
})

test('runs are told oldest first with what they brought, and a cancelled one is neither good nor bad', async () => {
  const id = await createConnector(api)
  const first = await complete(id, 7)
  const second = await fail(id)
  const third = await complete(id, 9)
  const cancelled = await triggerSync(api, id)
  await api.get('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id: cancelled.id })
  await triggerSync(api, id)
  const { points, lastGoodAt, ...counts } = await statisticsOf(id)
  expect(counts).toEqual({ runs: 4, completed: 2, failed: 1, successRate: 2 / 3, lateSince: null })
  expect(points.map(({ number, status, records }) => [number, status, records])).toEqual([
    [first.number, 'COMPLETED', 7],
    [second.number, 'FAILED', 0],
    [third.number, 'COMPLETED', 9],
    [cancelled.number, 'CANCELLED', 0],
  ])
  expect(points.map(({ durationMs }) => durationMs !== null)).toEqual([true, true, true, false])
  expect(lastGoodAt).toBe(points[2]?.finishedAt)
  expect((await statisticsOf(id, { first: 2 })).points.map(({ number }) => number)).toEqual([third.number, cancelled.number])
})

test('what is older than the days asked for counts no longer, but stays the last good data', async () => {
  const id = await createConnector(api)
  await complete(id, 5)
  await api.prisma.jobRun.updateMany({
    where: { connectorId: parseId('Connector', id) },
    data: { finishedAt: inMinutes(-40 * 1_440), startedAt: inMinutes(-40 * 1_440 - 1) },
  })
  const { lastGoodAt, ...within } = await statisticsOf(id)
  expect(within).toMatchObject({ runs: 0, successRate: null, points: [] })
  expect(lastGoodAt).not.toBeNull()
  expect(await statisticsOf(id, { days: 60 })).toMatchObject({ runs: 1, successRate: 1 })
})

test('a due time that brought no good data is late, one that may yet bring it is not', async () => {
  const id = await createConnector(api, { schedule: { cron: '0 * * * *' } })
  const late = async () => (await statisticsOf(id)).lateSince
  await slot(id, inMinutes(-60), { reason: 'Before there was any data.' })
  await complete(id)
  expect(await late()).toBeNull()
  const waiting = inMinutes(60)
  await slot(id, waiting, { reason: null })
  expect(await late()).toBeNull()
  const active = await triggerSync(api, id)
  await api.prisma.scheduleSlot.updateMany({
    where: { connectorId: parseId('Connector', id), scheduledFor: waiting },
    data: { runId: parseId('JobRun', active.id) },
  })
  expect(await late()).toBeNull()
  await (await holdRun(api, active)).fail('INVALID_CREDENTIALS')
  await slot(id, inMinutes(120), { reason: 'Skipped.' })
  expect(await late()).toBe(waiting.toISOString())
})

test('a replay of rejected rows does not make old data new', async () => {
  const id = await createConnector(api)
  await complete(id)
  const before = (await statisticsOf(id)).lastGoodAt
  const replay = await triggerSync(api, id)
  await api.prisma.$executeRaw`
    UPDATE platform.job_runs SET configuration = configuration || '{"replay": {"runId": "x", "number": 1}}' WHERE number = ${replay.number}`
  await (await holdRun(api, replay)).complete()
  expect(await statisticsOf(id)).toMatchObject({ completed: 2, lastGoodAt: before })
})

test('more days or runs than there may be are refused by name', async () => {
  const id = await createConnector(api)
  const refused = await api.ask('query ($id: ID!) { connector(id: $id) { statistics(days: 400) { runs } } }', { id })
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: { days: expect.stringContaining('366') } })
  const many = await api.ask('query ($id: ID!) { connector(id: $id) { statistics { points(first: 501) { number } } } }', { id })
  expect(many.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: { first: expect.stringContaining('500') } })
})
