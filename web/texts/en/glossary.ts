/** What the words of the console mean, each told once: help in place reads them here, wherever a word stands. */

import type { JobRunStatus, JobTrigger, SyncMode } from '@/graphql/generated/graphql.ts'
import type { stepNames } from './status.ts'

export const statusMeanings: Record<JobRunStatus, string> = {
  PENDING: 'The run waits for a worker. Once it has waited for 5 seconds, its page says for what.',
  RUNNING: 'A worker is at it. Counts, steps, rate and log move as it works.',
  COMPLETED: 'Every stream was read, matched and committed.',
  FAILED: 'Something in its way ended it: network, sign-in, permission, a limit or a lost worker. Fix the cause, then retry.',
  ERROR: 'The source answered, but its data or their shape is not what the mapping expects. Correct the mapping, then run it again.',
  CANCELLED: 'Somebody ended it. Nothing was committed after that; streams that were committed before stay.',
}

export const triggerMeanings: Record<JobTrigger, string> = {
  MANUAL: 'Somebody clicked Sync Now in the console.',
  SCHEDULED: 'The connector’s schedule was due.',
  RETRY: 'Somebody ran again what had ended; the run says which one.',
  API: 'A script or another system asked for it, with an API token.',
}

/** In the order in which a run takes them. */
export const stepMeanings: Record<keyof typeof stepNames, string> = {
  CONNECT: 'Reaches the source and signs in.',
  DISCOVER: 'Compares what the source has with what the mapping expects, before a row is read.',
  EXTRACT: 'Reads the rows.',
  VALIDATE: 'Checks each value against its column’s type and rule. A row that fails is rejected.',
  MATCH: 'Finds by the primary key which rows are new, changed, the same or gone.',
  COMMIT: 'Writes the differences in one transaction: all of the stream becomes visible, or nothing.',
}

export const countMeanings = {
  read: 'Rows taken from the source, in this attempt.',
  ingested: 'Rows that are in the destination by this run: inserted, updated and unchanged together.',
  inserted: 'Rows that were not in the destination before.',
  updated: 'Rows that differed from the destination’s, and were rewritten.',
  unchanged: 'Rows that were the same already, and were left alone.',
  superseded: 'Rows whose primary key came again later in the same extract. The last one counts.',
  rejected: 'Rows that failed validation. They are kept aside with value and rule, and not committed.',
  deleted: 'Rows of the destination that are gone at the source, removed by a full refresh.',
}

export const modeMeanings: Record<SyncMode, string> = {
  FULL_REFRESH: 'Reads everything, and makes the table equal to it.',
  INCREMENTAL: 'Reads what is new since the last run, and inserts or updates by the primary key.',
  APPEND: 'Adds what it reads behind the rows that are there.',
}

export const figureMeanings = {
  rate: 'Rows that come from the source in a second: at this moment while the run goes on, then on average.',
  bytes: 'Data taken from the source, as it came over the wire or out of its files.',
  duration: 'From the moment a worker took the run until its end, over all attempts.',
  timeLeft: 'An estimate, from the rows that the source expects to have and the rate at this moment.',
  receipt: 'What became of every row: read = inserted + updated + unchanged + superseded + rejected.',
  controlTotals: 'Rows and sums as the source itself computes them. The run commits only if both sides agree to the last digit.',
  cursor: 'The column by which the run knows what is new, and from which value to which it read.',
  attempt: 'A passing failure, such as a lost connection, starts the same run again, up to the connector’s limit.',
}

export const listMeanings = {
  records: 'Rows ingested by a completed run; rows read so far by any other.',
  lastRuns: 'A bar a run, the newest at the right. Its height is the duration, its colour and mark are how it ended.',
  schedule: 'When it syncs by itself. Its CRON text is read in the schedule’s time zone.',
  queued: 'When the run was asked for. It starts as soon as a worker has a free slot.',
  key: 'The columns by which a row is found again from run to run.',
  mapping: 'Which columns are carried over, and how many rejected rows the stream tolerates.',
}

export const freshnessMeanings = {
  lastGood: 'When the last run completed: the destination is as the source was then.',
  state: 'On time: no due run is missing. Late: a scheduled run should have completed since.',
  successRate: 'Completed runs among those that completed, failed or ended in Error. Cancelled ones do not count.',
  typical: 'The median of the completed runs.',
}

export const settingMeanings = {
  spread: 'The schedule fires up to so much later, always the same for a connector, so that not all begin at once.',
  'when one still runs': 'What becomes of a scheduled run when the one before it still goes on.',
  'missed while down': 'What becomes of times that were due while the platform was down: one run for all of them, or none.',
  'connect timeout': 'How long the source may take to answer before the attempt fails.',
  'longest run': 'Over all attempts. A run that outlives it fails with RUN_TIMEOUT.',
  attempts: 'How often one run is tried when it fails for a passing reason. 1 means no repeat.',
  memory: 'What one run may use, in mebibytes (1,048,576 bytes). One that outgrows it ends alone.',
  credentials: 'Encrypted when they are saved, opened only by a worker, and never shown again.',
}

export const systemMeanings = {
  workers: 'Processes that execute runs. One that is silent for too long is given up, and its runs start anew elsewhere.',
  slots: 'How many runs the workers can execute at the same time, and how many they do.',
  waiting: 'Pending runs, those that wait for a new attempt included.',
  mode: 'What carries queue and live feed: Redis, or the platform’s own Postgres.',
  schedulers: 'Processes that start due runs and recover lost ones. One is enough; a second one is a spare.',
}
