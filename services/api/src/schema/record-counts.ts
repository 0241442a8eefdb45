/** What became of the rows of a run. */

import type { RecordCounts as Counts } from '@aiia/core/job-run/counts'
import { builder } from './builder.ts'

/** Rows of a run as they are stored. */
export type StoredCounts = { [Name in keyof Counts]: bigint | (null extends Counts[Name] ? null : never) }

/** To select them. */
export const countColumns = {
  read: true,
  rejected: true,
  superseded: true,
  inserted: true,
  updated: true,
  unchanged: true,
  deleted: true,
  bytes: true,
  expected: true,
} as const satisfies Record<keyof StoredCounts, true>

export const toStoredCounts = ({ expected, ...counts }: Counts): StoredCounts => ({
  read: BigInt(counts.read),
  rejected: BigInt(counts.rejected),
  superseded: BigInt(counts.superseded),
  inserted: BigInt(counts.inserted),
  updated: BigInt(counts.updated),
  unchanged: BigInt(counts.unchanged),
  deleted: BigInt(counts.deleted),
  bytes: BigInt(counts.bytes),
  expected: expected === null ? null : BigInt(expected),
})

export const RecordCounts = builder.objectRef<StoredCounts>('RecordCounts').implement({
  description: 'Record counts of a run, or of one of its streams. They only grow while an attempt runs, and are exact when the run ends.',
  fields: (t) => ({
    read: t.expose('read', { type: 'Long', description: 'Rows taken from the source.' }),
    rejected: t.expose('rejected', { type: 'Long', description: 'Rows that failed validation.' }),
    superseded: t.expose('superseded', { type: 'Long', description: 'Rows whose primary key came again later in the same extract.' }),
    inserted: t.expose('inserted', { type: 'Long', description: 'Rows new in the destination.' }),
    updated: t.expose('updated', { type: 'Long', description: 'Rows changed in the destination.' }),
    unchanged: t.expose('unchanged', { type: 'Long', description: 'Rows that the destination had already.' }),
    deleted: t.expose('deleted', { type: 'Long', description: 'Rows removed from the destination, since the source no longer has them.' }),
    ingested: t.field({
      type: 'Long',
      description: 'Rows of the extract that are now in the destination: inserted + updated + unchanged.',
      resolve: ({ inserted, updated, unchanged }) => inserted + updated + unchanged,
    }),
    bytes: t.expose('bytes', { type: 'Long', description: 'Bytes read from the source.' }),
    expected: t.expose('expected', { type: 'Long', nullable: true, description: 'Rows that the source announces, where it can tell.' }),
  }),
})
