/** What can be done with many runs at once, and what is left out of it. */

import type { RunSummaryFragment } from '@/graphql/generated/graphql.ts'
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

const mostNamed = 3

/** "SAP ERP, CRM, HR and 2 more" */
export const namesOf = (runs: readonly Run[]): string => {
  const names = [...new Set(runs.map(({ connector }) => connector.name))]
  const more = names.length - mostNamed
  if (more > 0) return `${names.slice(0, mostNamed).join(', ')} and ${more} more`
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

export const countOf = (count: number): string => (count === 1 ? '1 run' : `${count} runs`)

export type Outcome = { run: Run /** Why it was refused; null: done. */; refusal: string | null }

/** One sentence for all of them, and why some were refused. */
export const summarise = (
  done: 'retried' | 'cancelled',
  outcomes: readonly Outcome[],
): { title: string; description: string | undefined } => {
  const refused = outcomes.filter(({ refusal }) => refusal !== null)
  const worked = outcomes.length - refused.length
  const verb = outcomes.length === 1 ? 'was' : 'were'
  const title = refused.length === 0 ? `${countOf(worked)} ${verb} ${done}` : `${worked} of ${countOf(outcomes.length)} ${verb} ${done}`
  const reasons = refused.slice(0, mostNamed).map(({ run, refusal }) => `#${run.number}: ${refusal}`)
  const more = refused.length - reasons.length
  return { title, description: reasons.length === 0 ? undefined : `${reasons.join(' ')}${more > 0 ? ` And ${more} more.` : ''}` }
}
