import { startMariadb, type TestMariadb } from '@aiia/testkit/mariadb'
import { type Platform, startPlatform } from '@aiia/testkit/platform'
import mysql, { type Connection } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, readLog, sync, triggerSync, untilEnded, watchRun } from './source.ts'

let platform: Platform
let server: TestMariadb
let owner: Connection
let destination: pg.Client
beforeAll(async () => {
  ;[platform, server] = await Promise.all([startPlatform({ backend: 'postgres' }), startMariadb()])
  owner = await mysql.createConnection({ uri: server.url, multipleStatements: true })
  destination = new pg.Client({ connectionString: platform.databaseUrl })
  await destination.connect()
})
afterAll(async () => {
  await destination?.end()
  await owner?.end()
  await server?.stop()
  await platform?.stop()
})

const connect = (name: string, source: object, options: { password?: string } = {}) =>
  createConnector(platform, { url: new URL(server.url) }, { name, kind: 'mysql', streams: [{ name, source }], ...options })

const whole = `concat_ws('|', id, amount, coalesce(note, '-'), day)`

test('a table of MariaDB arrives, and the next sync makes the destination its image again', async () => {
  await owner.query(`
    CREATE TABLE invoices (id int unsigned PRIMARY KEY, amount decimal(15,2) NOT NULL, note varchar(90), day date NOT NULL);
    INSERT INTO invoices SELECT seq, seq * 1.37, IF(seq % 7 = 0, NULL, CONCAT('Nöte ', seq)), '2026-01-01' + INTERVAL seq % 365 DAY FROM seq_1_to_50000;
    SET group_concat_max_len = 100000000`)
  const same = async () => {
    const [theirs] = await owner.query(`SELECT count(*) AS n, md5(group_concat(${whole} ORDER BY id SEPARATOR '')) AS digest FROM invoices`)
    const { rows } = await destination.query(
      `SELECT count(*)::int AS n, md5(string_agg(${whole}, '' ORDER BY id)) AS digest FROM destination.invoices`,
    )
    expect(rows).toEqual(theirs)
  }
  const connector = await connect('invoices', { table: 'invoices' })
  const first = await sync(platform, connector)
  expect(first).toMatchObject({ status: 'COMPLETED', counts: { read: 50_000, inserted: 50_000, rejected: 0 } })
  await same()
  await owner.query(`
    DELETE FROM invoices WHERE id <= 10; UPDATE invoices SET amount = amount + 0.01 WHERE id BETWEEN 11 AND 30;
    INSERT INTO invoices VALUES (4000000000, 0.10, 'last', '2026-12-31')`)
  const second = await sync(platform, connector)
  expect(second).toMatchObject({
    status: 'COMPLETED',
    counts: { read: 49_991, inserted: 1, updated: 20, deleted: 10, unchanged: 49_970 },
  })
  await same()
})

test('a run that is cancelled leaves no query at the source', async () => {
  const connector = await connect('endless', { sql: 'select seq, sleep(0.001) as pause from seq_1_to_99999999' })
  const id = await triggerSync(platform, connector)
  let asked = false
  let status = ''
  for await (const run of watchRun(platform, id)) {
    status = run.status
    if (run.counts.read === 0 || asked) continue
    asked = true
    await platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id })
  }
  expect(status).toBe('CANCELLED')
  const running = async () => {
    const [rows] = await owner.query(
      `SELECT id FROM information_schema.processlist WHERE info LIKE '%seq_1_to_99999999%' AND id <> connection_id()`,
    )
    return (rows as unknown[]).length
  }
  while ((await running()) > 0);
})

test('a failure is explained, whoever reads it', async () => {
  const connector = await connect('refused', { table: 'invoices' }, { password: 'wrong' })
  const run = await untilEnded(platform, await triggerSync(platform, connector))
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'INVALID_CREDENTIALS', message: expect.stringContaining('owner') } })
  expect((await readLog(platform, run.id)).map(({ text }) => text).join('\n')).toContain("Access denied for user 'owner'")
})
