/** Requests of one client, which the driver sends one after the other. */

import { setTimeout as wait } from 'node:timers/promises'
import type { Client, Lob, ResultSet, Statement } from 'hdb'
import { ConnectionLostError } from '../sql-database/error-book.ts'
import type { ValueRow } from '../sql-database/rows-as-text.ts'
import { toUtf8 } from './cesu8.ts'
import { type ObjectKind, objectKindOf } from './columns.ts'

export type Requests = {
  /** Rows by the names of their columns; for the catalogue. */
  query<T>(sql: string): Promise<T[]>
  /** A query that is not run. */
  prepare(sql: string): Promise<Statement>
  /** Batches of rows on demand. Leaving the iteration early closes the cursor. */
  read(sql: string): AsyncGenerator<readonly ValueRow[], void, void>
  /** Ends the query under way at the server, and the connection with it. */
  interrupt(): Promise<void>
}

const rowsAtOnce = 256

/** A server that does not say that a cursor is closed has its connection ended. */
const patienceMs = 1_000

type Answer = <Result>(work: (done: (error: Error | null | undefined, result: Result) => void) => void) => Promise<Result>

/** What the driver tells a callback. It tells nothing to the request under way when the connection is closed. */
const answersOf = (client: Client): Answer => {
  const waiting = new Set<(error: Error) => void>()
  client.once('close', () => {
    for (const reject of waiting) reject(new ConnectionLostError('The connection has closed.'))
  })
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.add(reject)
      work((error, result) => {
        waiting.delete(reject)
        if (error) reject(error)
        else resolve(result)
      })
    })
}

/** @param end ends whatever the session does at the server, and the connection */
export const requestsOn = (client: Client, end: () => Promise<void>): Requests => {
  const answer = answersOf(client)
  let stop: (() => void) | undefined
  let ending: Promise<void> | undefined
  return {
    // Nothing runs at the server while nothing is read.
    interrupt: async () => {
      if (stop === undefined && ending === undefined) return
      stop?.()
      await (ending ??= end())
    },
    query: async <T>(sql: string): Promise<T[]> => {
      const rows = await answer<unknown>((done) => client.exec(sql, {}, done))
      return Array.isArray(rows) ? (rows as T[]) : []
    },
    prepare: (sql) => answer((done) => client.prepare(sql, {}, done)),
    read: async function* (sql) {
      const broken = new AbortController()
      stop = () => broken.abort()
      try {
        const result = await answer<ResultSet>((done) => client.execute(sql, { rowsAsArray: true }, done))
        try {
          yield* rowsOf({ client, answer, broken: broken.signal }, result)
        } finally {
          if (!result.closed && ending === undefined && (await isLate(answer((done) => result.close((error) => done(error, undefined))))))
            await (ending ??= end())
        }
      } finally {
        stop = undefined
      }
    },
  }
}

const isLate = (work: Promise<unknown>): Promise<boolean> => {
  const over = work.then(
    () => false,
    () => false,
  )
  return Promise.race([over, wait(patienceMs, true, { ref: false })])
}

type Reading = { client: Client; answer: Answer; broken: AbortSignal }

async function* rowsOf({ client, answer, broken }: Reading, result: ResultSet): AsyncGenerator<readonly ValueRow[], void, void> {
  const objects = result.metadata.flatMap((column, at): [number, ObjectKind][] => {
    const kind = objectKindOf(column)
    return kind === undefined ? [] : [[at, kind]]
  })
  const stream = result.createArrayStream(rowsAtOnce)
  const lose = (): void => void stream.destroy(new ConnectionLostError('The connection has closed.'))
  client.once('close', lose)
  broken.addEventListener('abort', lose, { once: true })
  try {
    for await (const rows of stream as AsyncIterable<unknown[][]>) {
      if (objects.length === 0) yield rows
      // Only one row is held with all that is in its objects.
      else for (const row of rows) yield [await withObjects(row, objects, answer)]
    }
  } finally {
    client.off('close', lose)
  }
}

const withObjects = async (row: unknown[], objects: readonly [number, ObjectKind][], answer: Answer): Promise<unknown[]> => {
  for (const [at, kind] of objects) {
    const value = row[at]
    if (value === null) continue
    const bytes = await answer<Buffer>((done) => (value as Lob).read(done))
    row[at] = kind === 'text' ? toUtf8(bytes) : bytes
  }
  return row
}
