/**
 * Applies the migrations at start-up, over plain SQL, so that no engine has to be downloaded. It keeps Prisma's own
 * `_prisma_migrations` table, so `prisma migrate status`, `deploy` and `dev` agree with what it did.
 */

import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, '..', 'migrations')
// Any number that nobody else takes an advisory lock on.
const lock = 7_241_946_001

const createTable = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

type Row = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null }

/**
 * Brings the database to this version's schema; safe to call from any number of processes at once.
 *
 * @returns the names of the migrations that this call applied
 * @throws where an earlier migration stopped half-way, or an applied one was edited since
 */
export const migrate = async (databaseUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A server that goes away is told by the query that waits for it, and must not end the process besides.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lock])
    await client.query(createTable)
    const { rows } = await client.query<Row>(
      'SELECT migration_name, checksum, finished_at, rolled_back_at FROM public._prisma_migrations WHERE rolled_back_at IS NULL',
    )
    const known = new Map(rows.map((row) => [row.migration_name, row]))
    const applied: string[] = []
    for (const { name, sql, checksum } of await readMigrations()) {
      const row = known.get(name)
      if (row === undefined) {
        await apply(client, name, sql, checksum)
        applied.push(name)
      } else if (row.finished_at === null) {
        throw new Error(`Migration ${name} stopped half-way. Repair the database, then mark it with "prisma migrate resolve".`)
      } else if (row.checksum !== checksum) {
        throw new Error(`Migration ${name} was edited after it was applied. Restore its file; changes go into a new migration.`)
      }
    }
    return applied
  } finally {
    // Ending the session also gives the advisory lock back.
    await client.end()
  }
}

const readMigrations = async () => {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** In one transaction with its record: a crash leaves a migration either done or not begun. */
const apply = async (client: pg.Client, name: string, sql: string, checksum: string): Promise<void> => {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`Migration ${name} failed and was rolled back: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
