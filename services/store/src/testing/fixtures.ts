/** Connectors, runs and claims to test with, made as the API and workers make them. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { type Failure, SyncError, toFailure } from '@aiia/core/failures/failure'
import { noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { LogEntry } from '@aiia/core/job-run/log-line'
import { noOwnRetention } from '@aiia/core/job-run/retention'
import type { JobStep } from '@aiia/core/job-run/step'
import { defaultLimits, type StreamConfiguration, streamDefaults } from '@aiia/core/sync/configuration'
import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import { type Claim, claimRun } from '../claim-run.ts'
import { createConnector, type NewConnector, type ScheduleInput } from '../connectors.ts'
import type { StoreContext } from '../context.ts'
import { type RunRequest, requestRun } from '../request-run.ts'

let connectors = 0

export const everyHour: ScheduleInput = { cron: '0 * * * *', timeZone: 'UTC', missedRuns: 'RUN_ONCE', overlap: 'SKIP', jitterSeconds: 0 }

export const streamOf = (change: Partial<StreamConfiguration> = {}): StreamConfiguration => ({
  ...streamDefaults,
  name: 'bseg',
  source: { table: 'public.bseg' },
  mode: 'FULL_REFRESH',
  primaryKey: null,
  destinationTable: 'bseg',
  rejectLimit: 0,
  ...change,
})

type ConnectorFixture = Partial<NewConnector> & { maxAttempts?: number }

/** @returns its id */
export const makeConnector = async (context: StoreContext, { maxAttempts = 3, ...change }: ConnectorFixture = {}): Promise<string> => {
  connectors += 1
  const id = `connector-${connectors}`
  await createConnector(context, {
    id,
    name: `Connector ${connectors}`,
    kind: 'postgres',
    settings: { host: 'db.internal' },
    sourceHost: null,
    credentialsSealed: Buffer.from('sealed'),
    streams: [streamOf({ destinationTable: `table_${connectors}` })],
    schedule: null,
    limits: { ...defaultLimits, maxAttempts },
    retention: noOwnRetention,
    enabled: true,
    ...change,
  })
  return id
}

export const trigger = (context: StoreContext, connectorId: string, change: Partial<RunRequest> = {}) =>
  requestRun(context, { connectorId, trigger: 'API', requestedBy: null, ...change })

/** A PENDING run of a connector of its own. */
export const pendingRun = async (context: StoreContext, change: ConnectorFixture = {}) =>
  (await trigger(context, await makeConnector(context, change))).run

export const claim = (context: StoreContext, { id, attempt }: { id: string; attempt: number }, worker = 'worker-1') =>
  claimRun(context, { runId: id, attempt, worker, leaseMs: 60_000, runsPerSourceHost: null })

/** A run of a connector of its own that a worker holds. */
export const heldRun = async (context: StoreContext, change: ConnectorFixture = {}): Promise<Claim> => {
  const held = await claim(context, await pendingRun(context, change))
  if (held === null) throw new Error('the run cannot be claimed')
  return held
}

/** Lets the lease of a run be over, as if its worker had not answered for a minute. */
export const letLeaseEnd = async ({ prisma }: StoreContext, runId: string): Promise<void> => {
  await prisma.$executeRaw`UPDATE platform.job_runs SET lease_until = now() - interval '1 minute' WHERE id = ${runId}`
}

/** Lets a run have waited for a worker so many seconds. */
export const letWait = async ({ prisma }: StoreContext, runId: string, seconds: number): Promise<void> => {
  await prisma.$executeRaw`UPDATE platform.job_runs SET available_at = now() - ${seconds} * interval '1 second' WHERE id = ${runId}`
}

export const runOf = ({ prisma }: StoreContext, id: string) => prisma.jobRun.findUniqueOrThrow({ where: { id } })

export const logOf = ({ prisma }: StoreContext, runId: string) => prisma.logLine.findMany({ where: { runId }, orderBy: { seq: 'asc' } })

/** All that the database has of a run. */
export const everythingOf = async ({ prisma }: StoreContext, id: string) => ({
  run: await prisma.jobRun.findUniqueOrThrow({
    where: { id },
    include: { steps: true, logLines: true, rejectedRows: true, rateSeries: true },
  }),
  outbox: await prisma.outboxEntry.findMany({ where: { runId: id } }),
})

/** 1, 2, 3 … n */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)

/** Does it n times at once. */
export const atOnce = <T>(n: number, task: (index: number) => Promise<T>): Promise<T[]> => Promise.all(upTo(n).map(task))

export const info = (message: string): LogEntry => ({ at: new Date(), level: 'INFO', message })

export const inserted = (rows: number): RecordCounts => ({ ...noRecords, read: rows, inserted: rows })

export const receiptOf = (stream: string, change: Partial<StreamReceipt> = {}): StreamReceipt => ({
  stream,
  mode: 'FULL_REFRESH',
  counts: inserted(5),
  controlTotals: null,
  cursor: null,
  ...change,
})

export const rejectedRow = (change: Partial<RejectedRow> = {}): RejectedRow => ({
  stream: 'bseg',
  position: 1,
  place: null,
  key: '1',
  column: 'wrbtr',
  rawValue: 'x',
  rule: 'a number',
  row: null,
  ...change,
})

export const failureOf = (code: FailureCode): Failure => toFailure(new SyncError(code, `What happened: ${code}.`))

export const step = (position: number, change: Partial<JobStep> = {}): JobStep => ({
  position,
  kind: 'EXTRACT',
  stream: 'bseg',
  status: 'PENDING',
  startedAt: null,
  finishedAt: null,
  read: 0,
  detail: null,
  ...change,
})
