/** The rows that another run rejected, as a source: its columns are those of the real one, its rows are the stored ones. */

import type { Replay, StreamConfiguration } from '@aiia/core/sync/configuration'
import type { CopyChunk, ExtractRequest, RowWriter, Source } from '@aiia/core/sync/source'
import pg from 'pg'

export type ReplayOptions = {
  replay: Replay
  /** The platform's, which keeps the rows. */
  databaseUrl: string
  /** Aborted: what is asked of the platform ends, too. */
  signal: AbortSignal
}

type StoredRow = { ordinal: number; position: string | null; place: string | null; row: Record<string, string | null> }

/** A row is kept up to some ten kilobytes, so a page stays small. */
const pageSize = 200

/** It can neither select rows nor split them, and vouches for nothing: the stored rows show different moments. */
export const replaySource = (real: Source, options: ReplayOptions): Source => {
  const rows = createStoredRows(options)
  return {
    guessesTypes: real.guessesTypes ?? false,
    describe: async (stream) => ({ ...(await real.describe(stream)), expectedRows: await rows.count(stream.name) }),
    extract: (stream, _shape, request) => extract(rows, options.replay, stream, request),
    close: async () => {
      await rows.close()
      await real.close()
    },
  }
}

async function* extract(
  stored: StoredRows,
  { number }: Replay,
  { name }: StreamConfiguration,
  { columns, rows }: Pick<ExtractRequest, 'columns' | 'rows'>,
): AsyncGenerator<CopyChunk> {
  if (rows === null) throw new Error('Stored rows are text, and are not asked for otherwise.')
  let place = ''
  rows.placeOf = () => place
  for await (const page of stored.pages(name)) {
    for (const { position, place: at, row } of page) {
      place = at ?? (position === null ? `run #${number}` : `row ${position} of run #${number}`)
      write(rows, columns, row)
      if (rows.isFull) yield rows.take()
    }
  }
  yield rows.end()
}

const write = (rows: RowWriter, columns: ExtractRequest['columns'], row: StoredRow['row']): void => {
  const missing = columns.find(({ name }) => !Object.hasOwn(row, name))
  if (missing !== undefined) {
    // NULL would be a value that the source may never have had.
    return rows.reject(JSON.stringify(row), `The row was kept without the column "${missing.name}", which the mapping reads by now.`)
  }
  for (const [at, { name }] of columns.entries()) {
    const value = row[name]
    if (typeof value !== 'string') continue
    const bytes = Buffer.from(value)
    rows.set(at, bytes, 0, bytes.length)
  }
  rows.push()
}

type StoredRows = {
  count(stream: string): Promise<number>
  pages(stream: string): AsyncGenerator<StoredRow[]>
  close(): Promise<void>
}

/** On a connection of its own, made when it is needed. */
const createStoredRows = ({ replay: { runId, number }, databaseUrl, signal }: ReplayOptions): StoredRows => {
  let connected: Promise<pg.Client> | undefined
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> => {
    connected ??= connect(databaseUrl, signal)
    return (await (await connected).query<Row>(text, values)).rows
  }
  return {
    count: async (stream) => {
      const [run] = await query<{ removed: boolean; rows: number }>(
        `SELECT r.rejected_rows_removed_at IS NOT NULL AS removed,
          (SELECT count(*)::int FROM platform.rejected_rows x WHERE x.run_id = r.id AND x.stream = $2 AND x."row" IS NOT NULL) AS rows
         FROM platform.job_runs r WHERE r.id = $1`,
        [runId, stream],
      )
      // Retention leaves them alone while a run replays them.
      if (run === undefined || run.removed) throw new Error(`The rejected rows of run #${number} were removed while they were replayed.`)
      return run.rows
    },
    pages: async function* (stream) {
      for (let after = 0; ; ) {
        const page = await query<StoredRow>(
          `SELECT ordinal, position, place, "row" FROM platform.rejected_rows
           WHERE run_id = $1 AND stream = $2 AND ordinal > $3 AND "row" IS NOT NULL ORDER BY ordinal LIMIT ${pageSize}`,
          [runId, stream, after],
        )
        if (page.length > 0) yield page
        if (page.length < pageSize) return
        after = page.at(-1)?.ordinal ?? after
      }
    },
    close: async () => {
      const client = await connected?.catch(() => undefined)
      await client?.end().catch(() => {})
    },
  }
}

const connect = async (databaseUrl: string, signal: AbortSignal): Promise<pg.Client> => {
  signal.throwIfAborted()
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'AIIA Data Refresh replay',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  signal.addEventListener('abort', () => void client.end().catch(() => {}), { once: true })
  await client.connect()
  return client
}
