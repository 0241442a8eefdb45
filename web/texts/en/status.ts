/** The words of a run's statuses, triggers and steps, on whatever screen they stand. */

import type { JobRunStatus, JobTrigger } from '@/graphql/generated/graphql.ts'

export const statusNames: Record<JobRunStatus, string> = {
  PENDING: 'Pending',
  RUNNING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  ERROR: 'Error',
  CANCELLED: 'Cancelled',
}

export const triggerNames: Record<JobTrigger, string> = {
  MANUAL: 'Manual',
  SCHEDULED: 'Scheduled',
  RETRY: 'Retry',
  API: 'API',
}

/** In the order in which a run takes them. */
export const stepNames = {
  CONNECT: 'Connect',
  DISCOVER: 'Discover',
  EXTRACT: 'Extract',
  VALIDATE: 'Validate',
  MATCH: 'Match',
  COMMIT: 'Commit',
}

/** Told to those who listen, when the status of a run that is shown changes. */
export const announcement = (connector: string, number: number, status: string) => `${connector}, run ${number}: ${status}.`
