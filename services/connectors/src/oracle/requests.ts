/** Calls on one connection, which does one at a time and is idle between two batches of rows. */

import { setTimeout as wait } from 'node:timers/promises'
import type { Connection, DbType, FetchTypeResponse, StatementInfo } from 'oracledb'
import type { ValueRow } from '../sql-database/rows-as-text.ts'
import type { Oracledb } from './transport.ts'

/** A column of a result. */
export type Field = NonNullable<StatementInfo['metaData']>[number]

export type Requests = {
  /** Rows by the names of their columns; for the catalogue. */
  query<T>(sql: string): Promise<T[]>
  /** The columns of a query, which is not run. */
  parse(sql: string): Promise<Field[]>
  /** Batches of rows on demand. Leaving the iteration early closes the cursor. */
  read(sql: string): AsyncGenerator<readonly ValueRow[], void, void>
  /** Ends the call under way at the server; the connection as well, when the server does not say that it did. */
  interrupt(): Promise<void>
}

/** Rows of one answer; large objects come whole, so there are few rows of them. */
const [rowsAtOnce, objectsAtOnce] = [500, 8]

/** The server ends a call as soon as it hears of it. */
const patienceMs = 1_000

type Driver = { oracledb: Oracledb; connection: Connection; destroy: () => void }

export const requestsOn = ({ oracledb, connection, destroy }: Driver): Requests => {
  let current: Promise<unknown> | undefined
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    const own = work()
    current = own
    try {
      return await own
    } finally {
      current = undefined
    }
  }
  const large = new Set<DbType>([
    oracledb.DB_TYPE_CLOB,
    oracledb.DB_TYPE_NCLOB,
    oracledb.DB_TYPE_BLOB,
    oracledb.DB_TYPE_LONG,
    oracledb.DB_TYPE_LONG_RAW,
  ])
  // Everything arrives with all its digits, and large objects as what is in them.
  const fetchTypeHandler = ({ dbType }: Pick<Field, 'dbType'>): FetchTypeResponse | undefined => {
    if (dbType === oracledb.DB_TYPE_NUMBER || dbType === oracledb.DB_TYPE_CLOB || dbType === oracledb.DB_TYPE_NCLOB)
      return { type: oracledb.STRING }
    return dbType === oracledb.DB_TYPE_BLOB ? { type: oracledb.BUFFER } : undefined
  }
  return {
    query: async <T>(sql: string): Promise<T[]> => {
      const { rows } = await call(() => connection.execute<T>(sql, [], { outFormat: oracledb.OUT_FORMAT_OBJECT }))
      return rows ?? []
    },
    parse: async (sql) => {
      const { metaData } = await call(() => connection.getStatementInfo(sql))
      return metaData ?? []
    },
    read: async function* (sql) {
      const options = { resultSet: true as const, outFormat: oracledb.OUT_FORMAT_ARRAY, fetchArraySize: rowsAtOnce, fetchTypeHandler }
      const { resultSet } = await call(() => connection.execute<unknown[]>(sql, [], options))
      if (resultSet === undefined) throw new Error('The driver gave no result set.')
      const most = resultSet.metaData.some(({ dbType }) => dbType !== undefined && large.has(dbType)) ? objectsAtOnce : rowsAtOnce
      try {
        for (;;) {
          const rows = await call(() => resultSet.getRows(most))
          if (rows.length === 0) return
          yield rows
        }
      } finally {
        // Of a connection that is gone, what was before says so.
        await call(() => resultSet.close()).catch(() => {})
      }
    },
    interrupt: async () => {
      const own = current
      // Nothing runs at the server between two batches.
      if (own === undefined) return
      const ended = own.then(
        () => false,
        () => false,
      )
      await connection.break().catch(() => {})
      if (await Promise.race([ended, wait(patienceMs, true, { ref: false })])) destroy()
    },
  }
}
