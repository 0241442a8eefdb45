/** The kind `mysql`: one read-only snapshot a session, so that all streams of a run show the same moment. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, ConnectorDriver, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { type Encoder, encoderOf } from '@aiia/pg-copy/text-encoders'
import { streamSourceSchema } from '../sql-database/settings.ts'
import { connect, type MysqlSession } from './connect.ts'
import { describeSource, discoverStreams, type MysqlShape } from './describe.ts'
import { toConnectError, toQueryError } from './errors.ts'
import { readRows, UnreadableValueError } from './row-stream.ts'

const open = async (access: SourceAccess): Promise<Source> => {
  const session = await connect(access)
  const { connection, query, settings, kill, close } = session
  const shapes = new Map<string, MysqlShape>()
  const translate = (error: unknown, stream: StreamConfiguration, step: string): Error => {
    const source = streamSourceSchema.safeParse(stream.source).data
    const own = source !== undefined && 'sql' in source ? { sql: source.sql } : {}
    return toQueryError(error, { settings, place: { step, stream: stream.name }, what: `stream "${stream.name}"`, ...own })
  }
  try {
    await query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
  } catch (error) {
    await close()
    throw toConnectError(error, settings, access.connectTimeoutMs)
  }
  return {
    describe: async (stream): Promise<StreamShape> => {
      try {
        const shape = await describeSource(session, streamSourceSchema.parse(stream.source))
        shapes.set(stream.name, shape)
        const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
        return { columns, primaryKey: shape.primaryKey, expectedRows: shape.expectedRows }
      } catch (error) {
        throw translate(error, stream, 'DISCOVER')
      }
    },
    extract: async function* (stream) {
      const shape = shapes.get(stream.name)
      if (shape === undefined) throw new Error(`Stream "${stream.name}" was not described.`)
      const zeros = new Map<string, number>()
      const encoders = shape.columns.map(({ name, type }) => zeroDatesAsNull(type, () => zeros.set(name, (zeros.get(name) ?? 0) + 1)))
      const sql = `SELECT ${shape.columns.map(({ expression }) => expression).join(', ')} FROM ${shape.from}`
      let ended = false
      try {
        yield* readRows(connection, sql, encoders)
        ended = true
      } catch (error) {
        // What the server has ended itself leaves the session usable.
        ended = !(error instanceof UnreadableValueError)
        throw error instanceof UnreadableValueError ? refusal(error, stream, shape) : translate(error, stream, 'EXTRACT')
      } finally {
        if (!ended) await kill()
      }
      for (const [name, count] of zeros)
        access.log(
          'WARN',
          `Stream "${stream.name}": ${count.toLocaleString('en')} values of column "${name}" are dates that do not exist, such as 0000-00-00; they arrive as NULL.`,
        )
    },
    close,
  }
}

const refusal = ({ column, row, rule }: UnreadableValueError, { name }: StreamConfiguration, { columns }: MysqlShape): SyncError =>
  new SyncError(
    'ROWS_REJECTED',
    `Row ${row.toLocaleString('en')} of stream "${name}" cannot be stored: the value of column "${columns[column]?.name}" ${rule}.`,
    { place: { step: 'EXTRACT', stream: name } },
  )

/** MySQL may hold dates without a day, a month or both, where others have none at all. */
const zeroDatesAsNull = (type: string, found: () => void): Encoder => {
  const encode = encoderOf(type)
  if (!/^(date|timestamp)/.test(type)) return encode
  return (source, from, to, out) => {
    // `2026-00-00`: the month or the day is zero.
    const isZero = (at: number): boolean => source[at] === 0x30 && source[at + 1] === 0x30
    if (isZero(from + 5) || isZero(from + 8)) {
      found()
      out.writeNull()
    } else encode(source, from, to, out)
  }
}

const test = async (access: SourceAccess): Promise<ConnectionReport> => {
  const started = performance.now()
  return withSession(access, async ({ query, serverVersion }) => {
    const latencyMs = Math.round(performance.now() - started)
    const grants = await query<Record<string, string>>('SHOW GRANTS')
    const writes = grants.flatMap(Object.values).some((grant) => /^GRANT (ALL PRIVILEGES|.*\b(INSERT|UPDATE|DELETE|SUPER)\b)/.test(grant))
    const warnings = writes ? ['This user may write at the source. Use one that may only read what is synced.'] : []
    return { latencyMs, serverVersion, warnings }
  })
}

const withSession = async <T>(access: SourceAccess, work: (session: MysqlSession) => Promise<T>): Promise<T> => {
  const session = await connect(access)
  try {
    return await work(session)
  } catch (error) {
    throw toQueryError(error, { settings: session.settings, place: { step: 'DISCOVER' }, what: 'the catalogue' })
  } finally {
    await session.close()
  }
}

export const mysqlDriver: ConnectorDriver = { kind: 'mysql', test, discover: (access) => withSession(access, discoverStreams), open }
