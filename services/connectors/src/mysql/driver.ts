/** The kind `mysql`: one read-only snapshot a session, so that all streams of a run show the same moment. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, ConnectorDriver, Since, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import mysql from 'mysql2'
import { streamSourceSchema } from '../sql-database/settings.ts'
import { wantedOf } from '../sql-database/wanted-columns.ts'
import { connect, type MysqlSession } from './connect.ts'
import { describeSource, discoverStreams, type MysqlShape } from './describe.ts'
import { toConnectError, toQueryError } from './errors.ts'
import { boundQuery, hasKeyRanges, within } from './key-range.ts'
import { type IsAbsent, readRows } from './row-stream.ts'
import { quote } from './table-name.ts'

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
    readsSince: true,
    vouchesForKeys: true,
    describe: async (stream): Promise<StreamShape> => {
      try {
        const shape = await describeSource(session, streamSourceSchema.parse(stream.source))
        shapes.set(stream.name, shape)
        const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
        return { columns, primaryKey: shape.primaryKey, hasRanges: hasKeyRanges(shape), expectedRows: shape.expectedRows }
      } catch (error) {
        throw translate(error, stream, 'DISCOVER')
      }
    },
    extract: async function* (stream, _shape, { columns, rows, range, since }) {
      const shape = shapes.get(stream.name)
      if (shape === undefined || rows === null) throw new Error(`Stream "${stream.name}" was not described, or is not read as text.`)
      const wanted = wantedOf(shape.columns, columns)
      const zeros = new Map<string, number>()
      const absences = wanted.map(({ name, type }) => zeroDates(type, () => zeros.set(name, (zeros.get(name) ?? 0) + 1)))
      const sql = `SELECT ${wanted.map(({ expression }) => expression).join(', ')} FROM ${shape.from}${where([...newer(shape, since), ...within(shape, range)])}`
      let ended = false
      try {
        yield* readRows(connection, sql, { rows, absences })
        ended = true
      } catch (error) {
        // What the server has ended itself leaves the session usable.
        ended = true
        throw translate(error, stream, 'EXTRACT')
      } finally {
        if (!ended) await kill()
      }
      for (const [name, count] of zeros)
        access.log(
          'WARN',
          `Stream "${stream.name}": ${count.toLocaleString('en')} values of column "${name}" are dates that do not exist, such as 0000-00-00; they arrive as NULL.`,
        )
    },
    boundAfter: async (stream, _shape, { after, rows }) => {
      const shape = shapes.get(stream.name)
      if (shape === undefined) throw new Error(`Stream "${stream.name}" was not described.`)
      try {
        const [found] = await query<Record<string, string>>(boundQuery(shape, after, rows))
        return found === undefined ? null : shape.primaryKey.map((_, at) => found[`key${at}`] ?? '')
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    totals: async (stream, _shape, { columns, since }) => {
      const shape = shapes.get(stream.name)
      if (shape === undefined) throw new Error(`Stream "${stream.name}" was not described.`)
      const sums = columns.map((column, at) => `CAST(COALESCE(SUM(${quote(column)}), 0) AS CHAR) AS sum${at}`)
      try {
        const [found] = await query<Record<string, string>>(
          `SELECT ${['CAST(COUNT(*) AS CHAR) AS total', ...sums].join(', ')} FROM ${shape.from}${where(newer(shape, since))}`,
        )
        return { rows: found?.['total'] ?? '0', sums: columns.map((_, at) => found?.[`sum${at}`] ?? '0') }
      } catch (error) {
        throw translate(error, stream, 'EXTRACT')
      }
    },
    close,
  }
}

const where = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`)

/** None for all rows. Times are compared in the session's zone, which is UTC. */
const newer = ({ columns }: MysqlShape, since: Since | null): string[] => {
  if (since === null) return []
  const { column, value, inclusive } = since
  const condition = `${quote(column)} ${inclusive ? '>=' : '>'} ${mysql.escape(value.replace(/[+]00$/, ''))}`
  const nullable = columns.some(({ name, nullable: may }) => name === column && may)
  return [nullable && inclusive ? `(${condition} OR ${quote(column)} IS NULL)` : condition]
}

/** MySQL may hold dates without a day, a month or both, where others have none at all. */
const zeroDates = (type: string, found: () => void): IsAbsent | null => {
  if (!/^(date|timestamp)/.test(type)) return null
  return (source, from) => {
    // `2026-00-00`: the month or the day is zero.
    const isZero = (at: number): boolean => source[at] === 0x30 && source[at + 1] === 0x30
    if (!isZero(from + 5) && !isZero(from + 8)) return false
    found()
    return true
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
