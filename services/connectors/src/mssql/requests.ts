/** Requests of one connection, of which the driver does one at a time. */

import { setTimeout as wait } from 'node:timers/promises'
import type { Connection, Request } from 'tedious'
import { ConnectionLostError } from '../sql-database/error-book.ts'
import type { ValueRow } from '../sql-database/rows-as-text.ts'
import type { Tedious } from './careful-connection.ts'
import { errorBook } from './errors.ts'

export type Requests = {
  /** Rows by the names of their columns; for the catalogue. */
  query<T>(sql: string): Promise<T[]>
  /** Batches of rows on demand. Leaving the iteration early ends the query at the server. */
  read(sql: string): AsyncGenerator<ValueRow[], void, void>
  /** Ends the request under way at the server; the connection as well, when what is still to come of it takes its time. */
  interrupt(): Promise<void>
}

type Value = { value: unknown; metadata: { colName: string } }

/** The driver is paused when so many rows, or so much of them, wait to be taken. */
const [mostRows, mostSize] = [256, 1_048_576]

const sizeOf = (value: unknown): number => (typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8)

/** The server has ended the request when it hears of it; what it had sent until then must still be read. */
const patienceMs = 1_000

/** Whatever has no number of the server is the end of the connection, in one of the driver's many words. */
const toldBy = (error: Error): Error =>
  errorBook.sayingOf(error) === null ? new ConnectionLostError(error.message, { cause: error }) : error

export const requestsOn = (tedious: Tedious, connection: Connection): Requests => {
  let current: Promise<unknown> = Promise.resolve()
  const start = (sql: string, take: (row: Value[]) => void): { request: Request; finished: Promise<void> } => {
    let end = (_error: Error | null | undefined): void => {}
    const finished = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(toldBy(error)) : resolve())
    })
    current = finished.catch(() => {})
    const request = new tedious.Request(sql, end)
    request.on('row', take)
    if (connection.closed) end(new Error('The connection has ended.'))
    else connection.execSqlBatch(request)
    return { request, finished }
  }
  const cancel = async (): Promise<void> => {
    if (!connection.cancel()) return
    const late = await Promise.race([current.then(() => false), wait(patienceMs, true, { ref: false })])
    if (late) connection.close()
  }
  let interrupting: Promise<void> | undefined
  const interrupt = async (): Promise<void> => {
    interrupting ??= cancel().finally(() => {
      interrupting = undefined
    })
    await interrupting
  }
  return {
    interrupt,
    query: async <T>(sql: string): Promise<T[]> => {
      const rows: T[] = []
      await start(sql, (row) => rows.push(Object.fromEntries(row.map(({ value, metadata }) => [metadata.colName, value])) as T)).finished
      return rows
    },
    read: async function* (sql) {
      let [batch, size]: [unknown[][], number] = [[], 0]
      let wake = (): void => {}
      let ended = false
      const { request, finished } = start(sql, (row) => {
        batch.push(row.map(({ value }) => value))
        for (const { value } of row) size += sizeOf(value)
        if (batch.length >= mostRows || size >= mostSize) request.pause()
        // Rows that come together are taken together.
        if (batch.length === 1) setImmediate(() => wake())
      })
      const over = finished.finally(() => {
        ended = true
        wake()
      })
      over.catch(() => {})
      try {
        for (;;) {
          if (batch.length > 0) {
            const taken = batch
            ;[batch, size] = [[], 0]
            request.resume()
            yield taken
          } else if (ended) return await over
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        if (!ended) await interrupt()
      }
    },
  }
}
