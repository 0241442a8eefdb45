/** The platform's own database: the one that the user named, else the embedded one. */

import { migrate } from '@aiia/prisma/migrate'
import pg from 'pg'
import { errorCode } from '../error-code.ts'
import { StartError } from '../start-error.ts'
import type { EmbeddedServer } from './embedded-server.ts'

const name = 'aiia'

/** @returns the address of the database, which is made where it is missing, for a role that owns it and no more */
export const ensurePlatformDatabase = async (server: EmbeddedServer): Promise<string> => {
  const client = new pg.Client({ connectionString: server.adminUrl('postgres') })
  // A stop ends the server under us: the query that waits for it says so.
  client.on('error', () => {})
  await client.connect()
  try {
    const password = client.escapeLiteral(server.password(name))
    const { rowCount: role } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
    await client.query(`${role ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN PASSWORD ${password}`)
    const { rowCount: database } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!database) await client.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`)
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
  } finally {
    await client.end()
  }
  return server.url(name, name)
}

/** @throws StartError where the database cannot be reached or migrated */
export const migratePlatformDatabase = async (databaseUrl: string): Promise<void> => {
  try {
    await migrate(databaseUrl)
  } catch (error) {
    const { hostname, port } = new URL(databaseUrl)
    const what = `The database at ${hostname}:${port || 5432} (DATABASE_URL)`
    const code = errorCode(error)
    if (code === undefined) throw new StartError(`${what} cannot be brought up to date. ${messageOf(error)}`)
    throw new StartError(`${what} cannot be used: ${messageOf(error)} (${code}).`)
  }
}

const messageOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error instanceof Error ? error.message : String(error)
