/** The kind `postgres`: one read-only transaction a session, so that all streams of a run show the same moment. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, ConnectorDriver, ExtractRequest, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { type CopyPiece, copyOut } from '@aiia/pg-copy/copy-out'
import pg from 'pg'
import { type DatabaseStreamSource, streamSourceSchema } from '../sql-database/settings.ts'
import { wantedOf } from '../sql-database/wanted-columns.ts'
import { connect, type PostgresSession } from './connect.ts'
import { describeSource, type PostgresShape, statementOf } from './describe.ts'
import { discoverStreams } from './discover.ts'
import { toConnectError, toQueryError } from './errors.ts'
import { findBound, within } from './key-range.ts'
import { inPart, partsFor, readersFor, sizeOf } from './parts.ts'
import { copyInParallel } from './readers.ts'
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
  let snapshot: string | null | undefined
  const copy = async function* (stream: string, shape: PostgresShape, request: ExtractRequest): AsyncGenerator<CopyPiece, void, void> {
    const { range, since, parallel } = request
    // Without a condition the whole table is read, by its pages.
    const oid = range === null && since === null && snapshot != null && parallel !== 1 ? shape.oid : null
    const size = oid === null ? null : await sizeOf(client, oid)
    const count = size === null ? 1 : readersFor(size, parallel)
    if ((parallel ?? 1) > 1 && size === null) access.log('WARN', `Stream "${stream}" is read by one session: ${whyAlone(request)}.`)
    if (size === null || snapshot == null || count === 1) {
      yield* copyOut(client, copyOf(shape, request, within(shape, range, since)))
      return
    }
    const copies = partsFor(size, count).map((part) => copyOf(shape, request, ` WHERE ${inPart(part)}`))
    yield* copyInParallel({ access, first: client, snapshot, stream, count }, copies)
  }
  try {
    await client.query(begin)
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
        // Only once, and before anything was read: where it is refused, the transaction begins anew.
        if (snapshot === undefined) snapshot = await exportSnapshot(client)
        const shape = await insideSavepoint(client, () => describeSource(client, source))
        shapes.set(stream.name, shape)
        const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
        const { primaryKey, expectedRows } = shape
        return { columns, primaryKey, hasRanges: primaryKey.length > 0, expectedRows }
      } catch (error) {
        throw translate(error, stream, 'DISCOVER')
      }
    },
    extract: async function* (stream, _shape, request) {
      const { columns, rows } = request
      try {
        const pieces = copy(stream.name, shapeOf(stream), request)
        yield* rows === null ? pieces : writeRows(pieces, columns.length, rows)
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

const begin = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY'

/**
 * What the first statement of the transaction sees, all others do.
 *
 * @returns the name by which other sessions see the same; null where the server has none to give
 */
const exportSnapshot = async (client: pg.Client): Promise<string | null> => {
  try {
    const { rows } = await client.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
    return rows[0]?.snapshot ?? null
  } catch (error) {
    // Where the connection is gone, this says so.
    await client.query('ROLLBACK').catch(() => Promise.reject(error))
    await client.query(begin)
    return null
  }
}

const whyAlone = ({ range, since }: ExtractRequest): string => {
  if (range !== null) return 'it is read in chunks'
  return since === null ? 'it is no table whose pages can be shared out, or was never analyzed' : 'only what is new is read'
}

const copyOf = ({ columns: known, from }: PostgresShape, { columns }: ExtractRequest, where: string): string => {
  const read = wantedOf(known, columns).map(({ expression, name, type }, at) =>
    columns[at]?.as === 'text' ? `${pg.escapeIdentifier(name)}::${type}::text` : expression,
  )
  return `COPY (SELECT ${read.join(', ')} FROM ${from}${where}) TO STDOUT (FORMAT binary)`
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
