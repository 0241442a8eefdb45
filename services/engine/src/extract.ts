/** Takes a stream's rows from its source into a staging table: in one go, or chunk by chunk. */

import type { KeyRange } from '@aiia/core/sync/source'
import { commit } from './commit.ts'
import { addCheckpoint, beginStaged, type Checkpoint, findStaged, type Staged } from './destination/checkpoints.ts'
import { copyInto, type StagingTable } from './destination/staging-table.ts'
import { shown } from './shown.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'

export type Extracted = { table: StagingTable; rows: number; detail: string }

/** In one go: all rows show the same moment, and are staged in the transaction that commits them. */
export const extractWhole = async (context: StreamContext, ready: ReadyStream, table: StagingTable): Promise<Extracted> => {
  const { report, tally } = context
  const { stream, shape } = ready
  const about = shape.expectedRows === null ? '' : `: about ${shown(shape.expectedRows)} rows expected`
  report.log('INFO', `Extracting stream "${stream.name}"${about}.`)
  const started = performance.now()
  await copyPart(context, ready, table, null)
  const { read } = tally.settle({})
  tellRate(context, ready, started, { rows: 0, bytes: 0 })
  return { table, rows: read, detail: `${shown(read)} rows staged` }
}

/**
 * Chunk by chunk, each committed as soon as it is staged, behind those that an earlier attempt has committed. The source is
 * asked for each chunk's last key first, so that a chunk is what lies between two keys, in whatever order it comes.
 */
export const extractInChunks = async (context: StreamContext, ready: ReadyStream, chunkRows: number): Promise<Extracted> => {
  const { runId, attempt, source, destination, report, tally } = context
  const { stream, shape } = ready
  const place = { runId, stream: stream.name }
  if (source.boundAfter === undefined) throw new Error(`The source of stream "${stream.name}" cannot be read in chunks.`)
  const { table, last: before, rows: kept, bytes } = await openStaged(context, ready)
  const started = performance.now()
  tally.add(kept, bytes)
  let last: Checkpoint = before
  while (!last.complete) {
    const range = { after: last.upTo, upTo: await source.boundAfter(stream, shape, { after: last.upTo, rows: chunkRows }) }
    const counted = tally.current()
    await destination.query('BEGIN')
    await copyPart(context, ready, table, range)
    const { read, bytes: soFar } = tally.settle({})
    last = { chunk: last.chunk + 1, attempt, upTo: range.upTo, complete: range.upTo === null }
    await addCheckpoint(destination, place, table, { ...last, rows: read - counted.read, bytes: soFar - counted.bytes })
    await commit(context, null)
    report.log('DEBUG', `Stream "${stream.name}": chunk ${last.chunk} with ${shown(read - counted.read)} rows is kept.`)
  }
  tellRate(context, ready, started, { rows: kept, bytes })
  const { read } = tally.settle({})
  const detail = kept > 0 ? `${shown(read)} rows staged, ${shown(kept)} of them by an earlier attempt` : `${shown(read)} rows staged`
  return { table, rows: read, detail }
}

/** What earlier attempts have staged, or an empty table. */
const openStaged = async (context: StreamContext, { stream, shape }: ReadyStream): Promise<Staged> => {
  const { runId, attempt, destination, report } = context
  const place = { runId, stream: stream.name }
  const found = await findStaged(destination, place, shape)
  if (found !== null) {
    const { last, rows } = found
    report.log(
      'INFO',
      `Stream "${stream.name}" goes on behind chunk ${last.chunk}: ${shown(rows)} rows were kept by attempt ${last.attempt}. They show the source as it was then.`,
    )
    return found
  }
  report.log('INFO', `Extracting stream "${stream.name}" in chunks of ${shown(stream.chunkRows ?? 0)} rows.`)
  await destination.query('BEGIN')
  const begun = await beginStaged(destination, place, { attempt, shape })
  await commit(context, null)
  return begun
}

const copyPart = async (
  { source, destination, tally, signal }: StreamContext,
  { stream, shape }: ReadyStream,
  table: StagingTable,
  range: KeyRange | null,
): Promise<void> => {
  const before = tally.current().read
  const taken = await copyInto(destination, table, source.extract(stream, shape, range), {
    arrived: ({ rows, bytes }) => tally.add(rows, bytes),
    signal,
    stream: stream.name,
    // Rows can be written frozen, so that no later pass has to, only in the transaction that has made their table.
    freeze: range === null,
  })
  const read = tally.current().read - before
  if (taken !== read) throw new Error(`${read} rows were read from stream "${stream.name}", and the destination took ${taken}.`)
}

/** @param kept by an earlier attempt */
const tellRate = (
  { report, tally }: StreamContext,
  { stream }: ReadyStream,
  started: number,
  kept: { rows: number; bytes: number },
): void => {
  const { read, bytes } = tally.current()
  const [rows, mebibytes] = [read - kept.rows, (bytes - kept.bytes) / 1_048_576]
  const seconds = (performance.now() - started) / 1_000
  report.log(
    'INFO',
    `Stream "${stream.name}": ${shown(rows)} rows (${mebibytes.toFixed(1)} MiB) read in ${seconds.toFixed(1)} s, ${shown(Math.round(rows / Math.max(seconds, 0.001)))} rows/s.`,
  )
}
