/** One stream: extract → validate → match → commit, in one transaction of the destination but for chunks, staged before it. */

import { balances, type RecordCounts } from '@aiia/core/job-run/counts'
import type { ControlTotals, StreamReceipt } from '@aiia/core/sync/receipt'
import { commit } from './commit.ts'
import { removeCheckpoints } from './destination/checkpoints.ts'
import { compareTotals } from './destination/control-totals.ts'
import { latestOf } from './destination/cursor.ts'
import { toDestinationError } from './destination/errors.ts'
import { stagingName } from './destination/identifiers.ts'
import { writeCommit } from './destination/ledger.ts'
import type { MatchCounts } from './destination/match.ts'
import { createStaging, type StagingTable } from './destination/staging-table.ts'
import { writeState } from './destination/stream-state.ts'
import { type Extracted, extractInChunks, extractWhole } from './extract.ts'
import { createQuarantine } from './quarantine.ts'
import { shown } from './shown.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'
import { validate } from './validate.ts'
import { writeRows } from './write-rows.ts'

/** @returns what became of the stream's rows; they are committed */
export const syncStream = async (context: StreamContext, ready: ReadyStream): Promise<RecordCounts> => {
  const { destination } = context
  try {
    return await extractAndCommit(context, ready)
  } catch (error) {
    await destination.client.query('ROLLBACK').catch(() => {})
    throw toDestinationError(error, { stream: ready.stream.name })
  }
}

const extractAndCommit = async (context: StreamContext, ready: ReadyStream): Promise<RecordCounts> => {
  const { destination, steps, tally, report } = context
  const { stream, writing } = ready
  const name = stream.name
  const quarantine = createQuarantine(report, stream)
  const extracted = (extract: () => Promise<Extracted>): Promise<Extracted> =>
    steps.run('EXTRACT', name, extract, ({ rows, detail }) => ({ read: rows, detail }))
  const { chunkRows } = ready
  const inChunks = chunkRows === null ? null : await extracted(() => extractInChunks({ context, ready, quarantine }, chunkRows))
  await destination.query('BEGIN')
  const { table, ownState } =
    inChunks ??
    (await extracted(async () => extractWhole({ context, ready, quarantine }, await stageWhole(context, ready, writing === 'REPLACE'))))
  // Before rows go that cannot be committed: the source counts them as well.
  const isImage = writing === 'REPLACE' || writing === 'IMAGE'
  const ofStaged = isImage ? null : await compared(context, ready, table.sql)
  const cursor = await cursorAfter(context, ready, table)
  await steps.run(
    'VALIDATE',
    name,
    () => validate(context, ready, { table, quarantine }),
    () => ({ read: tally.current().read }),
  )
  const matched = await steps.run(
    'MATCH',
    name,
    () => writeRows(context, ready, table),
    (counts) => ({ read: tally.current().read, detail: describeShortly(counts) }),
  )
  const counts = tally.settle(matched)
  if (!balances(counts)) throw new Error(`The counts of stream "${name}" do not balance: ${JSON.stringify(counts)}.`)
  const controlTotals = isImage ? await compared(context, ready, ready.target.sql) : ofStaged
  const rejected = counts.rejected > 0 ? `, ${shown(counts.rejected)} rejected` : ''
  report.log('INFO', `Stream "${name}": ${describe(matched)}${rejected}.`)
  if (controlTotals !== null) report.log('INFO', `Stream "${name}": control totals agree: ${tellTotals(controlTotals)}.`)
  const receipt = { stream: name, mode: stream.mode, counts, controlTotals, cursor }
  await steps.run('COMMIT', name, () => commitStream(context, ready, { receipt, ownState }))
  report.log('INFO', `Stream "${name}" committed to ${destination.schema}.${stream.destinationTable}.`)
  return counts
}

/** Ledger, checkpoints and the stream's state become visible with the rows, or not at all. */
const commitStream = async (
  context: StreamContext,
  { stream, shape, chunkRows }: ReadyStream,
  { receipt, ownState }: { receipt: StreamReceipt; ownState: unknown },
): Promise<void> => {
  const { destination, runId, attempt, replay } = context
  const { name, source, destinationTable } = stream
  await writeCommit(destination, { runId, attempt, receipt })
  if (chunkRows !== null) await removeCheckpoints(destination, { runId, stream: name })
  if (replay === null) {
    const cursor = receipt.cursor?.to == null ? null : { field: receipt.cursor.field, value: receipt.cursor.to }
    await writeState(destination, destinationTable, { source, columns: shape.columns, cursor, own: ownState }, runId)
  }
  await commit(context, receipt)
}

const cursorAfter = async (
  { destination }: StreamContext,
  { cursor }: ReadyStream,
  table: StagingTable,
): Promise<StreamReceipt['cursor']> => {
  if (cursor === null) return null
  const { field, from, before } = cursor
  return { field: field.source?.name ?? field.name, from, to: await latestOf(destination, table, field, before) }
}

/** @returns null where the stream asks for no comparison, or the source cannot compute it */
const compared = async (
  { source, destination, tally, report, replay }: StreamContext,
  { stream, shape, summed, since }: ReadyStream,
  table: string,
): Promise<ControlTotals | null> => {
  if (summed === null || replay !== null) return null
  if (source.totals === undefined) {
    report.log('WARN', `Stream "${stream.name}": this kind of source cannot compute control totals; they are not compared.`)
    return null
  }
  const columns = summed.map(({ source: column, name }) => column?.name ?? name)
  const ofSource = await source.totals(stream, shape, { columns, since })
  const { rejected, superseded } = tally.current()
  const gone = rejected + superseded
  const explained =
    gone === 0 ? '' : ` ${shown(rejected)} rows were rejected, and ${shown(superseded)} share a primary key with a later one.`
  return compareTotals(destination, { table, fields: summed, source: ofSource, stream: stream.name, explained })
}

const tellTotals = ({ rows, sums }: ControlTotals): string =>
  [`${rows.source} rows`, ...sums.map(({ column, source }) => `sum of "${column}" ${source}`)].join(', ')

const stageWhole = (
  { destination, runId, attempt }: StreamContext,
  { stream, plan }: ReadyStream,
  logged: boolean,
): Promise<StagingTable> =>
  createStaging(destination, { name: stagingName('staged', runId, attempt, stream.name), columns: plan.staged, logged })

type Told = readonly [count: number, word: string]

const toldOf = ({ inserted, updated, unchanged, deleted }: MatchCounts): Told[] => [
  [inserted, 'inserted'],
  [updated, 'updated'],
  [unchanged, 'unchanged'],
  [deleted, 'deleted'],
]

const tell = (counts: readonly Told[]): string => counts.map(([count, word]) => `${shown(count)} ${word}`).join(', ')

const describe = (counts: MatchCounts): string => tell(toldOf(counts))

/** Where there is little room: only what there is. */
const describeShortly = (counts: MatchCounts): string => tell(toldOf(counts).filter(([count]) => count > 0)) || 'nothing to write'
