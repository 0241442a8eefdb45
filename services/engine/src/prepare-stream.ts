/** Looks a stream up on both sides, and decides how its rows are read and written; whatever does not fit is found here. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import { type MappedField, resolveMapping } from '@aiia/core/sync/mapping'
import { checkPolicy, compareSchemas, describeChange, failureOf, proposeMapping, type SchemaChange } from '@aiia/core/sync/schema-change'
import type { Since, SourceColumn, StreamShape } from '@aiia/core/sync/source'
import { summedFields } from './destination/control-totals.ts'
import { behindOverlap, cursorFieldOf } from './destination/cursor.ts'
import { findState, type StreamState } from './destination/stream-state.ts'
import { compareColumns, findTarget, type Misfit, type TargetTable } from './destination/target-table.ts'
import { keyOf, planExtract } from './mapping/extract-plan.ts'
import type { ReadyStream, StreamContext, Writing } from './stream-context.ts'

/** @throws SyncError for whatever does not fit, before a row is read */
export const prepareStream = async (context: StreamContext, stream: StreamConfiguration): Promise<ReadyStream> => {
  const { source, destination, report, replay } = context
  const described = await source.describe(stream)
  const target = await findTarget(destination, stream.destinationTable, stream.name)
  const state = target.filled ? sameSource(await findState(destination, stream.destinationTable), stream) : null
  const { fields, shape } = mapOnto(context, stream, {
    shape: source.guessesTypes === true ? withKnownTypes(described, state) : described,
    target,
    state,
  })
  const { key, lost } = keyOf(stream, shape.primaryKey, fields)
  refuseMissingKey(stream, key, fields)
  if (lost.length > 0)
    report.log(
      'WARN',
      `Stream "${stream.name}" does not carry over ${lost.map((name) => `"${name}"`).join(', ')} of the source's primary key, so its table has no key.`,
    )
  const plan = planExtract(source, fields)
  const misfit: Misfit = target.exists ? compareColumns(target, plan.staged) : { added: [], retyped: [], removed: [] }
  const writing = writingOf(context, stream, { target, misfit, key })
  const reading = replay === null ? await readingOf(context, stream, { fields, state, key }) : everything
  const keyIsGiven = source.vouchesForKeys === true && stream.primaryKey === null && key.length > 0 && plan.fields === null
  return {
    stream,
    shape,
    fields,
    plan,
    key,
    keyIsGiven,
    target,
    misfit,
    writing,
    ...reading,
    chunkRows: chunkRowsOf(context, stream, shape, reading.since),
    parallel: parallelOf(context, stream),
    summed: stream.controlTotals === null ? null : summedFields(stream.controlTotals, fields, stream.name),
  }
}

/** What was read from elsewhere says nothing of this. */
const sameSource = (state: StreamState | null, { source }: StreamConfiguration): StreamState | null =>
  state !== null && JSON.stringify(state.source) === JSON.stringify(source) ? state : null

const withKnownTypes = (shape: StreamShape, state: StreamState | null): StreamShape => {
  const known = new Map(state?.columns.map((column) => [column.name, column]))
  return { ...shape, columns: shape.columns.map((column) => ({ ...column, ...known.get(column.name) })) }
}

/**
 * The mapping against what the source has now; its changes since the last commit are told, or stop the run.
 *
 * @returns the shape without new columns that are to be left out: it is what the next run compares with
 */
const mapOnto = (
  { report }: StreamContext,
  stream: StreamConfiguration,
  { shape, target, state }: { shape: StreamShape; target: TargetTable; state: StreamState | null },
): { fields: MappedField[]; shape: StreamShape } => {
  const { columns } = shape
  const before = state?.columns ?? (target.filled && stream.fields === null ? columnsOf(target, columns) : null)
  if (before === null) return { fields: resolveMapping(columns, stream.fields, stream.name), shape }
  const changes = compareSchemas(before, columns)
  const { stop, tell, ignored } = checkPolicy(changes, stream.schemaChanges, stream.fields)
  if (stop.length > 0)
    throw failureOf(
      stop,
      proposeMapping({ stream: stream.name, fields: stream.fields, before, now: columns, changes: accepted(changes, ignored) }),
      stream.name,
    )
  if (tell.length > 0) report.log('WARN', `Stream "${stream.name}": the source has changed: ${tell.map(describeChange).join('; ')}.`)
  const gone = new Set(changes.flatMap(({ kind, column }) => (kind === 'REMOVED' || kind === 'RENAMED' ? [column] : [])))
  const kept = stream.fields?.filter(({ source }) => source === null || !gone.has(source)) ?? null
  const taken = columns.filter(({ name }) => !ignored.includes(name))
  return { fields: resolveMapping(taken, kept, stream.name), shape: { ...shape, columns: taken } }
}

/** A proposal does not bring in what is to be left out. */
const accepted = (changes: readonly SchemaChange[], ignored: readonly string[]): SchemaChange[] =>
  changes.filter(({ kind, column }) => kind !== 'ADDED' || !ignored.includes(column))

/** Of a table that was filled from elsewhere, or before schemas were kept: it does not know what may be empty. */
const columnsOf = ({ columns }: TargetTable, now: readonly SourceColumn[]): SourceColumn[] => {
  const nullable = new Map(now.map((column) => [column.name, column.nullable]))
  return [...columns].map(([name, type]) => ({ name, type, sourceType: type, nullable: nullable.get(name) ?? true }))
}

const refuseMissingKey = ({ name: stream }: StreamConfiguration, key: readonly string[], fields: readonly MappedField[]): void => {
  const missing = key.filter((column) => !fields.some(({ name }) => name === column))
  if (missing.length === 0) return
  throw new SyncError(
    'COLUMN_MISSING',
    `Stream "${stream}" has no column ${missing.map((name) => `"${name}"`).join(', ')}, which its primary key names.`,
    { place: { step: 'DISCOVER', stream } },
  )
}

