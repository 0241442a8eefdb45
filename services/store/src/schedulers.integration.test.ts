import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listSchedulers, removeDeadSchedulers, removeScheduler, schedulerHeartbeat } from './schedulers.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server, { connections: 2 })
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const silentFor = (id: string, interval: string) =>
  store.prisma.$executeRaw`UPDATE platform.schedulers SET seen_at = now() - ${interval}::interval WHERE id = ${id}`

test('a scheduler is online by its heartbeat, and forgotten when it left or has long been silent', async () => {
  for (const id of ['a', 'b', 'c']) await schedulerHeartbeat(store, { id, host: 'h', pid: 1, version: '1', sendsEmail: false })
  await silentFor('b', '20 seconds')
  await silentFor('c', '11 minutes')
  const states = async () => (await listSchedulers(store)).map(({ id, online }) => `${id} ${online ? 'online' : 'silent'}`).sort()
  expect(await states()).toEqual(['a online', 'b silent', 'c silent'])
  expect(await removeDeadSchedulers(store)).toBe(1)
  await schedulerHeartbeat(store, { id: 'b', host: 'h', pid: 1, version: '1', sendsEmail: false })
  expect(await states()).toEqual(['a online', 'b online'])
  await removeScheduler(store, 'a')
  expect(await states()).toEqual(['b online'])
})
