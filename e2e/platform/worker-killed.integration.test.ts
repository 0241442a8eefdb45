import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, type TestSource, triggerSync, watchRun } from './source.ts'

/** `npm test` tries it a few times; KILLS=10 is the figure of a release. */
const kills = Number(process.env.KILLS || 2)

let platform: Platform
let source: TestSource
let destination: TestSource
beforeAll(async () => {
  platform = await startPlatform({ backend: 'postgres' })
  source = await openDatabase(await platform.postgres.createDatabase())
  destination = await openDatabase(platform.destinationUrl)
  await source.query(`CREATE TABLE items AS SELECT i AS id, repeat(md5(i::text), 4) AS words FROM generate_series(1, 1000000) i`)
  await source.query('ALTER TABLE items ADD PRIMARY KEY (id)')
})
afterAll(async () => {
  await source?.end()
  await destination?.end()
  await platform?.stop()
})

test(`kill -9 of the worker in mid-extract, ${kills} times: a new attempt ends it, nothing is doubled`, {
  timeout: kills * 60_000,
}, async () => {
  const connector = await createConnector(platform, source, {
    name: 'Items',
    streams: [{ name: 'items', source: { table: 'public.items' } }],
  })
  for (let kill = 0; kill < kills; kill += 1) {
    await source.query(`UPDATE items SET words = words || 'x' WHERE id % 1000 = $1`, [kill])
    const id = await triggerSync(platform, connector)
    let killed = false
    let attempts = 0
    let status = ''
    for await (const run of watchRun(platform, id)) {
      attempts = run.attempt
      status = run.status
      if (killed || run.status !== 'RUNNING' || run.counts.read === 0) continue
      killed = true
      await platform.processes.worker.kill('SIGKILL')
      await platform.processes.worker.restart()
    }
    const log = await readLog(platform, id)
    expect({ killed, attempts, status }, log.map(({ text }) => text).join('\n')).toEqual({ killed: true, attempts: 2, status: 'COMPLETED' })
    expect(await destination.checksum('destination.items')).toBe(await source.checksum('items'))
    const seqs = log.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    expect(
      await destination.query(
        `SELECT tablename FROM pg_tables WHERE schemaname = 'destination_staging' AND tablename NOT IN ('ledger', 'checkpoints', 'stream_states')`,
      ),
    ).toEqual([])
  }
})
