import { createLogger } from '@aiia/kit/logger'
import { cancelRun } from '@aiia/store/finish-run'
import { heldRun, runOf } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLeaseKeeper, type LeaseKeeper } from './lease-keeper.ts'

let server: TestPostgres
let store: TestStore
let leases: LeaseKeeper
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  leases = createLeaseKeeper({ prisma: store.prisma, log: createLogger('test', 'silent') })
})
afterAll(async () => {
  leases?.close()
  await store?.close()
  await server?.stop()
})

test('the lease of a run that is kept is renewed, and the holder of one that was cancelled is told once', async () => {
  const [kept, cancelled] = [await heldRun(store), await heldRun(store)]
  const lost: string[] = []
  for (const held of [kept, cancelled]) leases.keep(held, () => lost.push(held.runId))
  const before = (await runOf(store, kept.runId)).leaseUntil?.getTime() ?? 0
  // The leases of the fixtures are longer than the keeper's, so a renewal shows as an earlier end.
  await cancelRun(store, { runId: cancelled.runId, by: 'a test' })
  await expect.poll(async () => (await runOf(store, kept.runId)).leaseUntil?.getTime(), { timeout: 10_000 }).not.toBe(before)
  await expect.poll(() => lost, { timeout: 10_000 }).toEqual([cancelled.runId])
})
