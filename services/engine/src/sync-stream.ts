/** One stream: extract → validate → match → commit, in one transaction of the destination but for chunks, staged before it. */

import { SyncError } from '@aiia/core/failures/failure'
import { balances, type RecordCounts } from '@aiia/core/job-run/counts'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import { commit } from './commit.ts'
import { removeCheckpoints } from './destination/checkpoints.ts'
import { toDestinationError } from './destination/errors.ts'
import { quoteAll, stagingName } from './destination/identifiers.ts'
import { enforceKey, refuseDuplicates } from './destination/key.ts'
import { writeCommit } from './destination/ledger.ts'
import { applyDifference, findDifference, type MatchCounts } from './destination/match.ts'
import { replaceTarget } from './destination/replace.ts'
import { createStaging, type StagingTable } from './destination/staging-table.ts'
import { addColumns, commentOf, compareColumns, findTarget } from './destination/target-table.ts'
import { type Extracted, extractInChunks, extractWhole } from './extract.ts'
import { shown } from './shown.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'

/** Looks the stream up on both sides. @throws SyncError for whatever does not fit, before a row is read */
export const prepareStream = async ({ source, destination, report }: StreamContext, stream: StreamConfiguration): Promise<ReadyStream> => {
  const shape = await source.describe(stream)
  const key = stream.primaryKey ?? shape.primaryKey
  const missing = key.filter((column) => !shape.columns.some(({ name }) => name === column))
  if (missing.length > 0) {
    throw new SyncError(
      'COLUMN_MISSING',
      `Stream "${stream.name}" has no column ${missing.map((name) => `"${name}"`).join(', ')}, which its primary key names.`,
      {
        place: { step: 'DISCOVER', stream: stream.name },
      },
    )
  }
  const target = await findTarget(destination, stream.destinationTable, stream.name)
  const added = target.filled ? compareColumns(target, shape.columns, stream.name) : []
  if (added.length > 0)
    report.log(
      'WARN',
      `Stream "${stream.name}": the source has new columns, added to the destination: ${added.map(({ name }) => `"${name}"`).join(', ')}.`,
    )
  const keyIsGiven = shape.primaryKey.length > 0 && shape.primaryKey.every((column) => key.includes(column))
  const canBeChunked = source.boundAfter !== undefined && shape.primaryKey.length > 0
  if (stream.chunkRows !== null && !canBeChunked)
    report.log('WARN', `Stream "${stream.name}" cannot be read in chunks: the source has no primary key for it. It is read in one go.`)
  return { stream, shape, key, keyIsGiven, target, added, chunkRows: canBeChunked ? stream.chunkRows : null }
}

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
  const { destination, steps, tally, report, runId, attempt } = context
  const { stream, key, target } = ready
  const name = stream.name
  // A filled table with the same key is matched; everything else is written anew and put in its place.
  const matches = target.filled && key.length > 0 && sameNames(target.primaryKey, key)
  const extracted = (extract: () => Promise<Extracted>): Promise<Extracted> =>
    steps.run('EXTRACT', name, extract, ({ rows, detail }) => ({ read: rows, detail }))
  const chunkRows = ready.chunkRows
  const inChunks = chunkRows === null ? null : await extracted(() => extractInChunks(context, ready, chunkRows))
  await destination.query('BEGIN')
  const { table: staged } =
    inChunks ?? (await extracted(async () => extractWhole(context, ready, await stageWhole(context, ready, !matches))))
  const rejected = await steps.run(
    'VALIDATE',
    name,
    () => validate(context, ready, staged),
    () => ({ read: tally.current().read }),
  )
  const matched = await steps.run(
    'MATCH',
    name,
    () => (matches ? match(context, ready, staged) : replace(context, ready, staged)),
    (counts) => ({ read: tally.current().read, detail: describe(counts) }),
  )
  const counts = tally.settle(matched)
  if (!balances(counts)) throw new Error(`The counts of stream "${name}" do not balance: ${JSON.stringify(counts)}.`)
  report.log('INFO', `Stream "${name}": ${describe(matched)}${rejected > 0 ? `, ${shown(rejected)} rejected` : ''}.`)
  await steps.run('COMMIT', name, async () => {
    await writeCommit(destination, { runId, stream: name, attempt, counts })
    if (chunkRows !== null) await removeCheckpoints(destination, { runId, stream: name })
    await commit(context, name)
  })
  report.log('INFO', `Stream "${name}" committed to ${destination.schema}.${stream.destinationTable}.`)
  return counts
}

