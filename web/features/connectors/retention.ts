/** A connector's retention as a form describes it; the API holds the same bounds. */

import * as t from '@/texts/connector-retention.ts'

const days = { type: 'integer', minimum: 1, maximum: 36_500 }

export const retentionSchema = {
  properties: {
    runs: {
      type: 'integer',
      title: t.runs,
      description: t.runsHint,
      default: 1_000,
      minimum: 1,
      maximum: 1_000_000,
    },
    runsDays: { ...days, title: t.runsDays, description: t.runsDaysHint, default: 365 },
    logsDays: { ...days, title: t.logsDays, description: t.logsDaysHint, default: 90 },
    rejectedRowsDays: { ...days, title: t.rejectedRowsDays, description: t.rejectedRowsDaysHint, default: 30 },
  },
}