/** How the rows get into the table: see `Writing`. */
const writingOf = (
  { replay }: StreamContext,
  stream: StreamConfiguration,
  { target, misfit, key }: { target: TargetTable; misfit: Misfit; key: readonly string[] },
): Writing => {
  const mode = replay === null ? stream.mode : key.length > 0 ? 'INCREMENTAL' : 'APPEND'
  if (mode === 'INCREMENTAL' && key.length === 0)
    throw refusal(stream, 'is INCREMENTAL and has no primary key to find its rows by. Give it one, or set its mode to APPEND.')
  if (!target.filled) return 'REPLACE'
  const sameKey = target.primaryKey.length === key.length && target.primaryKey.every((name) => key.includes(name))
  if (mode === 'FULL_REFRESH') {
    const rebuilt = !target.depended && misfit.removed.length + misfit.retyped.length > 0
    return key.length > 0 && sameKey && !rebuilt ? 'IMAGE' : 'REPLACE'
  }
  if (key.length === 0) return 'APPEND'
  if (!sameKey)
    throw refusal(
      stream,
      `finds its rows by (${key.join(', ')}), and its table has ${target.primaryKey.length === 0 ? 'no primary key' : `the primary key (${target.primaryKey.join(', ')})`}. Sync it once as FULL_REFRESH, which makes the table anew.`,
    )
  return mode === 'INCREMENTAL' ? 'UPSERT' : 'ADD'
}

const refusal = ({ name }: StreamConfiguration, why: string): SyncError =>
  new SyncError('INVALID_QUERY', `Stream "${name}" ${why}`, { place: { step: 'DISCOVER', stream: name } })

type Reading = Pick<ReadyStream, 'since' | 'cursor' | 'ownState'>

const everything: Reading = { since: null, cursor: null, ownState: null }

/** Where the source is read from: the beginning, or behind what the last commit has. */
const readingOf = async (
  { source, destination, full, report }: StreamContext,
  stream: StreamConfiguration,
  { fields, state, key }: { fields: readonly MappedField[]; state: StreamState | null; key: readonly string[] },
): Promise<Reading> => {
  if (stream.mode === 'FULL_REFRESH') return everything
  const field = cursorFieldOf(stream, fields)
  if (source.keepsState === true && field === null) {
    if (full && stream.mode === 'APPEND' && key.length === 0 && state !== null) throw refusal(stream, appendsTwice)
    return { since: null, cursor: null, ownState: full ? null : (state?.own ?? null) }
  }
  if (field === null) {
    if (stream.mode === 'APPEND') return everything
    throw refusal(stream, 'is INCREMENTAL and has no cursor field, such as a time of change. Name one, or set its mode to FULL_REFRESH.')
  }
  if (source.readsSince !== true)
    throw refusal(stream, 'has a cursor field, and this source cannot select rows by it. Set its mode to FULL_REFRESH.')
  const last = state?.cursor?.field === stream.cursorField ? state.cursor.value : null
  if (last === null || full) {
    if (full && stream.mode === 'APPEND' && key.length === 0 && last !== null) throw refusal(stream, appendsTwice)
    return { since: null, cursor: { field, from: null, before: last }, ownState: null }
  }
  // Without a key a row that comes twice would be there twice.
  const inclusive = key.length > 0
  if (!inclusive && field.nullable)
    report.log(
      'WARN',
      `Stream "${stream.name}" has no primary key, so rows without a value in "${stream.cursorField}" were read by its first run only: they would be stored again each time.`,
    )
  const value = inclusive ? await behindOverlap(destination, field, { value: last, overlap: stream.cursorOverlap }) : last
  const since: Since = { column: field.source?.name ?? field.name, value, inclusive }
  return { since, cursor: { field, from: value, before: last }, ownState: null }
}

const appendsTwice = 'only appends and has no primary key, so reading everything again would store every row twice. Sync it without "full".'

const chunkRowsOf = (
  { source, report }: StreamContext,
  stream: StreamConfiguration,
  shape: StreamShape,
  since: Since | null,
): number | null => {
  if (stream.chunkRows === null) return null
  if (source.boundAfter !== undefined && shape.hasRanges === true && since === null)
    return stream.chunkRows === 'AUTO' ? chunkRowsFor(shape.expectedRows) : stream.chunkRows
  const why =
    since === null ? 'the source has no primary key whose order chunks could follow, and not several files' : 'only what is new is read'
  report.log('WARN', `Stream "${stream.name}" is not read in chunks: ${why}. It is read in one go.`)
  return null
}

/** So many chunks are little work to lose, and few enough to cost little. */
const chunksAimedAt = 20
const [fewest, most] = [100_000, 5_000_000]
const ofUnknown = 500_000

const chunkRowsFor = (expectedRows: number | null): number =>
  expectedRows === null ? ofUnknown : Math.min(most, Math.max(fewest, Math.ceil(expectedRows / chunksAimedAt)))

/** Which of two rows with the same key is the later one is told by their order, which several sessions do not keep. */
const parallelOf = ({ report }: StreamContext, stream: StreamConfiguration): number | null => {
  const isOrdered = stream.primaryKey !== null && stream.primaryKey.length > 0 && stream.duplicates === 'LAST_WINS'
  if (isOrdered) {
    if ((stream.parallel ?? 1) > 1)
      report.log('WARN', `Stream "${stream.name}" is read by one session: of rows that share its primary key the last one counts.`)
    return 1
  }
  return stream.parallel
}
