import { once } from 'node:events'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startRedis, type TestRedis } from '@aiia/testkit/redis'
import { getNamedType, isLeafType, isNonNullType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { issueToken, revokeToken } from '../auth/api-tokens.ts'
import { schema } from '../schema/schema.ts'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let redis: TestRedis

beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()])
})

type Run = { number: number; status: string; revision: number; lastLogSeq: number; counts: { read: number } }
const runFields = 'number status revision lastLogSeq counts { read }'
const watchRun = `subscription ($id: ID) { jobRunUpdated(id: $id) { ${runFields} } }`
const followLog = 'subscription ($id: ID!, $afterSeq: Int) { jobRunLogs(id: $id, afterSeq: $afterSeq) { lines { seq message } } }'

/** Every field that needs no argument, two levels deep. */
const selectionOf = (type: unknown, levels = 2): string =>
  isObjectType(type)
    ? Object.values(type.getFields())
        .filter((field) => field.args.every(({ type: given }) => !isNonNullType(given)))
        .flatMap((field) => {
          const named = getNamedType(field.type)
          if (isLeafType(named)) return [field.name]
          const inner = levels > 1 ? selectionOf(named, levels - 1) : ''
          return inner === '' ? [] : [`${field.name} { ${inner} }`]
        })
        .join(' ')
    : ''
