/** How the command ends, for scripts: by the final status of the run, or by what kept the command from asking. */

/** As in `services/api/schema.graphql`. */
export type JobRunStatus = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'ERROR' | 'CANCELLED'

/** 64 and 69 are those of sysexits.h: wrong usage, and a service that cannot be used. */
export const exitCodes = { ok: 0, failed: 1, error: 2, cancelled: 3, refused: 4, usage: 64, unavailable: 69 } as const

export const exitCodeHelp = `Exit codes: 0 completed, 1 failed, 2 error (data or mapping), 3 cancelled, 4 refused by the API,
64 wrong usage, 69 the platform cannot be reached or the token is not accepted.`

/** @returns undefined while the run is not over */
export const exitCodeOf = (status: JobRunStatus): number | undefined => {
  switch (status) {
    case 'COMPLETED':
      return exitCodes.ok
    case 'FAILED':
      return exitCodes.failed
    case 'ERROR':
      return exitCodes.error
    case 'CANCELLED':
      return exitCodes.cancelled
    case 'PENDING':
    case 'RUNNING':
      return undefined
  }
}
