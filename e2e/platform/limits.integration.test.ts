import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, type TestSource, triggerSync, untilEnded } from './source.ts'

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let platform: Platform
  let source: TestSource
  beforeAll(async () => {
    platform = await startPlatform({ backend, env: { WORKER_CONCURRENCY: '4', RUNS_PER_SOURCE_HOST: '1' } })
    source = await openDatabase(await platform.postgres.createDatabase())
    await source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items SELECT generate_series(1, 100)')
  })
  afterAll(async () => {
    await source?.end()
    await platform?.stop()
  })

  type Waiting = { jobRun: { status: string; pendingReason: string | null } }
  const look = async (id: string) =>
    (await platform.graphql<Waiting>('query ($id: ID!) { jobRun(id: $id) { status pendingReason } }', { id })).jobRun

  test('one run at a time reads from a server; the next says what it waits for, and starts when the first has ended', async () => {
    const names = ['first', 'second', 'third']
    const connectors = await Promise.all(
      names.map((name) => createConnector(platform, source, { name, streams: [{ name, source: { table: 'public.items' } }] })),
    )
    const release = await source.hold('items')
    const [first = '', ...others] = await Promise.all(connectors.map((connector) => triggerSync(platform, connector)))
    const runs = [first, ...others]
    const statuses = async () => (await Promise.all(runs.map(look))).map(({ status }) => status).toSorted()
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(['PENDING', 'PENDING', 'RUNNING'])
    const host = `${source.url.hostname}:${source.url.port}`
    const reasons = async () => new Set((await Promise.all(runs.map(look))).map(({ pendingReason }) => pendingReason))
    const waitsAt = (position: number) =>
      `1 run reads from ${host}, as many as may at once; position ${position} among those that wait for it.`
    await expect.poll(reasons, { timeout: 15_000 }).toEqual(new Set([null, waitsAt(1), waitsAt(2)]))
    expect(await statuses()).toEqual(['PENDING', 'PENDING', 'RUNNING'])
    await release()
    const ended = await Promise.all(runs.map((id) => untilEnded(platform, id)))
    expect(ended.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED'])
  })
})
