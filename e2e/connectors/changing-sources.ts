/** The databases that keep a changing table, as `entries`. */

import { startMariadb } from '@aiia/testkit/mariadb'
import type { TestPostgres } from '@aiia/testkit/postgres'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { type Entry, versionOf } from './changing-table.ts'

export type ChangingSource = {
  url: URL
  put(entries: readonly Entry[]): Promise<unknown>
  remove(ids: readonly number[]): Promise<unknown>
  stop(): Promise<void>
}

const recordOf = (entry: Entry) => ({
  id: entry.id,
  note: entry.note,
  amount: entry.amount,
  changed_at: entry.changedAt === null ? null : new Date(entry.changedAt).toISOString(),
  version: versionOf(entry),
})

const onPostgres = async (server: TestPostgres): Promise<ChangingSource> => {
  const url = await server.createDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'CREATE TABLE entries (id int PRIMARY KEY, note text, amount numeric(15,2), changed_at timestamptz(3), version bigint)',
  )
  return {
    url: new URL(url),
    put: (entries) =>
      client.query(
        `INSERT INTO entries SELECT * FROM json_populate_recordset(NULL::entries, $1) ON CONFLICT (id) DO UPDATE
         SET note = excluded.note, amount = excluded.amount, changed_at = excluded.changed_at, version = excluded.version`,
        [JSON.stringify(entries.map(recordOf))],
      ),
    remove: (ids) => client.query('DELETE FROM entries WHERE id = ANY ($1)', [ids]),
    stop: () => client.end(),
  }
}

const onMariadb = async (): Promise<ChangingSource> => {
  const server = await startMariadb()
  const owner = await createConnection({ uri: server.url, multipleStatements: true })
  await owner.query(
    `SET time_zone = '+00:00'; CREATE TABLE entries
       (id int PRIMARY KEY, note text, amount decimal(15,2), changed_at timestamp(3) NULL, version bigint) CHARACTER SET utf8mb4`,
  )
  const valuesOf = (entry: Entry) =>
    Object.values(recordOf(entry)).map((value) => (typeof value === 'string' ? value.replace(/(\d)T(.*)Z$/, '$1 $2') : value))
  return {
    url: new URL(server.url),
    put: async (entries) => entries.length > 0 && owner.query('REPLACE INTO entries VALUES ?', [entries.map(valuesOf)]),
    remove: async (ids) => ids.length > 0 && owner.query('DELETE FROM entries WHERE id IN (?)', [ids]),
    stop: async () => {
      await owner.end()
      await server.stop()
    },
  }
}

export const changingSources: readonly { kind: string; start(server: TestPostgres): Promise<ChangingSource> }[] = [
  { kind: 'postgres', start: onPostgres },
  { kind: 'mysql', start: onMariadb },
]
