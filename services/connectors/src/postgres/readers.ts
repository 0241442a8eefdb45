/** One extract by several sessions, which see what the first one sees. */

import type { SourceAccess } from '@aiia/core/sync/source'
import { cancelQuery } from '@aiia/pg-copy/cancel-query'
import { type CopyPiece, copyOut } from '@aiia/pg-copy/copy-out'
import { mergedCopies, wholeRows } from '@aiia/pg-copy/merged-copies'
import { destroyConnection } from '@aiia/pg-copy/taken-socket'
import pg from 'pg'
import { connect, type PostgresSession } from './connect.ts'

export type Readers = {
  access: SourceAccess
  first: pg.Client
  /** What the first session shows, by the name that the server gave it. */
  snapshot: string
  /** The stream's name, for lines of the log. */
  stream: string
  count: number
}

/** The COPYs as one; each session takes the next when it is done with its last. */
export async function* copyInParallel(readers: Readers, copies: readonly string[]): AsyncGenerator<CopyPiece, void, void> {
  const { access, first, stream, count } = readers
  access.log('INFO', `Stream "${stream}" is read by ${count} sessions at once, all of which see the same moment.`)
  const left = [...copies]
  const clients = new Set([first])
  const leave = (): void => {
    // One that is still signing in finds nothing to begin with.
    left.length = 0
    for (const client of clients) {
      // A server notices a closed socket only when it next sends something.
      void cancelQuery(client)
      destroyConnection(client, new Error('Another session of this extract has ended.'))
    }
  }
  const further = Array.from({ length: count - 1 }, () => readBeside(readers, left, clients))
  yield* mergedCopies([takeFrom(left, first), ...further], leave)
}

async function* takeFrom(left: string[], client: pg.Client): AsyncGenerator<CopyPiece, void, void> {
  for (let sql = left.shift(); sql !== undefined; sql = left.shift()) yield* wholeRows(copyOut(client, sql))
}

async function* readBeside(readers: Readers, left: string[], clients: Set<pg.Client>): AsyncGenerator<CopyPiece, void, void> {
  const session = await openBeside(readers)
  if (session === null) return
  clients.add(session.client)
  try {
    yield* takeFrom(left, session.client)
  } finally {
    clients.delete(session.client)
    await session.close()
  }
}

/** @returns null where the source gives no further session, or not at that moment: the first one reads on alone */
const openBeside = async ({ access, snapshot, stream }: Readers): Promise<PostgresSession | null> => {
  let session: PostgresSession | undefined
  try {
    session = await connect({ ...access, log: () => {} })
    await session.client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await session.client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}`)
    return session
  } catch (error) {
    await session?.close()
    access.signal.throwIfAborted()
    const why = error instanceof Error ? error.message : String(error)
    access.log('WARN', `Stream "${stream}" is read with a session less, since the source gives no other one: ${why}`)
    return null
  }
}
