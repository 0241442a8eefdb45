/** The life of a run as data: which statuses exist and which changes between them are lawful. */

export const jobRunStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ERROR', 'CANCELLED'] as const
export type JobRunStatus = (typeof jobRunStatuses)[number]

/** `RUNNING → PENDING` is an automatic new attempt of the same run and nothing else. */
export const transitions: Readonly<Record<JobRunStatus, readonly JobRunStatus[]>> = {
  PENDING: ['RUNNING', 'CANCELLED', 'FAILED'],
  RUNNING: ['COMPLETED', 'FAILED', 'ERROR', 'CANCELLED', 'PENDING'],
  COMPLETED: [],
  FAILED: [],
  ERROR: [],
  CANCELLED: [],
}

export type FinalStatus = 'COMPLETED' | 'FAILED' | 'ERROR' | 'CANCELLED'

/** A final status is never left, whatever arrives late. */
export const isFinal = (status: JobRunStatus): status is FinalStatus => transitions[status].length === 0

export const mayBecome = (from: JobRunStatus, to: JobRunStatus): boolean => transitions[from].includes(to)

export const activeStatuses = ['PENDING', 'RUNNING'] as const satisfies readonly JobRunStatus[]

export const jobTriggers = ['MANUAL', 'SCHEDULED', 'RETRY', 'API'] as const
export type JobTrigger = (typeof jobTriggers)[number]
