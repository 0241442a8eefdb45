import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ActiveRunError } from './errors.ts'
import { cancelRun } from './finish-run.ts'
import { atOnce, makeConnector, trigger, upTo } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

/** Fewer than the store has connections. */
const clients = 20

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server, { connections: 50 })
})
afterAll(async () => {
  await store.close()
  await server.stop()
})

type Answer = Awaited<ReturnType<typeof trigger>>

/** Twenty clients at once, each of which sends its next trigger when it has the answer to the last. */
const triggerFromAllSides = async (times: number, connectorId: string, change: Parameters<typeof trigger>[2] = {}) => {
  const made: Answer[] = []
  const refused: unknown[] = []
  await atOnce(clients, async () => {
    for (let sent = 0; sent < times / clients; sent += 1) {
      await trigger(store, connectorId, change).then(
        (answer) => made.push(answer),
        (error: unknown) => refused.push(error),
      )
    }
  })
  return { made, refused }
}

test('of 1,000 triggers of one connector at once one makes a run, and the others are told which', async () => {
  const connectorId = await makeConnector(store)
  const answers = await Promise.allSettled(upTo(1_000).map(() => trigger(store, connectorId)))
  const made = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
  expect(made).toHaveLength(1)
  expect(refused.filter((error) => !(error instanceof ActiveRunError))).toEqual([])
  const named = new Set((refused as ActiveRunError[]).map(({ activeRun }) => activeRun.id))
  expect([refused.length, ...named]).toEqual([999, made[0]?.run.id])
})

test('a refused trigger leaves neither a run nor a delivery', async () => {
  const connectorId = await makeConnector(store)
  const others = (await store.prisma.jobRun.findMany({ select: { id: true } })).map(({ id }) => id)
  await triggerFromAllSides(40, connectorId)
  const runs = await store.prisma.jobRun.findMany({ where: { connectorId } })
  const deliveries = await store.prisma.outboxEntry.count({ where: { runId: { notIn: others } } })
  expect([runs.length, deliveries]).toEqual([1, 1])
})

test('1,000 triggers with one idempotency key all get the same run', async () => {
  const { made, refused } = await triggerFromAllSides(1_000, await makeConnector(store), { idempotencyKey: 'nightly' })
  expect(refused).toEqual([])
  expect(made).toHaveLength(1_000)
  expect(new Set(made.map(({ run }) => run.id)).size).toBe(1)
  expect(made.filter(({ created }) => created)).toHaveLength(1)
})

test('whoever comes first, a run ends and the next is made under the triggers of all clients', async () => {
  const connectorId = await makeConnector(store)
  let made = 0
  await atOnce(clients, async () => {
    for (let sent = 0; sent < 4; sent += 1) {
      const answer = await trigger(store, connectorId).catch((error: unknown) => error)
      if (answer instanceof ActiveRunError) continue
      const { run } = answer as Answer
      made += 1
      await cancelRun(store, { runId: run.id, by: 'a test' })
    }
  })
  expect(await store.prisma.jobRun.count({ where: { connectorId, status: 'CANCELLED' } })).toBe(made)
  expect(await store.prisma.jobRun.count({ where: { connectorId } })).toBe(made)
})

test('triggers of 50 connectors at once all succeed, each with a number of its own', async () => {
  const connectorIds: string[] = []
  for (const _ of upTo(50)) connectorIds.push(await makeConnector(store))
  const answers = await Promise.all(connectorIds.map((connectorId) => trigger(store, connectorId)))
  expect(new Set(answers.map(({ run }) => run.connectorId)).size).toBe(50)
  expect(new Set(answers.map(({ run }) => run.number)).size).toBe(50)
})

test('an idempotency key returns its run after that has ended', async () => {
  const connectorId = await makeConnector(store)
  const { run } = await trigger(store, connectorId, { idempotencyKey: 'nightly' })
  await cancelRun(store, { runId: run.id, by: 'a test' })
  expect(await trigger(store, connectorId, { idempotencyKey: 'nightly' })).toMatchObject({ created: false, run: { id: run.id } })
})

test('an idempotency key belongs to its connector', async () => {
  const [one, other] = [await makeConnector(store), await makeConnector(store)]
  await trigger(store, one, { idempotencyKey: 'nightly' })
  expect(await trigger(store, other, { idempotencyKey: 'nightly' })).toMatchObject({ created: true, run: { connectorId: other } })
})

test('another idempotency key does not get past the active run', async () => {
  const connectorId = await makeConnector(store)
  const { run } = await trigger(store, connectorId, { idempotencyKey: 'monday' })
  await expect(trigger(store, connectorId, { idempotencyKey: 'tuesday' })).rejects.toMatchObject({
    name: 'ActiveRunError',
    activeRun: { id: run.id, number: run.number },
  })
})

test('an ended run makes way for the next one', async () => {
  const connectorId = await makeConnector(store)
  const { run } = await trigger(store, connectorId)
  await cancelRun(store, { runId: run.id, by: 'a test' })
  const next = await trigger(store, connectorId)
  expect(next.run.number).toBeGreaterThan(run.number)
})
