/** One stream: extract → validate → match → commit, in one transaction of the destination. */

import { SyncError } from '@aiia/core/failures/failure'
import { balances, type RecordCounts } from '@aiia/core/job-run/counts'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { Source, SourceColumn, StreamShape } from '@aiia/core/sync/source'
import type { CommitGuard } from './commit-guard.ts'
import { toDestinationError } from './destination/errors.ts'
import { quoteAll, stagingName } from './destination/identifiers.ts'
import { enforceKey } from './destination/key.ts'
import { writeCommit } from './destination/ledger.ts'
import { applyDifference, findDifference, type MatchCounts } from './destination/match.ts'
import { replaceTarget } from './destination/replace.ts'
import type { DestinationSession } from './destination/session.ts'
import { copyInto, createStaging, type StagingTable } from './destination/staging-table.ts'
import { addColumns, commentOf, compareColumns, findTarget, type TargetTable } from './destination/target-table.ts'
import type { SyncReport } from './report.ts'
import type { Steps } from './steps.ts'
import type { Tally } from './tally.ts'

export type StreamContext = {
  runId: string
  attempt: number
  connectorName: string
  source: Source
  destination: DestinationSession
  guard: CommitGuard
  report: SyncReport
  steps: Steps
  tally: Tally
  signal: AbortSignal
}

/** A stream that was looked up on both sides and may be read. */
export type ReadyStream = {
  stream: StreamConfiguration
  shape: StreamShape
  key: readonly string[]
  /** The source itself holds rows to this key, so it need not be checked again. */
  keyIsGiven: boolean
  target: TargetTable
  added: readonly SourceColumn[]
}

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
  return { stream, shape, key, keyIsGiven, target, added }
}

/** @returns what became of the stream's rows; they are committed */
export const syncStream = async (context: StreamContext, ready: ReadyStream): Promise<RecordCounts> => {
  const { destination } = context
  await destination.query('BEGIN')
  try {
    return await extractAndCommit(context, ready)
  } catch (error) {
    await destination.client.query('ROLLBACK').catch(() => {})
    throw toDestinationError(error, { stream: ready.stream.name })
  }
}

const extractAndCommit = async (context: StreamContext, ready: ReadyStream): Promise<RecordCounts> => {
  const { destination, steps, tally, report, runId, attempt } = context
  const { stream, shape, key, target } = ready
  const name = stream.name
  // A filled table with the same key is matched; everything else is written anew and put in its place.
  const matches = target.filled && key.length > 0 && sameNames(target.primaryKey, key)
  const staged = await createStaging(destination, {
    name: stagingName('staged', runId, attempt, name),
    columns: shape.columns,
    logged: !matches,
  })
  await steps.run(
    'EXTRACT',
    name,
    () => extract(context, ready, staged),
    (rows) => ({ read: rows, detail: `${shown(rows)} rows staged` }),
  )
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
    await context.guard(
      destination.client,
      async () => {
        await destination.client.query('COMMIT')
      },
      name,
    )
  })
  report.log('INFO', `Stream "${name}" committed to ${destination.schema}.${stream.destinationTable}.`)
  return counts
}

const extract = async (
  { source, destination, tally, report, signal }: StreamContext,
  { stream, shape }: ReadyStream,
  staged: StagingTable,
): Promise<number> => {
  const started = performance.now()
  report.log(
    'INFO',
    `Extracting stream "${stream.name}"${shape.expectedRows === null ? '' : `: about ${shown(shape.expectedRows)} rows expected`}.`,
  )
  const taken = await copyInto(destination, staged, source.extract(stream, shape), {
    arrived: ({ rows, bytes }) => tally.add(rows, bytes),
    signal,
    stream: stream.name,
  })
  const { read, bytes } = tally.settle({})
  if (taken !== read) throw new Error(`${read} rows were read from stream "${stream.name}", and the destination took ${taken}.`)
  const seconds = (performance.now() - started) / 1_000
  report.log(
    'INFO',
    `Stream "${stream.name}": ${shown(read)} rows (${(bytes / 1_048_576).toFixed(1)} MiB) read in ${seconds.toFixed(1)} s, ${shown(Math.round(read / Math.max(seconds, 0.001)))} rows/s.`,
  )
  return read
}

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

const shown = (value: number): string => value.toLocaleString('en-US')

const describe = ({ inserted, updated, unchanged, deleted }: MatchCounts): string =>
  `${shown(inserted)} inserted, ${shown(updated)} updated, ${shown(unchanged)} unchanged, ${shown(deleted)} deleted`
