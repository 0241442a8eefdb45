import type { Consumer } from '@aiia/messaging/messaging'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

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

const trigger = `mutation ($id: ID!, $streams: [String!], $key: String) {
  triggerSync(connectorId: $id, streams: $streams, idempotencyKey: $key) { id number status trigger requestedBy attempt counts { read ingested } steps { kind } logs { totalLines } }
}`
const cancel = 'mutation ($id: ID!) { cancelJobRun(id: $id) { status finishedAt logs { lines { text } } } }'
const retry = 'mutation ($id: ID!) { retryJobRun(id: $id) { number trigger retryOf { number } } }'

test('a trigger is answered with the waiting run, and is delivered at once', async () => {
  const delivered: string[] = []
  let consumer: Consumer | undefined
  const arrived = new Promise<void>((resolve) => {
    void api.messaging
      .consume('runs', { concurrency: 1 }, async ({ runId }) => {
        delivered.push(runId)
        resolve()
      })
      .then((started) => {
        consumer = started
      })
  })
  const { triggerSync: run } = await api.get<{ triggerSync: { number: number } }>(trigger, { id: await createConnector(api) })
  expect(run).toMatchObject({
    status: 'PENDING',
    trigger: 'API',
    requestedBy: 'first administrator',
    attempt: 1,
    counts: { read: 0, ingested: 0 },
  })
  await arrived
  const { id } = await api.prisma.jobRun.findUniqueOrThrow({ where: { number: run.number } })
  expect(delivered).toEqual([id])
  await expect.poll(() => api.prisma.outboxEntry.count({ where: { runId: id } })).toBe(0)
  await consumer?.close()
})

test('a person’s trigger is manual', async () => {
  const { data } = await api.ask(trigger, { id: await createConnector(api) }, { cookie: await api.signIn() })
  expect(data?.['triggerSync']).toMatchObject({ trigger: 'MANUAL', requestedBy: 'admin@example.com' })
})

test('a second one is refused, and names the run that is in the way', async () => {
  const id = await createConnector(api)
  const run = await triggerSync(api, id)
  const { errors } = await api.ask(trigger, { id })
  expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', jobRunId: run.id, number: run.number })
})

test('the same key gets the same run, even while it goes on', async () => {
  const id = await createConnector(api)
  const [first, second] = [await api.ask(trigger, { id, key: 'k1' }), await api.ask(trigger, { id, key: 'k1' })]
  expect(second.data).toEqual(first.data)
})

test('a stream that is not there is named', async () => {
  const id = await createConnector(api)
  expect((await api.ask(trigger, { id, streams: ['nope'] })).errors?.[0]?.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    fields: { streams: expect.stringContaining('nope') },
  })
  expect((await api.ask(trigger, { id, streams: [] })).errors?.[0]?.extensions).toHaveProperty('fields.streams')
})

test('a cancelled run has ended, says so in its log, and cannot be cancelled again', async () => {
  const run = await triggerSync(api, await createConnector(api))
  await holdRun(api, run)
  const { data } = await api.ask(cancel, { id: run.id })
  expect(data?.['cancelJobRun']).toMatchObject({ status: 'CANCELLED', finishedAt: expect.any(String) })
  expect(JSON.stringify(data)).toContain('FATAL: Job aborted with state CANCELLED.')
  expect((await api.ask(cancel, { id: run.id })).errors?.[0]).toMatchObject({
    message: expect.stringContaining('CANCELLED'),
    extensions: { code: 'CONFLICT' },
  })
})

