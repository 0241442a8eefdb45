/** The fields for what is kept of runs and how long, of one connector and of all. */

export const runs = 'Runs, number'
export const runsHint = 'The newest ones. The last completed run always stays.'
export const runsDays = 'Runs, days'
export const runsDaysHint = 'As long as a run stays. The first of the two counts.'
export const logsDays = 'Logs, days'
export const logsDaysHint = 'The run stays, its log goes.'
export const rejectedRowsDays = 'Rejected, days'
export const rejectedRowsDaysHint = 'The rows, which hold values of the source.'
