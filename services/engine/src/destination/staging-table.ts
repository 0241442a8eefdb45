/** The table that an extract is copied into; made in the stream's transaction, a crash leaves nothing of it, but for chunks. */

import type { CopyChunk } from '@aiia/core/sync/source'
import { startCopyIn } from '@aiia/pg-copy/copy-in'
import type { StagedColumn } from '../mapping/extract-plan.ts'
import { toDestinationError } from './errors.ts'
import { quote, quoteAll } from './identifiers.ts'
import type { DestinationSession } from './session.ts'

export type StagingTable = { name: string; sql: string; columns: readonly StagedColumn[] }

/** @param logged true where this table will become the destination table */
export const createStaging = async (
  { query, staging, scratch }: DestinationSession,
  { name, columns, logged }: { name: string; columns: readonly StagedColumn[]; logged: boolean },
): Promise<StagingTable> => {
  const sql = `${quote(staging)}.${quote(name)}`
  await query(
    `CREATE ${logged ? 'TABLE' : scratch} ${sql} (${columns.map((column) => `${quote(column.name)} ${column.type}`).join(', ')}) WITH (autovacuum_enabled = false)`,
  )
  return { name, sql, columns }
}

/**
 * Copies an extract in, chunk by chunk, source and destination paused by each other.
 *
 * @param arrived is called for each chunk
 * @param freeze true where this transaction has made the table: its rows are written as they stay
 * @returns the rows that the destination took
 * @throws SyncError: the source's own, or DESTINATION_UNAVAILABLE
 */
export const copyInto = async (
  { client }: DestinationSession,
  table: StagingTable,
  extract: AsyncIterable<CopyChunk>,
  { arrived, signal, stream, freeze }: { arrived(chunk: CopyChunk): void; signal: AbortSignal; stream: string; freeze: boolean },
): Promise<number> => {
  const place = { step: 'EXTRACT', stream }
  const asDestination = (error: unknown) => {
    throw toDestinationError(error, place)
  }
  const columns = quoteAll(table.columns.map(({ name }) => name))
  const sink = await startCopyIn(client, `COPY ${table.sql} (${columns}) FROM STDIN (FORMAT binary, FREEZE ${freeze})`).catch(asDestination)
  try {
    for await (const chunk of extract) {
      signal.throwIfAborted()
      // Most writes are taken at once; awaiting each would cost a turn of the event loop.
      const wait = write(chunk.data)
      arrived(chunk)
      if (wait !== undefined) await wait.catch(asDestination)
    }
  } catch (error) {
    await sink.abort()
    throw error
  }
  return sink.finish().catch(asDestination)

  function write(data: Buffer): Promise<void> | undefined {
    try {
      return sink.write(data)
    } catch (error) {
      return asDestination(error)
    }
  }
}
