/** The parts that the rows of a run, or of one of its streams, must add up to. */

import type { countMeanings } from '@/features/help/glossary.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'

export type Counts = Pick<
  RunDetailFragment['counts'],
  'read' | 'inserted' | 'updated' | 'unchanged' | 'rejected' | 'superseded' | 'deleted'
>

type Part = { label: keyof typeof countMeanings; value: number; dot: string; explanation: string }

export const partsOf = ({ inserted, updated, unchanged, rejected, superseded }: Counts): Part[] => [
  { label: 'inserted', value: inserted, dot: 'bg-completed-vivid', explanation: 'new in the destination' },
  { label: 'updated', value: updated, dot: 'bg-running-vivid', explanation: 'differed and were rewritten' },
  { label: 'unchanged', value: unchanged, dot: 'bg-line-strong', explanation: 'were the same already' },
  { label: 'superseded', value: superseded, dot: 'bg-pending-vivid', explanation: 'a later row has their key' },
  { label: 'rejected', value: rejected, dot: 'bg-error-vivid', explanation: 'failed validation' },
]

/** Rows that are read and in none of the parts; of a completed run there is none. */
export const unaccounted = (counts: Counts): number => counts.read - partsOf(counts).reduce((sum, { value }) => sum + value, 0)
