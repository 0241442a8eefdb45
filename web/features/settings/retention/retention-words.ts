/** What retention keeps and takes, in words. */

import type { ForecastDetailFragment, RetentionDetailFragment, StoredThing } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

export const thingNames: Record<StoredThing, string> = {
  RUNS: 'Runs',
  LOG_LINES: 'Log lines',
  REJECTED_ROWS: 'Rejected rows',
  AUDIT_ENTRIES: 'Audit entries',
}

const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`

/** Such as "12 runs, 14 logs with 5,300 lines"; null where nothing goes. */
export const forecastInWords = ({ runs, logs, logLines, runsWithRejectedRows }: ForecastDetailFragment): string | null => {
  const parts = [
    ...(runs > 0 ? [counted(runs, 'run')] : []),
    ...(logs > 0 ? [`${counted(logs, 'log')} with ${counted(logLines, 'line')}`] : []),
    ...(runsWithRejectedRows > 0 ? [`the rejected rows of ${counted(runsWithRejectedRows, 'run')}`] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

type Own = Omit<RetentionDetailFragment['connectorsWithOwn'][number]['ownRetention'], '__typename'>

/** Such as "logs 14 days, 50 runs" */
export const ownInWords = ({ runs, runsDays, logsDays, rejectedRowsDays }: Own): string =>
  [
    ...(runs === null ? [] : [counted(runs, 'run')]),
    ...(runsDays === null ? [] : [`runs ${counted(runsDays, 'day')}`]),
    ...(logsDays === null ? [] : [`logs ${counted(logsDays, 'day')}`]),
    ...(rejectedRowsDays === null ? [] : [`rejected rows ${counted(rejectedRowsDays, 'day')}`]),
  ].join(', ')
