import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, readLog, type TestSource, triggerSync, untilEnded, watchRun } from './source.ts'

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let platform: Platform
  let source: TestSource
  let destination: TestSource
  beforeAll(async () => {
    platform = await startPlatform({ backend })
    source = await openDatabase(await platform.postgres.createDatabase())
    destination = await openDatabase(platform.destinationUrl)
    await source.query(
      `CREATE TABLE items (id int PRIMARY KEY, version int); INSERT INTO items SELECT i, 0 FROM generate_series(1, 20000) i`,
    )
  })
  afterAll(async () => {
    await source?.end()
    await destination?.end()
    await platform?.stop()
  })

  const cancel = (id: string) =>
    platform.graphql<{ cancelJobRun: { status: string } }>('mutation ($id: ID!) { cancelJobRun(id: $id) { id status } }', { id })
  const connect = (name: string) => createConnector(platform, source, { name, streams: [{ name, source: { table: 'public.items' } }] })

  test('a run that waits for a worker is cancelled, and does not start when one comes', async () => {
    const connector = await connect('waiting')
    await platform.processes.worker.kill('SIGTERM')
    const id = await triggerSync(platform, connector)
    expect(await cancel(id)).toMatchObject({ cancelJobRun: { status: 'CANCELLED' } })
    await platform.processes.worker.restart()
    const next = await triggerSync(platform, connector)
    expect(await untilEnded(platform, next)).toMatchObject({ status: 'COMPLETED' })
    expect(await untilEnded(platform, id)).toMatchObject({ status: 'CANCELLED', counts: { read: 0 } })
  })

  test('a run that was cancelled once cannot be cancelled again, and a retry is a new run linked to it', async () => {
    const connector = await connect('twice')
    const release = await source.hold('items')
    const id = await triggerSync(platform, connector)
    for await (const run of watchRun(platform, id)) if (run.status === 'RUNNING') await cancel(id).catch(() => {})
    await release()
    await expect(cancel(id)).rejects.toMatchObject({ errors: [{ extensions: { code: 'CONFLICT' } }] })
    const { retryJobRun } = await platform.graphql<{ retryJobRun: { id: string; trigger: string; retryOf: { id: string } } }>(
      'mutation ($id: ID!) { retryJobRun(id: $id) { id trigger retryOf { id } } }',
      { id },
    )
    expect(retryJobRun).toMatchObject({ trigger: 'RETRY', retryOf: { id } })
    expect(await untilEnded(platform, retryJobRun.id)).toMatchObject({ status: 'COMPLETED' })
  })

  test('a cancel that meets the commit yields one truth, and the log tells which', async () => {
    const connector = await connect('raced')
    await untilEnded(platform, await triggerSync(platform, connector))
    const seen = new Set<string>()
    for (let version = 1; version <= 10; version += 1) {
      await source.query('UPDATE items SET version = $1', [version])
      const id = await triggerSync(platform, connector)
      for await (const run of watchRun(platform, id)) {
        // Later in each try: from the first rows to the end of the run.
        const late = run.counts.read === 20_000 && run.revision % 10 >= version % 3
        if (run.status === 'RUNNING' && late) await cancel(id).catch(() => {})
      }
      const run = await untilEnded(platform, id)
      const [stored] = await destination.query<{ version: number }>('SELECT max(version) AS version FROM destination.raced')
      const committed = stored?.version === version
      const log = (await readLog(platform, id)).map(({ text }) => text).join('\n')
      seen.add(`${run.status} ${committed}`)
      if (run.status === 'COMPLETED') expect(committed).toBe(true)
      else if (committed) expect(log).toContain('Committed before: "raced".')
      else expect(log).toContain('No records of this run were committed.')
    }
    for (const truth of seen) expect(['COMPLETED true', 'CANCELLED true', 'CANCELLED false']).toContain(truth)
  })
})
