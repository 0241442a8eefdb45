import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, type TestSource, triggerSync, watchRun } from './source.ts'

const [rows, chunkRows] = [100_000, 2_000]
/** A piece on the way to the source takes so long, until the test acts: all fifty chunks take some seconds. */
const slowness = 40

// Both at once: each waits for a lease to run out, and for the next attempt.
describe.concurrent.each(['postgres', 'redis'] as const)('on %s, a stream that is read in chunks', { sequential: true }, (backend) => {
  let platform: Platform
  let way: TcpProxy
  let source: TestSource
  let destination: TestSource
  let connector: string
  beforeAll(async () => {
    platform = await startPlatform({ backend })
    source = await openDatabase(await platform.postgres.createDatabase())
    way = await startTcpProxy(platform.postgres.port)
    destination = await openDatabase(platform.destinationUrl)
    await source.query(`CREATE TABLE items AS SELECT i AS id, md5(i::text) AS words FROM generate_series(1, ${rows}) i`)
    await source.query('ALTER TABLE items ADD PRIMARY KEY (id)')
    connector = await createConnector(platform, source, {
      name: 'Items',
      settings: { port: way.port },
      streams: [{ name: 'items', source: { table: 'public.items' }, chunking: { rows: chunkRows } }],
    })
  })
  afterAll(async () => {
    await source?.end()
    await destination?.end()
    await way?.stop()
    await platform?.stop()
  })

  /** Watches a run to its end. @param act is called once, when some chunks are kept */
  const duringExtract = async (act: (id: string) => Promise<unknown>) => {
    way.delay(slowness)
    const id = await triggerSync(platform, connector)
    let acted = false
    let last: { status: string; attempt: number; counts: { read: number } } | undefined
    for await (const run of watchRun(platform, id)) {
      last = run
      if (acted || run.status !== 'RUNNING' || run.counts.read < 5 * chunkRows) continue
      acted = true
      await act(id)
      await way.heal()
    }
    expect(acted).toBe(true)
    return { id, ...last }
  }
  const leftOvers = () =>
    destination.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'destination_staging' AND tablename NOT IN ('ledger', 'checkpoints', 'stream_states')`,
    )
  const text = async (id: string) => (await readLog(platform, id)).map((line) => line.text).join('\n')

  test('goes on behind its last chunk when its worker was killed', async () => {
    const run = await duringExtract(async () => {
      await platform.processes.worker.kill('SIGKILL')
      await platform.processes.worker.restart()
    })
    expect(run).toMatchObject({ status: 'COMPLETED', attempt: 2, counts: { read: rows } })
    const log = await text(run.id)
    const [, kept = ''] = /goes on behind chunk \d+: ([\d,]+) rows were kept by attempt 1/.exec(log) ?? []
    const keptRows = Number(kept.replaceAll(',', ''))
    expect(keptRows, log).toBeGreaterThanOrEqual(4 * chunkRows)
    expect(log).toContain(`${(rows - keptRows).toLocaleString('en-US')} rows (`)
    expect(await destination.checksum('destination.items')).toBe(await source.checksum('items'))
    expect(await leftOvers()).toEqual([])
  })

  test('leaves nothing behind when it is cancelled', async () => {
    await source.query(`UPDATE items SET words = 'x' WHERE id % 1000 = 0`)
    const before = await destination.checksum('destination.items')
    const run = await duringExtract((id) => platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id }))
    expect(run).toMatchObject({ status: 'CANCELLED' })
    await expect.poll(leftOvers, { timeout: 10_000 }).toEqual([])
    expect(await destination.query('SELECT 1 FROM destination_staging.checkpoints')).toEqual([])
    expect(await destination.checksum('destination.items')).toBe(before)
  })
})
