/** Takes a stream's rows from its source into a staging table: in one go, or chunk by chunk. */

import type { RowRange } from '@aiia/core/sync/source'
import { commit } from './commit.ts'
import { addCheckpoint, beginStaged, type Checkpoint, findStaged, type Staged } from './destination/checkpoints.ts'
import { copyInto, type StagingTable } from './destination/staging-table.ts'
import { createStreamRows } from './mapping/stream-rows.ts'
import type { Quarantine } from './quarantine.ts'
import { shown } from './shown.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'

export type Extracted = { table: StagingTable; rows: number; detail: string; ownState: unknown }

type Extract = { context: StreamContext; ready: ReadyStream; quarantine: Quarantine }

/** In one go: all rows show the same moment, and are staged in the transaction that commits them. */
export const extractWhole = async (extract: Extract, table: StagingTable): Promise<Extracted> => {
  const { context, ready } = extract
  const { report, tally } = context
  report.log('INFO', `Extracting stream "${ready.stream.name}"${extent(ready)}.`)
  report.begins(ready.stream.name, 0)
  const started = performance.now()
  const ownState = await copyPart(extract, table, { range: null, state: ready.ownState })
  const { read } = tally.settle({})
  tellRate(context, ready, started, { rows: 0, bytes: 0 })
  return { table, rows: read, detail: `${shown(read)} rows read`, ownState }
}

/**
 * Chunk by chunk, each committed as soon as it is staged, behind those that an earlier attempt has committed. The source is
 * asked for each chunk's bound first, so that a chunk is what lies between two bounds, in whatever order it comes.
 */
export const extractInChunks = async (extract: Extract, chunkRows: number): Promise<Extracted> => {
  const { context, ready, quarantine } = extract
  const { runId, attempt, source, destination, report, tally } = context
  const { stream, shape } = ready
  const place = { runId, stream: stream.name }
  if (source.boundAfter === undefined) throw new Error(`The source of stream "${stream.name}" cannot be read in chunks.`)
  const { table, last: before, rows: kept, bytes, rejected } = await openStaged(context, ready, chunkRows)
  const started = performance.now()
  tally.add({ rows: kept, bytes, rejected })
  quarantine.before(rejected)
  let last: Checkpoint = before
  while (!last.complete) {
    const { upTo: after, state } = last
    const range = { after, upTo: await source.boundAfter(stream, shape, { after, rows: chunkRows, state }) }
    const counted = tally.current()
    await destination.query('BEGIN')
    const left = await copyPart(extract, table, { range, state })
    const now = tally.settle({})
    last = { chunk: last.chunk + 1, attempt, upTo: range.upTo, complete: range.upTo === null, state: left }
    const volume = { rows: now.read - counted.read, bytes: now.bytes - counted.bytes, rejected: now.rejected - counted.rejected }
    await addCheckpoint(destination, place, table, { ...last, ...volume })
    await commit(context, null)
    report.log('DEBUG', `Stream "${stream.name}": chunk ${last.chunk} with ${shown(volume.rows)} rows is kept.`)
  }
  tellRate(context, ready, started, { rows: kept, bytes })
  const { read } = tally.settle({})
  const detail = kept > 0 ? `${shown(read)} rows read, ${shown(kept)} of them by an earlier attempt` : `${shown(read)} rows read`
  return { table, rows: read, detail, ownState: last.state }
}

/** What earlier attempts have staged, or an empty table: sums of the source agree with rows of one moment only. */
const openStaged = async (
  context: StreamContext,
  { stream, shape: { primaryKey }, plan, summed, ownState }: ReadyStream,
  chunkRows: number,
): Promise<Staged> => {
  const shape = { columns: plan.staged, primaryKey }
  const { runId, attempt, destination, report } = context
  const place = { runId, stream: stream.name }
  const found = summed === null ? await findStaged(destination, place, shape) : null
  if (found !== null) {
    const { last, rows } = found
    report.log(
      'INFO',
      `Stream "${stream.name}" goes on behind chunk ${last.chunk}: ${shown(rows)} rows were kept by attempt ${last.attempt}. They show the source as it was then.`,
    )
    report.begins(stream.name, rows)
    return found
  }
  report.log('INFO', `Extracting stream "${stream.name}" in chunks of ${shown(chunkRows)} rows.`)
  report.begins(stream.name, 0)
  await destination.query('BEGIN')
  const begun = await beginStaged(destination, place, { attempt, shape, state: ownState })
  await commit(context, null)
  return begun
}

type Part = { range: RowRange | null /** What the source has left before. */; state: unknown }

/** @returns what the source wants to be given as its state next time */
const copyPart = async ({ context, ready, quarantine }: Extract, table: StagingTable, { range, state }: Part): Promise<unknown> => {
  const { source, destination, tally, signal, hashSalt } = context
  const { stream, shape, plan, key, since, parallel } = ready
  const before = tally.current()
  let left: unknown = null
  const rows = createStreamRows({ stream: stream.name, plan, key, salt: hashSalt, rowsBefore: before.read })
  const request = { columns: plan.columns, rows, range, since, state, parallel }
  const taken = await copyInto(destination, table, source.extract(stream, shape, request), {
    arrived: (chunk) => {
      const { rejected = [] } = chunk
      tally.add({ rows: chunk.rows, bytes: chunk.bytes, rejected: rejected.length })
      if (chunk.state !== undefined) left = chunk.state
      quarantine.add(rejected, 'EXTRACT')
    },
    signal,
    stream: stream.name,
    // Rows can be written frozen, so that no later pass has to, only in the transaction that has made their table.
    freeze: range === null,
  })
  const now = tally.current()
  const good = now.read - before.read - (now.rejected - before.rejected)
  if (taken !== good) throw new Error(`${good} rows were read from stream "${stream.name}", and the destination took ${taken}.`)
  return left
}

/** What is read, as far as it is known before. */
const extent = ({ shape: { expectedRows }, since, cursor }: ReadyStream): string => {
  if (since !== null)
    return `: rows whose "${since.column}" is ${since.inclusive ? 'from' : 'after'} ${since.value}${since.inclusive ? ' on' : ''}`
  if (cursor !== null) return ': everything, to begin with'
  return expectedRows === null ? '' : `: about ${shown(expectedRows)} rows expected`
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
