/** A connector's retention as a form describes it; the API holds the same bounds. */

const days = { type: 'integer', minimum: 1, maximum: 36_500 }

export const retentionSchema = {
  properties: {
    runs: {
      type: 'integer',
      title: 'Runs, number',
      description: 'The newest ones. The last completed run always stays.',
      default: 1_000,
      minimum: 1,
      maximum: 1_000_000,
    },
    runsDays: { ...days, title: 'Runs, days', description: 'As long as a run stays. The first of the two counts.', default: 365 },
    logsDays: { ...days, title: 'Logs, days', description: 'The run stays, its log goes.', default: 90 },
    rejectedRowsDays: { ...days, title: 'Rejected, days', description: 'The rows, which hold values of the source.', default: 30 },
  },
}
