import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startRedis, type TestRedis } from '@aiia/testkit/redis'
import { parse, subscribe } from 'graphql'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createContext, type Services } from '../context.ts'
import { schema } from '../schema/schema.ts'
import { type CountedPrisma, countOperations } from '../testing/counted-prisma.ts'
import { createConnector, holdRun, type StartedRun, type TestWorker, triggerSync } from '../testing/fixtures.ts'
import { recordLog } from '../testing/recorded-log.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'
import { createRunHub, type RunHub } from './run-hub.ts'
import { createSubscriptions } from './subscriptions.ts'

let postgres: TestPostgres
let redis: TestRedis
let api: TestApi
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  api = await startTestApi(postgres, { REDIS_URL: redis.url })
})
afterAll(async () => {
  await api.stop()
  await Promise.all([postgres.stop(), redis.stop()])
})

let hub: RunHub
let counted: CountedPrisma
let run: StartedRun
let runId: string
let worker: TestWorker
beforeEach(async () => {
  counted = countOperations(api.prisma)
  // Only what the feed tells: the sweep is another test's.
  hub = await createRunHub({ prisma: counted.prisma, feed: api.messaging.feed, log: recordLog().log, sweepMs: 3_600_000 })
  run = await triggerSync(api, await createConnector(api))
  runId = (await api.prisma.jobRun.findUniqueOrThrow({ where: { number: run.number } })).id
  worker = await holdRun(api, run)
})
afterEach(() => hub.close())

/** Until the event that `tell` makes has come back: listeners are called in the order in which they came, the hub first. */
const heard = async (tell: () => Promise<void>): Promise<void> => {
  let arrive = (): void => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const unsubscribe = await api.messaging.feed.subscribe('job-run', arrive)
  await tell()
  await arrived
  await unsubscribe()
}

const reads = (): number => counted.taken().filter((operation) => operation === 'JobRun.findMany').length

test('one read an event, however many watch, and all are handed the same object', async () => {
  const watchers = Array.from({ length: 100 }, () => hub.watch({ runId }))
  await Promise.all(watchers.map((watcher) => watcher.next()))
  counted.taken()
  const told = watchers.map((watcher) => watcher.next())
  await worker.progress({ read: 10 })
  const states = await Promise.all(told)
  expect(new Set(states.map(({ value }) => value)).size).toBe(1)
  expect(states[0]?.value).toMatchObject({ read: 10n })
  expect(reads()).toBe(1)
})

test('a reader that pauses goes on with the newest state', async () => {
  const slow = hub.watch({ runId })
  const quick = hub.watch({ runId })
  await Promise.all([slow.next(), quick.next()])
  for (let read = 1; read <= 30; read += 1) {
    const told = quick.next()
    await worker.progress({ read })
    await told
  }
  expect((await slow.next()).value?.read).toBe(30n)
})

test('an event that says nothing new, or of what nobody watches, costs no read', async () => {
  const watcher = hub.watch({ runId })
  await watcher.next()
  const told = watcher.next()
  await worker.progress({ read: 1 })
  await told
  counted.taken()
  const { connectorId, revision, lastLogSeq } = await api.prisma.jobRun.findUniqueOrThrow({ where: { id: runId } })
  await heard(() => api.messaging.feed.publish('job-run', { id: runId, connectorId, revision, lastLogSeq }))
  await watcher.return()
  await heard(() => worker.progress({ read: 2 }))
  expect(reads()).toBe(0)
})

test('what the console shows of a live run costs no query beyond that read', async () => {
  const context = createContext({ prisma: counted.prisma, hub, subscriptions: createSubscriptions({ mostPerViewer: 10 }) } as Services, {
    viewer: { kind: 'token', accessId: '1', personId: null, name: 'test', email: null, role: 'VIEWER' },
    address: '127.0.0.1',
  })
  const query = `subscription ($id: ID) { jobRunUpdated(id: $id) {
    number status pendingReason counts { read ingested } steps { kind status } failure { code } receipt { stream } retryOf { id number } connector { id name label address deletedAt }
  } }`
  const events = await subscribe({ schema, document: parse(query), contextValue: context, variableValues: { id: run.id } })
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events))
  await events.next()
  counted.taken()
  const told = events.next()
  await worker.progress({ read: 3 })
  expect((await told).value).toMatchObject({
    data: { jobRunUpdated: { counts: { ingested: 3 }, retryOf: null, connector: { label: expect.any(String) } } },
  })
  expect(counted.taken()).toEqual(['JobRun.findMany'])
  await events.return?.()
})

test('never the frozen configuration, never the sealed credentials', async () => {
  const watcher = hub.watch({ runId })
  const { value } = await watcher.next()
  expect(Object.keys(value ?? {})).not.toContain('credentialsSealed')
  expect(Object.keys(value ?? {})).not.toContain('configuration')
  await watcher.return()
})

test('what happened while the feed was gone is told when it is back', async () => {
  const watcher = hub.watch({ runId })
  await watcher.next()
  await redis.kill()
  const told = watcher.next()
  await worker.progress({ read: 99 }, false)
  await redis.restart()
  expect((await told).value).toMatchObject({ read: 99n })
  await watcher.return()
})

test('a read that ends after a later snapshot takes nobody back', async () => {
  let [held, release] = [undefined as Promise<void> | undefined, (): void => {}]
  const findMany = async <A, R>({ args, query }: { args: A; query: (args: A) => Promise<R> }): Promise<R> => {
    const [runs, wait] = [await query(args), held]
    held = undefined
    await wait
    return runs
  }
  const prisma = api.prisma.$extends({ query: { jobRun: { findMany } } }) as unknown as typeof api.prisma
  const slow = await createRunHub({ prisma, feed: api.messaging.feed, log: recordLog().log, sweepMs: 3_600_000 })
  const early = slow.watch({ runId })
  await early.next()
  held = new Promise((resolve) => {
    release = resolve
  })
  const told = early.next()
  await worker.progress({ read: 1 })
  await expect.poll(() => held === undefined).toBe(true)
  await worker.progress({ read: 2 })
  const late = slow.watch({ runId })
  const seen = [(await late.next()).value?.read]
  release()
  await told
  await worker.progress({ read: 3 })
  while (seen.at(-1) !== 3n) seen.push((await late.next()).value?.read)
  expect(seen).not.toContain(1n)
  await slow.close()
})

test('why a run waits is told when it has waited for a while, though nothing was written', async () => {
  const sweeping = await createRunHub({ prisma: api.prisma, feed: api.messaging.feed, log: recordLog().log, sweepMs: 50 })
  const waiting = await triggerSync(api, await createConnector(api))
  const { id } = await api.prisma.jobRun.findUniqueOrThrow({ where: { number: waiting.number } })
  const watcher = sweeping.watch({ runId: id })
  expect((await watcher.next()).value?.pendingReason).toBeNull()
  const told = watcher.next()
  await api.prisma.jobRun.update({ where: { id }, data: { availableAt: new Date(Date.now() - 60_000) } })
  let state = (await told).value
  // A look that began before the wait was long may end after it.
  while (state?.pendingReason === null) state = (await watcher.next()).value
  expect(state).toMatchObject({ status: 'PENDING', pendingReason: expect.stringContaining('No worker is online') })
  await watcher.return()
  await sweeping.close()
})

test('the hub’s end ends its watchers', async () => {
  const watcher = hub.watch('all')
  await watcher.next()
  await hub.close()
  for (let next = await watcher.next(); !next.done; next = await watcher.next()) expect(next.value).toBeDefined()
})
