/** The kind `postgres`: one read-only transaction a session, so that all streams of a run show the same moment. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, ConnectorDriver, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { copyOut } from '@aiia/pg-copy/copy-out'
import pg from 'pg'
import { type DatabaseStreamSource, streamSourceSchema } from '../sql-database/settings.ts'
import { wantedOf } from '../sql-database/wanted-columns.ts'
import { connect, type PostgresSession } from './connect.ts'
import { describeSource, type PostgresShape, statementOf } from './describe.ts'
import { discoverStreams } from './discover.ts'
import { toConnectError, toQueryError } from './errors.ts'
import { findBound, within } from './key-range.ts'
import { writeRows } from './tuples.ts'

const open = async (access: SourceAccess): Promise<Source> => {
  const session = await connect(access)
  const { client, settings, close } = session
  const shapes = new Map<string, PostgresShape>()
  const translate = (error: unknown, stream: StreamConfiguration, step: string): Error => {
    const source = streamSourceSchema.safeParse(stream.source).data
    const own = source !== undefined && 'sql' in source ? { sql: statementOf(source.sql) } : {}
    return toQueryError(error, {
      settings,
      place: { step, stream: stream.name },
      what: `stream "${stream.name}"`,
      ...own,
    })
  }
  const shapeOf = ({ name }: StreamConfiguration): PostgresShape => {
    const shape = shapes.get(name)
    if (shape === undefined) throw new Error(`Stream "${name}" was not described.`)
    return shape
  }
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    await close()
    throw toConnectError(error, settings, access.connectTimeoutMs)
  }
  return {
    copiesBinary: true,
    readsSince: true,
    vouchesForKeys: true,
    describe: async (stream): Promise<StreamShape> => {
      const source: DatabaseStreamSource = streamSourceSchema.parse(stream.source)
      try {
        const shape = await insideSavepoint(client, () => describeSource(client, source))
        shapes.set(stream.name, shape)
        const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
        return { columns, primaryKey: shape.primaryKey, expectedRows: shape.expectedRows }
      } catch (error) {
        throw translate(error, stream, 'DISCOVER')
      }
    },
    extract: async function* (stream, _shape, { columns, rows, range, since }) {
      const shape = shapeOf(stream)
      const read = wantedOf(shape.columns, columns).map(({ expression, name, type }, at) =>
        columns[at]?.as === 'text' ? `${pg.escapeIdentifier(name)}::${type}::text` : expression,
      )
      const sql = `COPY (SELECT ${read.join(', ')} FROM ${shape.from}${within(shape, range, since)}) TO STDOUT (FORMAT binary)`
      try {
        yield* rows === null ? copyOut(client, sql) : writeRows(copyOut(client, sql), columns.length, rows)
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    boundAfter: async (stream, _shape, { after, rows }) => {
      try {
        return await findBound(client, shapeOf(stream), after, rows)
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    totals: async (stream, _shape, { columns, since }) => {
      const shape = shapeOf(stream)
      const sums = columns.map((column) => `coalesce(sum(${pg.escapeIdentifier(column)}), 0)::text`)
      try {
        const { rows } = await client.query<{ rows: string; sums: string[] }>(
          `SELECT count(*)::text AS rows, ARRAY[${sums.join(', ')}]::text[] AS sums FROM ${shape.from}${within(shape, null, since)}`,
        )
        return rows[0] ?? { rows: '0', sums: [] }
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    close,
  }
}

/** What is refused leaves the transaction as it was, for the streams that follow. */
const insideSavepoint = async <T>(client: pg.Client, work: () => Promise<T>): Promise<T> => {
  await client.query('SAVEPOINT look')
  try {
    const result = await work()
    await client.query('RELEASE look')
    return result
  } catch (error) {
    // Where the connection is gone, the first error says so.
    await client.query('ROLLBACK TO look; RELEASE look').catch(() => {})
    throw error
  }
}

const test = async (access: SourceAccess): Promise<ConnectionReport> => {
  const started = performance.now()
  return withSession(access, async ({ client, serverVersion }) => {
    const latencyMs = Math.round(performance.now() - started)
    const { rows } = await client.query<{ superuser: boolean }>('SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user')
    const warnings = rows[0]?.superuser ? ['This user is a superuser of the source. Use a role that may only read what is synced.'] : []
    return { latencyMs, serverVersion, warnings }
  })
}

const withSession = async <T>(access: SourceAccess, work: (session: PostgresSession) => Promise<T>): Promise<T> => {
  const session = await connect(access)
  try {
    return await work(session)
  } catch (error) {
    throw toQueryError(error, {
      settings: session.settings,
      place: { step: 'DISCOVER' },
      what: 'the catalogue',
    })
  } finally {
    await session.close()
  }
}

export const postgresDriver: ConnectorDriver = {
  kind: 'postgres',
  test,
  discover: (access) => withSession(access, ({ client }) => discoverStreams(client)),
  open,
}
