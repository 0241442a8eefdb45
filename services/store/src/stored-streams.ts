/** A stream as it is stored, and as a run executes it. */

import { defaultSchemaPolicy, type SchemaPolicy, type StreamConfiguration } from '@aiia/core/sync/configuration'
import type { FieldMapping } from '@aiia/core/sync/mapping'
import { Prisma } from '@aiia/prisma/client'

/** The rows of a chunk, as a column of numbers says it. */
const chosenBySize = 0

type StoredStream = Prisma.StreamGetPayload<object>

export const toStoredStream = (stream: StreamConfiguration): Omit<Prisma.StreamCreateManyInput, 'connectorId' | 'position'> => {
  const { source, primaryKey, chunkRows, fields, schemaChanges, controlTotals, ...same } = stream
  return {
    ...same,
    source: source as Prisma.InputJsonValue,
    primaryKeyGiven: primaryKey !== null,
    primaryKey: primaryKey ?? [],
    chunkRows: chunkRows === 'AUTO' ? chosenBySize : chunkRows,
    fields: orNull(fields),
    schemaChanges: orNull(schemaChanges),
    controlTotals: orNull(controlTotals),
  }
}

export const fromStoredStream = (stream: StoredStream): StreamConfiguration => ({
  name: stream.name,
  source: stream.source,
  mode: stream.mode,
  primaryKey: stream.primaryKeyGiven ? stream.primaryKey : null,
  destinationTable: stream.destinationTable,
  rejectLimit: stream.rejectLimit,
  duplicates: stream.duplicates,
  chunkRows: stream.chunkRows === chosenBySize ? 'AUTO' : stream.chunkRows,
  parallel: stream.parallel,
  fields: stream.fields as FieldMapping[] | null,
  cursorField: stream.cursorField,
  cursorOverlap: stream.cursorOverlap,
  schemaChanges: (stream.schemaChanges as SchemaPolicy | null) ?? defaultSchemaPolicy,
  controlTotals: stream.controlTotals as string[] | null,
})

/** NULL, and not the null of JSON. */
export const orNull = (value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue)
