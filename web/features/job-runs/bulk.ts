/** What can be done with many runs at once, and what is left out of it. */

import type { RunSummaryFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/runs.ts'
import { isActive } from './status.ts'

type Run = Pick<RunSummaryFragment, 'id' | 'number' | 'status'> & { connector: { id: string; name: string } }

/** Runs that are active can be cancelled, all of them. */
export const cancellable = <R extends Run>(runs: readonly R[]): R[] => runs.filter(({ status }) => isActive(status))

/** Of each connector one, its newest: a second one would be refused while the first goes on. */
export const retryable = <R extends Run>(runs: readonly R[]): R[] => {
  const newest = new Map<string, R>()
  for (const run of runs) {
    if (isActive(run.status) || run.status === 'COMPLETED') continue
    const other = newest.get(run.connector.id)
    if (other === undefined || other.number < run.number) newest.set(run.connector.id, run)
  }
  return [...newest.values()]
}

export type BulkAction = 'retry' | 'cancel'

const mostNamed = 3

/** "SAP ERP, CRM, HR and 2 more" */
export const namesOf = (runs: readonly Run[]): string => {
  const names = [...new Set(runs.map(({ connector }) => connector.name))]
  return t.names(names.slice(0, mostNamed), Math.max(names.length - mostNamed, 0))
}

export type Outcome = { run: Run /** Why it was refused; null: done. */; refusal: string | null }

/** One sentence for all of them, and why some were refused. */
export const summarise = (action: BulkAction, outcomes: readonly Outcome[]): { title: string; description: string | undefined } => {
  const refused = outcomes.filter(({ refusal }) => refusal !== null)
  const title = t.bulkDone[action](outcomes.length - refused.length, outcomes.length)
  const reasons = refused.slice(0, mostNamed).map(({ run, refusal }) => `#${run.number}: ${refusal}`)
  return { title, description: reasons.length === 0 ? undefined : t.refusals(reasons, refused.length - reasons.length) }
}