test('a retry is a new run that is linked to the old one', async () => {
  const run = await triggerSync(api, await createConnector(api))
  expect((await api.ask(retry, { id: run.id })).errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', jobRunId: run.id, number: run.number })
  await api.ask(cancel, { id: run.id })
  expect((await api.ask(retry, { id: run.id })).data?.['retryJobRun']).toEqual({
    number: expect.any(Number),
    trigger: 'RETRY',
    retryOf: { number: run.number },
  })
})

test('a completed run is not retried', async () => {
  const run = await triggerSync(api, await createConnector(api))
  await (await holdRun(api, run)).complete()
  expect((await api.ask(retry, { id: run.id })).errors?.[0]?.extensions.code).toBe('CONFLICT')
})

test('the history in pages, forwards and backwards, and filtered', async () => {
  const id = await createConnector(api)
  const numbers: number[] = []
  for (let i = 0; i < 5; i += 1) {
    const run = await triggerSync(api, id)
    numbers.unshift(run.number)
    await (await holdRun(api, run)).complete([`run ${i}`])
  }
  type Page = {
    nodes: { number: number }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  }
  const page = async (args: object): Promise<Page> => {
    const { jobRuns } = await api.get<{ jobRuns: Page }>(
      `query ($first: Int, $after: String, $last: Int, $before: String, $filter: JobRunFilter) {
        jobRuns(first: $first, after: $after, last: $last, before: $before, filter: $filter) { nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
      }`,
      { filter: { connectorIds: [id], statuses: ['COMPLETED'] }, ...args },
    )
    return jobRuns
  }
  const [first, rest] = [numbers.slice(0, 2), numbers.slice(2)]
  const one = await page({ first: 2 })
  expect(one.nodes.map(({ number }) => number)).toEqual(first)
  expect(one.pageInfo.hasNextPage).toBe(true)
  const two = await page({ first: 10, after: one.pageInfo.endCursor })
  expect(two.nodes.map(({ number }) => number)).toEqual(rest)
  expect(two.pageInfo.hasNextPage).toBe(false)
  const back = await page({ last: 2, before: two.pageInfo.endCursor })
  expect(back.nodes.map(({ number }) => number)).toEqual(numbers.slice(2, 4))
  expect(back.pageInfo.hasPreviousPage).toBe(true)
  expect((await page({ filter: { connectorIds: [id], statuses: ['FAILED'] } })).nodes).toEqual([])
  expect((await page({ filter: { connectorIds: [id], queuedFrom: new Date(Date.now() + 60_000).toISOString() } })).nodes).toEqual([])
  const { data } = await api.ask(
    'query ($id: ID) { connector(id: $id) { lastRun { number } activeRun { id } runs(first: 2) { nodes { number } pageInfo { endCursor } } } }',
    { id },
  )
  expect(data?.['connector']).toMatchObject({
    lastRun: { number: numbers[0] },
    activeRun: null,
    runs: { nodes: first.map((number) => ({ number })) },
  })
})

test('the log in pages', async () => {
  const run = await triggerSync(api, await createConnector(api))
  await (await holdRun(api, run)).complete(['one', 'two', 'three'])
  const query = (args: string) => `query ($id: ID) { jobRun(id: $id) { logs${args} { lines { message } firstSeq lastSeq totalLines } } }`
  type Log = { lines: { message: string }[]; firstSeq: number; lastSeq: number; totalLines: number }
  const log = async (args: string) => (await api.get<{ jobRun: { logs: Log } }>(query(args), { id: run.id })).jobRun.logs
  const whole = await log('')
  expect(whole.lines.map(({ message }) => message)).toEqual(expect.arrayContaining(['one', 'two', 'three']))
  expect(whole).toMatchObject({ firstSeq: 1, lastSeq: whole.totalLines })
  expect((await log('(last: 2)')).lines).toEqual(whole.lines.slice(-2))
  expect((await log('(beforeSeq: 3)')).lines).toEqual(whole.lines.slice(0, 2))
  expect((await log('(search: "TWO")')).lines).toEqual([{ message: 'two' }])
  const refused = async (args: string) => (await api.ask(query(args), { id: run.id })).errors?.[0]?.extensions
  expect(await refused('(first: 5000)')).toEqual({ code: 'BAD_USER_INPUT', fields: { first: expect.any(String) } })
  expect(await refused('(first: 1, last: 1)')).toHaveProperty('fields.last')
})

test('the system as it is', async () => {
  const { data, errors } = await api.ask(
    '{ system { mode version workers { id } slots busySlots queueDepth oldestPendingAt databaseVersion redisVersion } }',
  )
  expect(errors).toBeUndefined()
  expect(data?.['system']).toMatchObject({
    mode: 'embedded',
    version: '1.0.0-beta',
    workers: [],
    slots: 0,
    queueDepth: expect.any(Number),
    databaseVersion: expect.stringMatching(/^\d+/),
    redisVersion: null,
  })
})

test('what each worker holds, what waits and why, and what is not well', async () => {
  const run = await triggerSync(api, await createConnector(api))
  await holdRun(api, run)
  await triggerSync(api, await createConnector(api))
  const longAgo = new Date(Date.now() - 400_000)
  await api.prisma.jobRun.updateMany({ where: { status: 'PENDING' }, data: { queuedAt: longAgo, availableAt: longAgo } })
  const seenAt = new Date()
  await api.prisma.worker.createMany({
    data: [
      { id: 'test', host: 'w1', pid: 1, version: '1.0.0-beta', slots: 50, busy: 50, seenAt },
      { id: 'gone', host: 'w2', pid: 2, version: '1.0.0-beta', slots: 2, seenAt: longAgo },
    ],
  })
  const { system } = await api.get<{ system: Record<string, unknown> }>(`{ system { workers { id online runs { number } } schedulers { id }
    oldestPendingRun { pendingReason } database { reachable latencyMs version } redis { reachable } problems { code severity title resolution } } }`)
  expect(system['workers']).toEqual([
    { id: 'test', online: true, runs: expect.arrayContaining([{ number: run.number }]) },
    { id: 'gone', online: false, runs: [] },
  ])
  expect(system).toMatchObject({
    schedulers: [],
    oldestPendingRun: { pendingReason: expect.stringContaining('All 50 worker slots are busy') },
    database: { reachable: true, latencyMs: expect.any(Number), version: expect.any(String) },
    redis: null,
  })
  // A database of a busy machine may be slow besides.
  const problems = (system['problems'] as { code: string }[]).filter(({ code }) => code !== 'DATABASE_SLOW')
  expect(problems).toMatchObject([
    { code: 'NO_SCHEDULER_ONLINE', severity: 'ERROR' },
    { code: 'WORKER_SILENT', title: 'A worker has fallen silent: w2, process 2' },
    { code: 'RUNS_WAIT_LONG', resolution: expect.stringContaining('All slots are busy') },
  ])
  await api.prisma.worker.deleteMany()
})

test('the history tells each change of the status, and each attempt has its own counts and log', async () => {
  const run = await triggerSync(api, await createConnector(api))
  const first = await holdRun(api, run)
  await first.progress({ read: 7, lines: ['one', 'two'] })
  await first.fail('CONNECTION_LOST')
  const second = await holdRun(api, run, 2)
  await second.progress({ read: 3, lines: ['again'] })
  const history = `query ($id: ID!) { jobRun(id: $id) {
    transitions { from to attempt by reason }
    attempts { number worker outcome counts { read } failure { code } firstLogSeq lastLogSeq finishedAt } lastLogSeq } }`
  const asked = async () => (await api.get<{ jobRun: object }>(history, { id: run.id })).jobRun
  const failed = {
    number: 1,
    worker: 'worker test',
    outcome: 'FAILED',
    counts: { read: 7 },
    failure: { code: 'CONNECTION_LOST' },
    firstLogSeq: 1,
    lastLogSeq: 4,
    finishedAt: expect.any(String),
  }
  expect(await asked()).toMatchObject({
    transitions: [
      { from: null, to: 'PENDING', attempt: 1, by: 'first administrator', reason: 'Requested through the API.' },
      { from: 'PENDING', to: 'RUNNING', attempt: 1, by: 'worker test', reason: 'Attempt 1 started.' },
      { from: 'RUNNING', to: 'PENDING', attempt: 1, by: 'worker test', reason: expect.stringContaining('failed with CONNECTION_LOST') },
      { from: 'PENDING', to: 'RUNNING', attempt: 2, by: 'worker test', reason: 'Attempt 2 started.' },
    ],
    attempts: [
      failed,
      { number: 2, outcome: 'RUNNING', counts: { read: 3 }, failure: null, firstLogSeq: 5, lastLogSeq: 5, finishedAt: null },
    ],
  })
  await api.get(cancel, { id: run.id })
  expect(await asked()).toMatchObject({
    transitions: [{}, {}, {}, {}, { from: 'RUNNING', to: 'CANCELLED', attempt: 2, by: 'first administrator', reason: 'Cancelled.' }],
    attempts: [failed, { number: 2, outcome: 'CANCELLED', counts: { read: 3 }, firstLogSeq: 5, lastLogSeq: 7 }],
  })
})

test('how fast the rows came is told as points in time', async () => {
  const run = await triggerSync(api, await createConnector(api))
  const worker = await holdRun(api, run)
  const points = async () =>
    (
      await api.get<{ jobRun: { startedAt: string; rateSeries: { at: string; read: number }[] } }>(
        'query ($id: ID!) { jobRun(id: $id) { startedAt rateSeries { at read } } }',
        { id: run.id },
      )
    ).jobRun
  expect((await points()).rateSeries).toEqual([])
  await worker.progress({ read: 500, rateSeries: { everyMs: 250, elapsedMs: [0, 1_500], read: [0, 500] } })
  const { startedAt, rateSeries } = await points()
  expect(rateSeries).toEqual([
    { at: startedAt, read: 0 },
    { at: new Date(Date.parse(startedAt) + 1_500).toISOString(), read: 500 },
  ])
})
