/** Streams as clients give them: what is read, how it is carried over, and what fits what the kind can do. */

import type { ConnectorKind } from '@aiia/connectors/kinds'
import {
  defaultSchemaPolicy,
  duplicatePolicies,
  type SchemaPolicy,
  type StreamConfiguration,
  syncModes,
} from '@aiia/core/sync/configuration'
import { z } from 'zod'
import { columnName, fieldsSchema } from './field-mapping.ts'
import { range } from './ranges.ts'

export type KindOfStream = Pick<ConnectorKind, 'streamSource' | 'capabilities'>

const distinct = (columns: readonly string[]): boolean => new Set(columns).size === columns.length
const columnNames = z.array(columnName).refine(distinct, 'A column is named twice.')

/** As of GraphQL, which knows the values; what is omitted has its default. */
const schemaChangesSchema = z
  .object({
    added: z.enum(['ADD', 'IGNORE', 'STOP']).nullish(),
    removed: z.enum(['STOP', 'IGNORE']).nullish(),
    retyped: z.literal('STOP').nullish(),
  })
  .transform(
    ({ added, removed, retyped }): SchemaPolicy => ({
      added: added ?? defaultSchemaPolicy.added,
      removed: removed ?? defaultSchemaPolicy.removed,
      retyped: retyped ?? defaultSchemaPolicy.retyped,
    }),
  )

export const streamSchema = ({ streamSource, capabilities }: KindOfStream) =>
  z
    .object({
      name: z.string().trim().min(1, 'A name has at least one character.').max(200, 'A name has at most 200 characters.'),
      source: streamSource,
      mode: z.enum(syncModes).nullish(),
      primaryKey: columnNames.nullish(),
      cursorField: columnName.nullish(),
      cursorOverlap: range(0, 31_536_000, 'seconds or units').nullish(),
      fields: fieldsSchema.nullish(),
      schemaChanges: schemaChangesSchema.nullish(),
      controlTotals: columnNames.max(100, 'At most 100 columns are summed.').nullish(),
      duplicates: z.enum(duplicatePolicies).nullish(),
      chunking: z.object({ rows: range(1_000, 100_000_000, 'rows').nullish() }).nullish(),
      parallel: range(1, 8, 'sessions').nullish(),
      destinationTable: z.string().nullish(),
      rejectLimit: range(0, 1_000_000, 'rows').nullish(),
    })
    .transform(
      (given): StreamConfiguration => ({
        name: given.name,
        source: given.source,
        mode: given.mode ?? 'FULL_REFRESH',
        primaryKey: given.primaryKey ?? null,
        destinationTable: given.destinationTable ?? given.name,
        rejectLimit: given.rejectLimit ?? 0,
        duplicates: given.duplicates ?? 'LAST_WINS',
        chunkRows: given.chunking == null ? null : (given.chunking.rows ?? 'AUTO'),
        parallel: given.parallel ?? null,
        fields: given.fields ?? null,
        cursorField: given.cursorField ?? null,
        cursorOverlap: given.cursorOverlap ?? null,
        schemaChanges: given.schemaChanges ?? defaultSchemaPolicy,
        controlTotals: given.controlTotals ?? null,
      }),
    )
    .superRefine((stream, context) => {
      const problems = [...tableProblems(stream), ...readingProblems(stream, capabilities), ...mappingProblems(stream)]
      for (const [path, message] of problems) context.addIssue({ code: 'custom', path: [path], message })
    })

type Problem = [field: keyof StreamConfiguration, message: string]

/** Postgres cuts longer names silently. */
const tableProblems = ({ destinationTable: name }: StreamConfiguration): Problem[] => {
  if (name === '') return [['destinationTable', 'A table name has at least one character.']]
  if (name.includes('\0')) return [['destinationTable', 'A table name cannot hold a NUL character.']]
  return Buffer.byteLength(name) <= 63
    ? []
    : [['destinationTable', 'A table name has at most 63 bytes. Give a shorter "destinationTable".']]
}

/** What the kind of source can do. */
const readingProblems = (
  stream: StreamConfiguration,
  { incremental, controlTotals, parallel }: ConnectorKind['capabilities'],
): Problem[] => {
  const problems: Problem[] = []
  const { mode, cursorField, primaryKey } = stream
  if (cursorField !== null && incremental !== 'CURSOR') {
    const why = incremental === 'FILES' ? 'know by themselves which files are new' : 'cannot select rows by a cursor'
    problems.push(['cursorField', `Sources of this kind ${why}. Leave "cursorField" out.`])
  }
  if (stream.controlTotals !== null && !controlTotals)
    problems.push(['controlTotals', 'Sources of this kind do not compute sums. Leave "controlTotals" out.'])
  if ((stream.parallel ?? 1) > 1 && !parallel)
    problems.push(['parallel', 'Sources of this kind are read by one session. Leave "parallel" out.'])
  if (mode !== 'INCREMENTAL') return problems
  if (incremental === null)
    problems.push(['mode', 'Sources of this kind cannot tell what is new. Choose FULL_REFRESH, or APPEND to add all that is read.'])
  if (incremental === 'CURSOR' && cursorField === null)
    problems.push([
      'cursorField',
      'INCREMENTAL reads behind a cursor. Name a source column that grows with every change, such as a time of change.',
    ])
  if (primaryKey?.length === 0)
    problems.push([
      'primaryKey',
      'INCREMENTAL finds its rows by their primary key. Name its columns, leave it out to take the source’s own, or choose APPEND.',
    ])
  return problems
}

/** What names columns must name those of the mapping. */
const mappingProblems = ({ fields, cursorField, controlTotals, primaryKey }: StreamConfiguration): Problem[] => {
  if (fields === null) return []
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
  const notCarried = (names: readonly string[]) => names.filter((name) => !fields.some(({ source }) => source === name))
  const carry = (names: readonly string[]) =>
    `The mapping does not carry over ${quoted(names)}. Add it to "fields", or name a source column that is there.`
  const problems: Problem[] = []
  const cursor = notCarried(cursorField === null ? [] : [cursorField])
  if (cursor.length > 0) problems.push(['cursorField', carry(cursor)])
  const summed = notCarried(controlTotals ?? [])
  if (summed.length > 0) problems.push(['controlTotals', carry(summed)])
  const keys = (primaryKey ?? []).filter((name) => !fields.some(({ destination }) => destination === name))
  if (keys.length > 0)
    problems.push(['primaryKey', `The mapping fills no column ${quoted(keys)}. Name columns of the destination that "fields" has.`])
  return problems
}

export const streamsSchema = (kind: KindOfStream) =>
  z
    .array(streamSchema(kind))
    .min(1, 'A connector reads at least one stream.')
    .max(1_000, 'A connector reads at most 1,000 streams.')
    .superRefine((streams, context) => {
      for (const field of ['name', 'destinationTable'] as const) {
        const seen = new Set<string>()
        for (const [index, stream] of streams.entries()) {
          const message = `Another stream of this connector has "${stream[field]}" already.`
          if (seen.has(stream[field])) context.addIssue({ code: 'custom', path: [index, field], message })
          seen.add(stream[field])
        }
      }
    })
