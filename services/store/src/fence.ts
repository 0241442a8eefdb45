/** The question of a commit: is this attempt still the run's owner? */

import type { Held } from './claim-run.ts'

/**
 * Returns one row while the run is RUNNING and this attempt holds it, and locks that row: a cancel or a new claim waits
 * until the transaction of the commit has ended, so one truth comes out.
 */
export const fenceQuery = ({ runId, attempt, fence }: Held): { text: string; values: unknown[] } => ({
  text: `SELECT 1 FROM platform.job_runs WHERE id = $1 AND status = 'RUNNING' AND attempt = $2 AND fence = $3 FOR UPDATE`,
  values: [runId, attempt, fence],
})
