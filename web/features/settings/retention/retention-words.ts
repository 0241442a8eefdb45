/** What retention keeps and takes, in words. */

import type { ForecastDetailFragment, RetentionDetailFragment } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/retention.tsx'

/** Such as "12 runs, 14 logs with 5,300 lines"; null where nothing goes. */
export const forecastInWords = ({ runs, logs, logLines, runsWithRejectedRows }: ForecastDetailFragment): string | null => {
  const parts = [
    ...(runs > 0 ? [t.forecastRuns(runs)] : []),
    ...(logs > 0 ? [t.forecastLogs(logs, logLines)] : []),
    ...(runsWithRejectedRows > 0 ? [t.forecastRejectedRows(runsWithRejectedRows)] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

type Own = Omit<RetentionDetailFragment['connectorsWithOwn'][number]['ownRetention'], '__typename'>

/** Such as "logs 14 days, 50 runs" */
export const ownInWords = ({ runs, runsDays, logsDays, rejectedRowsDays }: Own): string =>
  [
    ...(runs === null ? [] : [t.ownRuns(runs)]),
    ...(runsDays === null ? [] : [t.ownRunsDays(runsDays)]),
    ...(logsDays === null ? [] : [t.ownLogsDays(logsDays)]),
    ...(rejectedRowsDays === null ? [] : [t.ownRejectedRowsDays(rejectedRowsDays)]),
  ].join(', ')