const stageWhole = (
  { destination, runId, attempt }: StreamContext,
  { stream, shape }: ReadyStream,
  logged: boolean,
): Promise<StagingTable> =>
  createStaging(destination, { name: stagingName('staged', runId, attempt, stream.name), columns: shape.columns, logged })

/** The catalogue has held the types; what is left is the key. @returns how many rows were rejected */
const validate = async (
  { destination, report, tally }: StreamContext,
  { stream, key, keyIsGiven, target }: ReadyStream,
  staged: StagingTable,
): Promise<number> => {
  const place = { step: 'VALIDATE', stream: stream.name }
  if (key.length === 0) return 0
  if (keyIsGiven) {
    // Only a table that stays needs the index; the source vouches for the rows.
    if (!target.filled || !sameNames(target.primaryKey, key))
      await destination.query(`ALTER TABLE ${staged.sql} ADD PRIMARY KEY (${quoteAll(key)})`)
    return 0
  }
  if (stream.duplicates === 'FORBID') await refuseDuplicates(destination, staged, key, stream.name)
  const { superseded, rejected, samples } = await enforceKey(destination, staged, key, stream.name)
  tally.settle({ superseded, rejected })
  if (superseded > 0)
    report.log(
      'WARN',
      `Stream "${stream.name}": ${shown(superseded)} rows have a primary key that came again later in the extract; the later row won.`,
    )
  if (rejected === 0) return 0
  report.rejected(samples)
  const first = samples[0]
  report.log(
    'WARN',
    `Stream "${stream.name}": ${shown(rejected)} rows rejected; the first is row ${first?.position}, column "${first?.column}": ${first?.rule}`,
  )
  if (rejected <= stream.rejectLimit) return rejected
  throw new SyncError(
    'ROWS_REJECTED',
    `${shown(rejected)} rows of stream "${stream.name}" were rejected, and ${shown(stream.rejectLimit)} are tolerated. The first is row ${first?.position}: column "${first?.column}" of the primary key has no value.`,
    { place },
  )
}

const match = async (context: StreamContext, { stream, target, key, added }: ReadyStream, staged: StagingTable): Promise<MatchCounts> => {
  const { destination, runId, attempt } = context
  await addColumns(destination, target, added)
  const matching = { staged, target, key, differenceName: stagingName('difference', runId, attempt, stream.name) }
  const difference = await findDifference(destination, matching)
  await applyDifference(destination, matching, difference)
  await difference.drop()
  await destination.query(`DROP TABLE ${staged.sql}`)
  return difference.counts
}

const replace = async (
  { destination, tally, connectorName }: StreamContext,
  { stream, target, added }: ReadyStream,
  staged: StagingTable,
): Promise<MatchCounts> => {
  const { read, rejected, superseded } = tally.current()
  const deleted = target.filled
    ? Number((await destination.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${target.sql}`)).rows[0]?.rows)
    : 0
  if (target.depended) await addColumns(destination, target, added)
  await replaceTarget(destination, target, staged, commentOf(connectorName, stream.name))
  return { inserted: read - rejected - superseded, updated: 0, unchanged: 0, deleted }
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name) => b.includes(name))

const describe = ({ inserted, updated, unchanged, deleted }: MatchCounts): string =>
  `${shown(inserted)} inserted, ${shown(updated)} updated, ${shown(unchanged)} unchanged, ${shown(deleted)} deleted`
