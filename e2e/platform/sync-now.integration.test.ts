import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyType } from './every-type.ts'
import {
  createConnector,
  openDatabase,
  type Run,
  readLog,
  runFields,
  sync,
  type TestSource,
  triggerSync,
  untilEnded,
  watchRun,
} from './source.ts'

const lineForm = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (DEBUG|INFO|WARN|ERROR|FATAL): \S/

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let platform: Platform
  let source: TestSource
  let destination: TestSource
  beforeAll(async () => {
    platform = await startPlatform({ backend })
    source = await openDatabase(await platform.postgres.createDatabase())
    destination = await openDatabase(platform.destinationUrl)
    await source.query(everyType)
    await source.query(`CREATE TABLE items AS SELECT i AS id, 'Item ' || i AS name, i / 7.0 AS price FROM generate_series(1, 400000) i`)
    await source.query('ALTER TABLE items ADD PRIMARY KEY (id)')
  })
  afterAll(async () => {
    await source?.end()
    await destination?.end()
    await platform?.stop()
  })

  test('a click is watched from Pending to Completed, and the records are there', async () => {
    const connector = await createConnector(platform, source, {
      name: 'Items',
      streams: [{ name: 'items', source: { table: 'public.items' } }],
    })
    const states: Run[] = []
    for await (const run of watchRun(platform, await triggerSync(platform, connector))) states.push(run)
    const last = states.at(-1)
    expect(last).toMatchObject({
      status: 'COMPLETED',
      failure: null,
      counts: { read: 400_000, inserted: 400_000, ingested: 400_000, rejected: 0 },
    })
    // Revisions only grow, and so do the counts.
    expect(states.map(({ revision }) => revision)).toEqual(states.map(({ revision }) => revision).toSorted((a, b) => a - b))
    expect(states.map(({ counts }) => counts.read)).toEqual(states.map(({ counts }) => counts.read).toSorted((a, b) => a - b))
    expect(states.map(({ status }) => status)).toContain('RUNNING')
    expect(await destination.checksum('destination.items')).toBe(await source.checksum('items'))
  })

  test('the log is whole, in order, in the form of the document, and the same live and stored', async () => {
    const connector = await createConnector(platform, source, {
      name: 'Logged',
      streams: [{ name: 'logged', source: { sql: 'select id, name from items where id <= 5000;' }, primaryKey: ['id'] }],
    })
    const id = await triggerSync(platform, connector)
    const live: { seq: number; text: string }[] = []
    const batches = platform.subscribe<{ jobRunLogs: { lines: { seq: number; text: string }[] } }>(
      'subscription ($id: ID!) { jobRunLogs(id: $id) { lines { seq text } } }',
      { id },
    )
    for await (const { jobRunLogs } of batches) live.push(...jobRunLogs.lines)
    const { number, lastLogSeq, status } = await untilEnded(platform, id)
    const stored = await readLog(platform, id)
    expect(status).toBe('COMPLETED')
    expect(live.map(({ text }) => text)).toEqual(stored.map(({ text }) => text))
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: lastLogSeq }, (_, index) => index + 1))
    for (const { text } of stored) expect(text).toMatch(lineForm)
    expect(stored[0]?.text).toContain(`INFO: Starting data refresh job run #${number} (Logged)`)
    expect(stored[1]?.text).toContain(`INFO: Connecting to postgresql://${source.url.username}@${source.url.host}${source.url.pathname}...`)
  })

  test('every supported type with its extreme values arrives as it was', async () => {
    const connector = await createConnector(platform, source, {
      name: 'Types',
      streams: [{ name: 'every_type', source: { table: 'public.every_type' } }],
    })
    expect(await sync(platform, connector)).toMatchObject({ status: 'COMPLETED', counts: { inserted: 4 } })
    expect(await destination.checksum('destination.every_type')).toBe(await source.checksum('every_type'))
    expect(await sync(platform, connector)).toMatchObject({
      status: 'COMPLETED',
      counts: { inserted: 0, updated: 0, unchanged: 4, deleted: 0 },
    })
  })

  test('a refresh counts what changed and leaves the rest untouched', async () => {
    await source.query('CREATE TABLE vendors (id int PRIMARY KEY, name text)')
    await source.query(`INSERT INTO vendors SELECT i, 'V' || i FROM generate_series(1, 1000) i`)
    const connector = await createConnector(platform, source, {
      name: 'Vendors',
      streams: [{ name: 'vendors', source: { table: 'public.vendors' } }],
    })
    await sync(platform, connector)
    const versions = () => destination.query(`SELECT id, xmin::text FROM destination.vendors WHERE id BETWEEN 100 AND 900 ORDER BY id`)
    const before = await versions()
    await source.query(`UPDATE vendors SET name = 'changed' WHERE id <= 10`)
    await source.query('DELETE FROM vendors WHERE id > 995')
    await source.query(`INSERT INTO vendors VALUES (2001, 'new'), (2002, NULL)`)
    const { counts } = await sync(platform, connector)
    expect(counts).toMatchObject({ read: 997, inserted: 2, updated: 10, unchanged: 985, deleted: 5, ingested: 997 })
    expect(await versions()).toEqual(before)
    expect(await destination.checksum('destination.vendors')).toBe(await source.checksum('vendors'))
  })

  test('names that need quoting, an empty table and a stream without a key work', async () => {
    await source.query(
      `CREATE SCHEMA "Größe ""x"""; CREATE TABLE "Größe ""x"""."select Üms" ("Order" int PRIMARY KEY, "a ""b"" c" text, "from" date)`,
    )
    await source.query('CREATE TABLE no_key (a int, b text)')
    const connector = await createConnector(platform, source, {
      name: 'Odd names',
      streams: [
        { name: 'select Üms', source: { table: '"Größe ""x"""."select Üms"' }, destinationTable: 'Order "by" ü' },
        { name: 'no_key', source: { table: 'no_key' } },
      ],
    })
    expect(await sync(platform, connector)).toMatchObject({ status: 'COMPLETED', counts: { read: 0, ingested: 0 } })
    await source.query(`INSERT INTO "Größe ""x"""."select Üms" VALUES (1, 'x', '2026-01-01'); INSERT INTO no_key VALUES (1, 'x'), (1, 'x')`)
    expect(await sync(platform, connector)).toMatchObject({ status: 'COMPLETED', counts: { read: 3, inserted: 3 } })
    await source.query('DELETE FROM no_key; INSERT INTO no_key VALUES (2, NULL)')
    expect(await sync(platform, connector)).toMatchObject({
      status: 'COMPLETED',
      counts: { read: 2, inserted: 1, unchanged: 1, deleted: 2 },
    })
    expect(await destination.checksum('destination."Order ""by"" ü"')).toBe(await source.checksum('"Größe ""x"""."select Üms"'))
    expect(await destination.checksum('destination.no_key')).toBe(await source.checksum('no_key'))
  })

  test('a second trigger while a run is active is refused and names it; an idempotency key gets the first', async () => {
    const connector = await createConnector(platform, source, {
      name: 'Twice',
      streams: [{ name: 'twice', source: { sql: 'select 1 as id, pg_sleep(30)::text' } }],
    })
    const trigger = 'mutation ($id: ID!, $key: String) { triggerSync(connectorId: $id, idempotencyKey: $key) { id } }'
    const { triggerSync: first } = await platform.graphql<{ triggerSync: { id: string } }>(trigger, { id: connector, key: 'once' })
    expect(await platform.graphql(trigger, { id: connector, key: 'once' })).toEqual({ triggerSync: first })
    await expect(platform.graphql(trigger, { id: connector })).rejects.toMatchObject({
      errors: [{ extensions: { code: 'CONFLICT', jobRunId: first.id } }],
    })
    for await (const run of watchRun(platform, first.id)) {
      if (run.status === 'RUNNING') break
    }
    const { cancelJobRun } = await platform.graphql<{ cancelJobRun: Run }>(
      `mutation ($id: ID!) { cancelJobRun(id: $id) { ${runFields} } }`,
      { id: first.id },
    )
    expect(cancelJobRun.status).toBe('CANCELLED')
    const log = await readLog(platform, first.id)
    expect(log.at(-1)?.text).toMatch(/FATAL: Job aborted with state CANCELLED\.$/)
    await expect
      .poll(() => source.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()`))
      .toEqual([])
  })
})
