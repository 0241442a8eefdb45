/** What has changed at a source since the stream's last commit, and the mapping that would follow it. */

import { SyncError } from '../failures/failure.ts'
import type { SchemaPolicy } from './configuration.ts'
import type { FieldMapping } from './mapping.ts'
import { findRenames } from './renamed-columns.ts'
import { safeColumnNames } from './safe-names.ts'
import type { SourceColumn } from './source.ts'

/** One difference between the columns of the last commit and those that the source has now. */
export type SchemaChange =
  | { kind: 'ADDED'; column: string; now: ColumnType }
  | { kind: 'REMOVED'; column: string; before: ColumnType }
  /** By likeness: one column went, another of the same type and a similar name or place came. */
  | { kind: 'RENAMED'; column: string; to: string; before: ColumnType; now: ColumnType }
  | { kind: 'RETYPED'; column: string; before: ColumnType; now: ColumnType }
  /** It may be empty now, or no longer. */
  | { kind: 'NULLABILITY'; column: string; before: ColumnType; now: ColumnType }

/** As the source calls it, and as Postgres does. */
export type ColumnType = Pick<SourceColumn, 'sourceType' | 'type' | 'nullable'>

/** The corrected mapping of one stream; applying it lets the next run complete. */
export type MappingProposal = { stream: string; changes: SchemaChange[]; fields: FieldMapping[] }

/**
 * What went or changed in the order of `before`, then what came in the order of `now`. Order is no difference, and neither
 * is another word of the source for what is the same type in Postgres.
 */
export const compareSchemas = (before: readonly SourceColumn[], now: readonly SourceColumn[]): SchemaChange[] => {
  const present = new Map(now.map((column) => [column.name, column]))
  const renames = findRenames(before, now)
  const explained = new Set([...before, ...renames.values()].map(({ name }) => name))
  const added = now.filter(({ name }) => !explained.has(name))
  return [
    ...before.flatMap((column) => changesOf(column, present.get(column.name), renames.get(column.name))),
    ...added.map((column): SchemaChange => ({ kind: 'ADDED', column: column.name, now: typeOf(column) })),
  ]
}

const changesOf = (column: SourceColumn, same: SourceColumn | undefined, renamed: SourceColumn | undefined): SchemaChange[] => {
  const before = { column: column.name, before: typeOf(column) }
  if (renamed !== undefined) return [{ kind: 'RENAMED', ...before, to: renamed.name, now: typeOf(renamed) }]
  if (same === undefined) return [{ kind: 'REMOVED', ...before }]
  const changes: SchemaChange[] = []
  if (same.type !== column.type) changes.push({ kind: 'RETYPED', ...before, now: typeOf(same) })
  if (same.nullable !== column.nullable) changes.push({ kind: 'NULLABILITY', ...before, now: typeOf(same) })
  return changes
}

const typeOf = ({ sourceType, type, nullable }: SourceColumn): ColumnType => ({ sourceType, type, nullable })

/** For a message and a log: `"amount" is now text (was numeric(15,2))`. */
export const describeChange = (change: SchemaChange): string => {
  const name = `"${change.column}"`
  switch (change.kind) {
    case 'ADDED':
      return `${name} is new (${change.now.sourceType})`
    case 'REMOVED':
      return `${name} is gone (was ${change.before.sourceType})`
    case 'RENAMED': {
      const renamed = `${name} was renamed to "${change.to}"`
      return change.before.nullable === change.now.nullable ? renamed : `${renamed}, which ${emptiness(change.now)}`
    }
    case 'RETYPED': {
      // A source without types of its own calls all of them the same.
      const words = change.before.sourceType === change.now.sourceType ? 'type' : 'sourceType'
      return `${name} is now ${change.now[words]} (was ${change.before[words]})`
    }
    case 'NULLABILITY':
      return `${name} ${emptiness(change.now)}`
  }
}

const emptiness = ({ nullable }: ColumnType): string => (nullable ? 'may be empty now (was NOT NULL)' : 'is NOT NULL now (was nullable)')

/**
 * The whole mapping as it should be: a renamed column fills the same destination, a type is taken over by being given, a
 * column that is gone has no field, one that came gets one.
 *
 * @param fields null: every column of `before`, as it was
 * @param changes those to follow; all of them, or without the columns that are to be left out
 */
