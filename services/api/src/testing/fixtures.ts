/** Connectors and runs to test with, made as clients and workers make them. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import { noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { LogLevel } from '@aiia/core/job-run/log-line'
import { claimRun } from '@aiia/store/claim-run'
import { completeRun, failAttempt } from '@aiia/store/finish-run'
import type { Notice } from '@aiia/store/notice'
import { recordProgress } from '@aiia/store/record-progress'
import type { TestApi } from './test-api.ts'

let connectors = 0

export const connectorInput = (change: object = {}) => {
  connectors += 1
  return {
    name: `Connector ${connectors}`,
    kind: 'postgres',
    settings: { host: 'db.internal', port: 5432, database: 'production', user: 'sap_read', tls: 'disable' },
    credentials: { password: 'secret of a test' },
    streams: [{ name: `table_${connectors}`, source: { table: 'public.bseg' } }],
    ...change,
  }
}

/** @returns its global id */
export const createConnector = async (api: TestApi, change: object = {}): Promise<string> => {
  const { createConnector: made } = await api.get<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    { input: connectorInput(change) },
  )
  return made.id
}

export type StartedRun = { id: string; number: number }

export const triggerSync = async (api: TestApi, connectorId: string): Promise<StartedRun> => {
  const query = 'mutation ($id: ID!) { triggerSync(connectorId: $id) { id number } }'
  return (await api.get<{ triggerSync: StartedRun }>(query, { id: connectorId })).triggerSync
}

/** Holds a run as a worker does: writes to the store, then tells the feed. */
export type TestWorker = {
  /** @param told false: the event is lost */
  progress(what: { read?: number; lines?: string[] }, told?: boolean): Promise<void>
  complete(lines?: string[], told?: boolean): Promise<void>
  fail(code: FailureCode): Promise<void>
}

export const holdRun = async (api: TestApi, { id }: StartedRun, attempt = 1): Promise<TestWorker> => {
  const context = { prisma: api.prisma }
  const runId = Buffer.from(id, 'base64').toString().split(':')[1] ?? ''
  const claim = await claimRun(context, { runId, attempt, worker: 'test', leaseMs: 60_000, runsPerSourceHost: null })
  if (claim === null) throw new Error('the run cannot be claimed')
  let counts: RecordCounts = noRecords
  const tell = async (notice: Notice | null, told: boolean): Promise<void> => {
    if (notice === null) throw new Error('the run was lost')
    if (told) await api.messaging.feed.publish('job-run', notice)
  }
  const entries = (lines: string[]) => lines.map((message) => ({ at: new Date(), level: 'INFO' as LogLevel, message }))
  return {
    progress: async ({ read, lines = [] }, told = true) => {
      if (read !== undefined) counts = { ...counts, read, inserted: read }
      await tell(await recordProgress(context, claim, { counts, lines: entries(lines) }), told)
    },
    complete: async (lines = [], told = true) =>
      tell(await completeRun(context, claim, { counts, steps: [], lines: entries(lines) }), told),
    fail: async (code) => {
      const failure = toFailure(new SyncError(code, `What happened: ${code}.`))
      await tell((await failAttempt(context, claim, { failure, random: 0 }))?.notice ?? null, true)
    },
  }
}
