/** The words of the domain, as GraphQL enums. */

import { type LogLevel as Level, logLevels } from '@aiia/core/job-run/log-line'
import { jobRunStatuses, jobTriggers, type JobRunStatus as Status, type JobTrigger as Trigger } from '@aiia/core/job-run/status'
import { type DuplicatePolicy as Duplicates, duplicatePolicies, type SyncMode as Mode, syncModes } from '@aiia/core/sync/configuration'
import { type Role as RoleName, roles } from '../auth/viewer.ts'
import { builder } from './builder.ts'

/** Values of an enum with what each of them means. */
export const describe = <Name extends string>(names: readonly Name[], descriptions: Record<Name, string>) =>
  Object.fromEntries(names.map((name) => [name, { value: name, description: descriptions[name] }])) as Record<
    Name,
    { value: Name; description: string }
  >

const jobRunStatusValues = describe<Status>(jobRunStatuses, {
  PENDING: 'Waits for a worker.',
  RUNNING: 'A worker holds it; counts, steps and log move live.',
  COMPLETED: 'Every stream was parsed, matched and committed.',
  FAILED: 'Blocked by network, sign-in, permission, protocol, a limit or a lost worker.',
  ERROR: 'The source answered, and the data or its shape is wrong.',
  CANCELLED: 'Ended by an operator; nothing was committed after that.',
})
export const JobRunStatus = builder.enumType('JobRunStatus', {
  description: 'Where a run is. The last four are final: nothing leaves them.',
  values: jobRunStatusValues,
})

const jobTriggerValues = describe<Trigger>(jobTriggers, {
  MANUAL: 'A person, in the console.',
  SCHEDULED: 'The connector’s schedule.',
  RETRY: 'A retry of an earlier run.',
  API: 'An API token.',
})
export const JobTrigger = builder.enumType('JobTrigger', { description: 'What started a run.', values: jobTriggerValues })

const logLevelValues = describe<Level>(logLevels, {
  DEBUG: 'For those who look for a defect.',
  INFO: 'What happens.',
  WARN: 'Noteworthy; the run goes on.',
  ERROR: 'What went wrong.',
  FATAL: 'The run ends here.',
})
export const LogLevel = builder.enumType('LogLevel', { description: 'Weight of a log line.', values: logLevelValues })

const syncModeValues = describe<Mode>(syncModes, {
  FULL_REFRESH: 'Each run reads everything and matches it with what is there.',
  INCREMENTAL: 'Each run reads what is new, behind a cursor or in new files, and matches it by primary key; nothing is deleted.',
  APPEND: 'Each run adds what it reads, behind a cursor or from new files where there are such; what is there already stays as it is.',
})
export const SyncMode = builder.enumType('SyncMode', { description: 'How a stream fills its destination table.', values: syncModeValues })

const duplicatePolicyValues = describe<Duplicates>(duplicatePolicies, {
  LAST_WINS: 'The later row counts; the others are counted as superseded.',
  FORBID: 'The run ends in ERROR with DUPLICATE_KEY, and nothing of the stream is committed.',
})
export const DuplicatePolicy = builder.enumType('DuplicatePolicy', {
  description: 'What becomes of rows of one extract that share a primary key.',
  values: duplicatePolicyValues,
})

const stop = { value: 'STOP', description: 'The run ends in ERROR before a row is read, and proposes a mapping.' } as const

export const AddedColumnPolicy = builder.enumType('AddedColumnPolicy', {
  description: 'What is done about a column that is new at the source.',
  values: {
    ADD: { value: 'ADD', description: 'The destination gets it, where the stream takes all columns.' },
    IGNORE: { value: 'IGNORE', description: 'It is left out.' },
    STOP: stop,
  } as const,
})

export const RemovedColumnPolicy = builder.enumType('RemovedColumnPolicy', {
  description: 'What is done about a column that is gone from the source.',
  values: { STOP: stop, IGNORE: { value: 'IGNORE', description: 'It is left out from then on.' } } as const,
})

export const RetypedColumnPolicy = builder.enumType('RetypedColumnPolicy', {
  description: 'What is done about a column that has another type at the source.',
  values: { STOP: stop } as const,
})

export const MissedRunPolicy = builder.enumType('MissedRunPolicy', {
  description: 'What becomes of the runs that were due while the platform was down.',
  values: {
    RUN_ONCE: { value: 'RUN_ONCE', description: 'One run for all that were missed.' },
    SKIP: { value: 'SKIP', description: 'None; the next due time is the next run.' },
  } as const,
})

export const OverlapPolicy = builder.enumType('OverlapPolicy', {
  description: 'What becomes of a due time that meets an active run of the connector.',
  values: {
    SKIP: { value: 'SKIP', description: 'No run; the schedule tells why.' },
    QUEUE: { value: 'QUEUE', description: 'It waits, one at a time, and runs as soon as that run has ended.' },
  } as const,
})

const roleValues = describe<RoleName>(roles, {
  VIEWER: 'Reads.',
  OPERATOR: 'Also syncs, cancels, retries and tests.',
  ADMINISTRATOR: 'Also edits connectors, people and tokens.',
})
export const Role = builder.enumType('Role', { description: 'What somebody may do.', values: roleValues })