export const proposeMapping = ({
  stream,
  fields,
  before,
  now,
  changes,
}: {
  stream: string
  fields: readonly FieldMapping[] | null
  before: readonly SourceColumn[]
  now: readonly SourceColumn[]
  changes: readonly SchemaChange[]
}): MappingProposal => {
  const names = new Set(now.map(({ name }) => name))
  const former = fields ?? asTheyAre(before.map(({ name }) => name))
  const kept = former
    .map((field) => changes.filter(({ column }) => column === field.source).reduce(follow, field))
    .filter(({ source }) => source === null || names.has(source))
  const added = changes.flatMap(({ kind, column }) => (kind === 'ADDED' && !kept.some(({ source }) => source === column) ? [column] : []))
  // The destinations of fields that go are not free either: another column's values do not belong there.
  const taken = former.map(({ destination }) => destination)
  return { stream, changes: [...changes], fields: [...kept, ...asTheyAre(added, taken)] }
}

const asTheyAre = (columns: readonly string[], taken: readonly string[] = []): FieldMapping[] => {
  const destinations = safeColumnNames([...taken, ...columns]).slice(taken.length)
  return columns.map((source, index) => ({
    source,
    destination: destinations[index] ?? source,
    type: null,
    nullable: null,
    default: null,
    transforms: [],
  }))
}

const follow = (field: FieldMapping, change: SchemaChange): FieldMapping => {
  switch (change.kind) {
    case 'RENAMED':
      return { ...field, source: change.to, nullable: nullableAfter(field, change) }
    case 'RETYPED':
      // A type that was given is somebody's choice, and stands.
      return { ...field, type: field.type ?? change.now.type }
    case 'NULLABILITY':
      return { ...field, nullable: nullableAfter(field, change) }
    default:
      return field
  }
}

/** null follows by itself. What may be empty by the mapping's own doing stays so, whatever the source promises. */
const nullableAfter = ({ nullable, transforms }: FieldMapping, { before, now }: { before: ColumnType; now: ColumnType }): boolean | null =>
  nullable === null || before.nullable === now.nullable
    ? nullable
    : now.nullable || (nullable && transforms.some(({ kind }) => kind === 'NULL_VALUES'))

/**
 * Sorts changes by what they mean for the run: `stop` ends it, `tell` is for its log, and `ignored` names the new columns
 * that are left out. Only what the mapping takes from the source can stop it.
 *
 * @param fields null: all columns are taken
 */
export const checkPolicy = (
  changes: readonly SchemaChange[],
  policy: SchemaPolicy,
  fields: readonly FieldMapping[] | null,
): { stop: SchemaChange[]; tell: SchemaChange[]; ignored: string[] } => {
  const stop: SchemaChange[] = []
  const tell: SchemaChange[] = []
  const ignored: string[] = []
  const leavesOut = fields === null && policy.added === 'IGNORE'
  for (const change of changes) {
    if (stopsRun(change, policy, fields)) stop.push(change)
    else if (leavesOut && change.kind === 'ADDED') ignored.push(change.column)
    else {
      tell.push(change)
      if (leavesOut && change.kind === 'RENAMED') ignored.push(change.to)
    }
  }
  return { stop, tell, ignored }
}

const stopsRun = (change: SchemaChange, policy: SchemaPolicy, fields: readonly FieldMapping[] | null): boolean => {
  const readers = fields?.filter(({ source }) => source === change.column)
  const refusedIfRemoved = policy.removed === 'STOP' && readers?.length !== 0
  const refusedIfAdded = policy.added === 'STOP' && fields === null
  switch (change.kind) {
    case 'ADDED':
      return refusedIfAdded
    case 'REMOVED':
      return refusedIfRemoved
    case 'RENAMED':
      return refusedIfRemoved || refusedIfAdded
    case 'RETYPED':
      // With a type of the mapping's own, values are checked one by one.
      return readers === undefined || readers.some(({ type }) => type === null)
    case 'NULLABILITY':
      // Only a key may not be empty, and the destination sees to that.
      return false
  }
}

/**
 * The failure of a run that the policy stops. COLUMN_MISSING as soon as a column went, renamed or not; otherwise, also for
 * columns that only came, COLUMN_TYPE_CHANGED: nothing is missing, and the destination was made for something else.
 */
export const failureOf = (stop: readonly SchemaChange[], proposal: MappingProposal, stream: string): SyncError => {
  const isMissing = stop.some(({ kind }) => kind === 'REMOVED' || kind === 'RENAMED')
  const told = stop.map(describeChange).join('; ')
  return new SyncError(
    isMissing ? 'COLUMN_MISSING' : 'COLUMN_TYPE_CHANGED',
    `Column mismatch in stream "${stream}": ${told}. Apply the proposed mapping, or undo the change at the source; then run Sync Now again.`,
    { place: { step: 'DISCOVER', stream }, proposal },
  )
}
