import { EventEmitter, once } from 'node:events'
import { createLogger } from '@aiia/kit/logger'
import { cancelRun } from '@aiia/store/finish-run'
import { heldRun, runOf } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LeaseRenewal, startLeaseRenewal } from './lease-renewal.ts'

let server: TestPostgres
let store: TestStore
let way: TcpProxy
let leases: LeaseRenewal
let lost: string[] = []
const log = createLogger('test', 'silent')
const warnings = new EventEmitter()
beforeAll(async () => {
  server = await startPostgres()
  log.warn = () => void warnings.emit('warned')
  store = await openStore(server)
  way = await startTcpProxy(server.port)
  const url = new URL(store.url)
  url.port = String(way.port)
  leases = startLeaseRenewal(url.href, { log, lost: ({ runId }) => lost.push(runId) })
})
afterAll(async () => {
  await leases?.close()
  await way?.stop()
  await store?.close()
  await server?.stop()
})

/** The next renewal of this run's lease. */
const renewal = async (runId: string): Promise<void> => {
  const before = (await runOf(store, runId)).leaseUntil?.getTime() ?? 0
  await expect.poll(async () => (await runOf(store, runId)).leaseUntil?.getTime(), { timeout: 10_000 }).not.toBe(before)
}

test('the lease of a run that is kept is renewed, and the holder of one that was cancelled is told once', async () => {
  lost = []
  const [kept, cancelled, released] = [await heldRun(store), await heldRun(store), await heldRun(store)]
  for (const held of [kept, cancelled, released]) leases.keep(held)
  leases.release(released)
  for (const { runId } of [cancelled, released]) await cancelRun(store, { runId, by: 'a test' })
  // The leases of the fixtures are longer than these, so a renewal shows as an earlier end.
  await renewal(kept.runId)
  await expect.poll(() => lost, { timeout: 10_000 }).toEqual([cancelled.runId])
  await renewal(kept.runId)
  expect(lost).toEqual([cancelled.runId])
})

test('a release of an earlier claim does not end the renewal of a later one', async () => {
  const held = await heldRun(store)
  leases.keep(held)
  leases.release({ ...held, fence: held.fence - 1 })
  await renewal(held.runId)
  leases.release(held)
})

test('a database that does not answer is asked again on a new connection, and nothing is lost by it', async () => {
  lost = []
  const held = await heldRun(store)
  leases.keep(held)
  await renewal(held.runId)
  const [before] = await sessions()
  const warned = once(warnings, 'warned')
  way.blackHole()
  await warned
  await way.heal()
  await renewal(held.runId)
  expect(lost).toEqual([])
  await expect.poll(sessions).not.toContain(before)
})

const sessions = async (): Promise<number[]> => {
  const rows = await store.prisma.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'AIIA Data Refresh leases'`
  return rows.map(({ pid }) => pid)
}
