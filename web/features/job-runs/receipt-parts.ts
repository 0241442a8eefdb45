/** The parts that the rows of a run, or of one of its streams, must add up to. */

import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'

export type Counts = Pick<
  RunDetailFragment['counts'],
  'read' | 'inserted' | 'updated' | 'unchanged' | 'rejected' | 'superseded' | 'deleted'
>

type Part = { count: keyof Counts; value: number; dot: string }

export const partsOf = ({ inserted, updated, unchanged, rejected, superseded }: Counts): Part[] => [
  { count: 'inserted', value: inserted, dot: 'bg-completed-vivid' },
  { count: 'updated', value: updated, dot: 'bg-running-vivid' },
  { count: 'unchanged', value: unchanged, dot: 'bg-line-strong' },
  { count: 'superseded', value: superseded, dot: 'bg-pending-vivid' },
  { count: 'rejected', value: rejected, dot: 'bg-error-vivid' },
]

/** Rows that are read and in none of the parts; of a completed run there is none. */
export const unaccounted = (counts: Counts): number => counts.read - partsOf(counts).reduce((sum, { value }) => sum + value, 0)