const wholeRun = selectionOf(schema.getType('JobRun'))

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi(postgres, backend === 'redis' ? { REDIS_URL: redis.url } : {})
  })
  afterAll(() => api.stop())

  const watch = (query: string, variables: Record<string, unknown> = {}, headers?: Record<string, string>) => {
    const events = api.subscribe<{ jobRunUpdated: Run }>(query, variables, headers)
    return {
      next: async (): Promise<Run> => {
        const { value } = await events.next()
        if (!value?.data) throw new Error(JSON.stringify(value))
        return value.data.jobRunUpdated
      },
      until: async (isLast: (run: Run) => boolean): Promise<Run[]> => {
        const seen: Run[] = []
        for await (const { data } of events) {
          if (data) seen.push(data.jobRunUpdated)
          if (data && isLast(data.jobRunUpdated)) break
        }
        return seen
      },
      end: () => events.return?.(),
    }
  }

  test('whatever can be asked of a run can be watched', async () => {
    const { run } = await startRun()
    const worker = await holdRun(api, run)
    await worker.progress({ read: 3, lines: ['one'] })
    const events = api.subscribe<{ jobRunUpdated: object }>(`subscription ($id: ID) { jobRunUpdated(id: $id) { ${wholeRun} } }`, {
      id: run.id,
    })
    const { value } = await events.next()
    expect(value?.errors).toBeUndefined()
    const asked = await api.get<{ jobRun: object }>(`query ($id: ID!) { jobRun(id: $id) { ${wholeRun} } }`, { id: run.id })
    // It ticks.
    expect({ ...value?.data?.jobRunUpdated, durationMs: 0 }).toEqual({ ...asked.jobRun, durationMs: 0 })
    await events.return?.()
  })

  const startRun = async () => {
    const connectorId = await createConnector(api)
    return { connectorId, run: await triggerSync(api, connectorId) }
  }

  const lines = async (variables: Record<string, unknown>): Promise<{ seq: number; message: string }[]> => {
    const seen: { seq: number; message: string }[] = []
    for await (const { data } of api.subscribe<{ jobRunLogs: { lines: { seq: number; message: string }[] } }>(followLog, variables))
      seen.push(...(data?.jobRunLogs.lines ?? []))
    return seen
  }

  test('the first event is the state as it stands, then every change, revisions growing, to the end', async () => {
    const { run } = await startRun()
    const watcher = watch(watchRun, { id: run.id })
    expect(await watcher.next()).toMatchObject({ number: run.number, status: 'PENDING', counts: { read: 0 } })
    const worker = await holdRun(api, run)
    await worker.progress({ read: 1_000 })
    expect(await watcher.until(({ counts }) => counts.read === 1_000)).toContainEqual(expect.objectContaining({ status: 'RUNNING' }))
  })

  test('a late watcher begins with the end', async () => {
    const { run } = await startRun()
    const worker = await holdRun(api, run)
    await worker.progress({ read: 5 })
    await worker.complete()
    const watcher = watch(watchRun, { id: run.id })
    expect(await watcher.next()).toMatchObject({ status: 'COMPLETED', counts: { read: 5 } })
    await watcher.end()
  })

  test('revisions only grow, and the last state is the stored one, while events are lost, doubled and late', async () => {
    const { run } = await startRun()
    const watcher = watch(watchRun, { id: run.id })
    const worker = await holdRun(api, run)
    const first = await watcher.next()
    const seen = watcher.until(({ status }) => status === 'COMPLETED')
    for (let read = 1; read <= 60; read += 1) await worker.progress({ read }, read % 3 !== 0)
    const { id, connectorId, revision, lastLogSeq } = await api.prisma.jobRun.findUniqueOrThrow({ where: { number: run.number } })
    for (const old of [1, revision, 3]) await api.messaging.feed.publish('job-run', { id, connectorId, revision: old, lastLogSeq })
    await worker.complete([], false)
    const runs = [first, ...(await seen)]
    expect(runs.map((state) => state.revision)).toEqual([...new Set(runs.map((state) => state.revision))].sort((a, b) => a - b))
    expect(runs.at(-1)).toMatchObject({ status: 'COMPLETED', counts: { read: 60 } })
  })

  test('the runs of one connector, and all runs', async () => {
    const { connectorId, run } = await startRun()
    const other = await startRun()
    const ofConnector = watch(`subscription ($id: ID) { jobRunUpdated(connectorId: $id) { ${runFields} } }`, { id: connectorId })
    const all = watch(`subscription { jobRunUpdated { ${runFields} } }`)
    expect(await ofConnector.next()).toMatchObject({ number: run.number })
    expect(await all.until(({ number }) => number === other.run.number)).toContainEqual(expect.objectContaining({ number: run.number }))
    const anew = watch(`subscription { jobRunUpdated { ${runFields} } }`)
    const [worker, othersWorker] = await Promise.all([holdRun(api, run), holdRun(api, other.run)])
    const [mine, everything] = [
      ofConnector.until(({ status }) => status === 'COMPLETED'),
      anew.until(({ number, status }) => number === run.number && status === 'COMPLETED'),
    ]
    await othersWorker.complete()
    await worker.complete()
    expect(new Set((await mine).map(({ number }) => number))).toEqual(new Set([run.number]))
    expect(await everything).toContainEqual(expect.objectContaining({ number: other.run.number, status: 'COMPLETED' }))
  })

  test('the log: every line once, in order, from the store and then live, and it ends', async () => {
    const { run } = await startRun()
    const worker = await holdRun(api, run)
    const batch = (from: number, count: number) => Array.from({ length: count }, (_, i) => `line ${from + i}`)
    await worker.progress({ lines: batch(1, 1_200) })
    const early = lines({ id: run.id })
    const late = lines({ id: run.id, afterSeq: 1_000 })
    for (let i = 0; i < 20; i += 1) await worker.progress({ lines: batch(1_201 + i * 10, 10) }, i % 4 !== 3)
    await worker.complete(batch(1_401, 5))
    const whole = await early
    expect(whole.map(({ seq }) => seq)).toEqual(Array.from({ length: whole.length }, (_, i) => i + 1))
    expect(whole.map(({ message }) => message).filter((message) => message.startsWith('line '))).toEqual(batch(1, 1_405))
    expect((await late).map(({ seq }) => seq)).toEqual(whole.map(({ seq }) => seq).filter((seq) => seq > 1_000))
  })

  test('a revoked token ends its subscriptions and leaves the others', async () => {
    const { run } = await startRun()
    const { id, token } = await issueToken({ prisma: api.prisma }, { name: 'short', role: 'VIEWER', createdBy: 'test' })
    const events = api.subscribe(watchRun, { id: run.id }, { authorization: `Bearer ${token}` })
    const other = watch(watchRun, { id: run.id })
    await Promise.all([events.next(), other.next()])
    await revokeToken({ prisma: api.prisma }, { id, by: 'test' })
    // Until the end of the access is noticed, changes of the run may still come.
    let event = await events.next()
    while (!event.done && event.value.errors === undefined) event = await events.next()
    expect(event.value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect((await events.next()).done).toBe(true)
    await (await holdRun(api, run)).complete()
    expect((await other.until(({ status }) => status === 'COMPLETED')).length).toBeGreaterThan(0)
  })

  test('over SSE, with the same beginning and end', async () => {
    const { run } = await startRun()
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${api.token}` },
      body: JSON.stringify({ query: followLog, variables: { id: run.id } }),
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const worker = await holdRun(api, run)
    await worker.progress({ lines: ['hello'] })
    await worker.complete(['goodbye'])
    const text = await response.text()
    expect(text.match(/"message":"hello"/g)).toHaveLength(1)
    expect(text.match(/"message":"goodbye"/g)).toHaveLength(1)
    expect(text).toContain('event: complete')
  })

  test('clients that go away without a word leave nothing open', async () => {
    const { run } = await startRun()
    const active = async () => /aiia_subscriptions_active (\d+)/.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1]
    await expect.poll(active).toBe('0')
    const abort = new AbortController()
    const sse = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${api.token}` },
      body: JSON.stringify({ query: watchRun, variables: { id: run.id } }),
      signal: abort.signal,
    })
    await sse.body?.getReader().read()
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${api.token}` },
    })
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: watchRun, variables: { id: run.id } } }))
    await once(socket, 'message')
    await expect.poll(active).toBe('2')
    abort.abort()
    socket.terminate()
    await expect.poll(active).toBe('0')
  })

  test('a viewer has only so many subscriptions, and gets their places back', async () => {
    const limited = await startTestApi(postgres, { SUBSCRIPTIONS_PER_VIEWER: 2, ...(backend === 'redis' && { REDIS_URL: redis.url }) })
    const run = await triggerSync(limited, await createConnector(limited))
    const open = () => limited.subscribe(watchRun, { id: run.id })
    const [first, second] = [open(), open()]
    await Promise.all([first.next(), second.next()])
    expect((await open().next()).value).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
    const active = async () => /aiia_subscriptions_active (\d+)/.exec(await (await fetch(`${limited.url}/metrics`)).text())?.[1]
    expect(await active()).toBe('2')
    await Promise.all([first.return?.(), second.return?.()])
    await expect.poll(active).toBe('0')
    expect((await open().next()).value).toHaveProperty('data')
    await limited.stop()
  })
})
