/** Connectors and runs to test with, made as clients and workers make them. */

import type { FailureCode } from '@aiia/core/failures/catalogue'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import { noRecords, type RecordCounts } from '@aiia/core/job-run/counts'
import type { LogLevel } from '@aiia/core/job-run/log-line'
import type { RateSeries } from '@aiia/core/job-run/rate-series'
import type { StreamReceipt } from '@aiia/core/sync/receipt'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { MappingProposal } from '@aiia/core/sync/schema-change'
import { claimRun } from '@aiia/store/claim-run'
import { fenceQuery } from '@aiia/store/fence'
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

const plainRejection: RejectedRow = {
  stream: 'bseg',
  position: 1,
  place: null,
  key: '1',
  column: 'wrbtr',
  rawValue: 'x',
  rule: 'The value is not a number.',
  row: null,
}

/** Holds a run as a worker does: writes to the store, then tells the feed. */
export type TestWorker = {
  /** @param told false: the event is lost */
  progress(what: { read?: number; lines?: string[]; rateSeries?: RateSeries }, told?: boolean): Promise<void>
  reject(rows: Partial<RejectedRow>[]): Promise<void>
  commit(receipt: Partial<StreamReceipt> & { stream: string }): Promise<void>
  complete(lines?: string[], told?: boolean): Promise<void>
  fail(code: FailureCode, proposal?: MappingProposal): Promise<void>
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
    progress: async ({ read, lines = [], rateSeries }, told = true) => {
      if (read !== undefined) counts = { ...counts, read, inserted: read }
      await tell(await recordProgress(context, claim, { counts, lines: entries(lines), rateSeries }), told)
    },
    reject: async (rows) => {
      counts = { ...counts, read: counts.read + rows.length, rejected: counts.rejected + rows.length }
      await tell(await recordProgress(context, claim, { counts, rejected: rows.map((row) => ({ ...plainRejection, ...row })) }), true)
    },
    commit: async (receipt) => {
      const { text, values } = fenceQuery(claim, { mode: 'FULL_REFRESH', counts: noRecords, controlTotals: null, cursor: null, ...receipt })
      await api.prisma.$queryRawUnsafe(text, ...values)
    },
    complete: async (lines = [], told = true) =>
      tell(await completeRun(context, claim, { counts, steps: [], lines: entries(lines) }), told),
    fail: async (code, proposal) => {
      const failure = toFailure(new SyncError(code, `What happened: ${code}.`, { ...(proposal && { proposal }) }))
      await tell((await failAttempt(context, claim, { failure, random: 0 }))?.notice ?? null, true)
    },
  }
}
