/** A worker takes a run, and keeps it by renewing its lease. */

import { noReadings, type RateSeries } from '@aiia/core/job-run/rate-series'
import { type FrozenConfiguration, type RunConfiguration, thaw } from '@aiia/core/sync/configuration'
import type { TransactionClient } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'
import { workerName } from './transition.ts'

/** What a worker holds: the fencing number grows with each claim, so an earlier holder can write nothing. */
export type Claim = {
  runId: string
  number: number
  connectorId: string
  attempt: number
  maxAttempts: number
  fence: number
  worker: string
  /** Of the first attempt. */
  startedAt: Date
  /** Since then, by the database's clock; the limit on the run's duration counts it. */
  elapsedMs: number
  configuration: RunConfiguration
  sourceHost: string | null
  credentialsSealed: Uint8Array | null
  revision: number
  lastLogSeq: number
  /** Of the attempts before. */
  rateSeries: RateSeries
}

export type ClaimRequest = {
  runId: string
  attempt: number
  worker: string
  leaseMs: number
  /** Runs that may read from one server at once, over all workers; null: any number. */
  runsPerSourceHost: number | null
}

/**
 * A new attempt counts from zero, and without the rows that the one before rejected. Those of streams that are committed
 * stay; those that may be, or are read in chunks, wait for what the worker finds in the destination.
 *
 * @returns null when it is somebody else's, was cancelled, has ended, is another attempt by now, the platform is paused,
 *   or as many runs read from its server as may; then it waits, and `nextOfSourceHost` names it when one of them has ended
 */
export const claimRun = async ({ prisma }: StoreContext, request: ClaimRequest): Promise<Claim | null> =>
  request.runsPerSourceHost === null
    ? claimWithin(prisma, request)
    : prisma.$transaction(async (transaction) => {
        // Two claims at once would each not see the other.
        await transaction.$executeRaw`
          SELECT pg_advisory_xact_lock(hashtext('source host'), hashtext(source_host)) FROM platform.job_runs WHERE id = ${request.runId} AND source_host IS NOT NULL`
        return claimWithin(transaction, request)
      })

const claimWithin = async (
  client: Pick<TransactionClient, '$queryRaw'>,
  { runId, attempt, worker, leaseMs, runsPerSourceHost }: ClaimRequest,
): Promise<Claim | null> => {
  const [claim] = await client.$queryRaw<StoredClaim[]>`
    WITH claimed AS (
      UPDATE platform.job_runs r SET status = 'RUNNING', lease_owner = ${worker}, fence = fence + 1, revision = revision + 1,
        lease_until = now() + ${leaseMs} * interval '1 millisecond', started_at = coalesce(started_at, now()),
        read = 0, rejected = 0, superseded = 0, inserted = 0, updated = 0, unchanged = 0, deleted = 0, bytes = 0,
        expected = NULL, rows_per_second = NULL, failure = NULL
      WHERE id = ${runId} AND attempt = ${attempt} AND status = 'PENDING' AND NOT EXISTS (SELECT FROM platform.maintenance)
        AND (${runsPerSourceHost}::int IS NULL OR source_host IS NULL OR ${runsPerSourceHost}::int >
          (SELECT count(*) FROM platform.job_runs other WHERE other.source_host = r.source_host AND other.status = 'RUNNING'))
      RETURNING *
    ), delivered AS (
      DELETE FROM platform.outbox o USING claimed WHERE o.run_id = claimed.id
    ), begun_anew AS (
      DELETE FROM platform.rejected_rows x USING claimed c WHERE c.attempt > 1 AND x.run_id = c.id
        AND NOT EXISTS (SELECT FROM platform.stream_commits k WHERE k.run_id = c.id AND k.stream = x.stream)
        AND NOT EXISTS (SELECT FROM platform.commit_intents i WHERE i.run_id = c.id AND i.stream = x.stream)
        AND NOT EXISTS (SELECT FROM jsonb_array_elements(c.configuration -> 'streams') s
          WHERE s ->> 'name' = x.stream AND s ->> 'chunkRows' IS NOT NULL)
    ), told AS (
      INSERT INTO platform.job_run_transitions (run_id, revision, attempt, from_status, to_status, by, reason, last_log_seq)
      SELECT id, revision, attempt, 'PENDING', status, ${workerName(worker)}, ${`Attempt ${attempt} started.`}, last_log_seq FROM claimed
    )
    SELECT id AS "runId", number, connector_id AS "connectorId", attempt, max_attempts AS "maxAttempts", fence, lease_owner AS worker,
      started_at AS "startedAt", (extract(epoch FROM now() - started_at) * 1000)::float8 AS "elapsedMs", configuration,
      source_host AS "sourceHost", credentials_sealed AS "credentialsSealed", revision, last_log_seq AS "lastLogSeq",
      (SELECT json_build_object('everyMs', s.every_ms, 'elapsedMs', s.elapsed_ms, 'read', s.read) FROM platform.rate_series s WHERE s.run_id = claimed.id) AS "rateSeries"
    FROM claimed`
  return claim === undefined ? null : { ...claim, configuration: thaw(claim.configuration), rateSeries: claim.rateSeries ?? noReadings }
}

type StoredClaim = Omit<Claim, 'configuration' | 'rateSeries'> & { configuration: FrozenConfiguration; rateSeries: RateSeries | null }

/** The runs that have waited longest for a server, as many as it has room for. */
export const nextOfSourceHost = async (
  { prisma }: StoreContext,
  { sourceHost, runsPerSourceHost }: { sourceHost: string; runsPerSourceHost: number },
): Promise<{ runId: string; attempt: number }[]> =>
  prisma.$queryRaw`
    SELECT id AS "runId", attempt FROM platform.job_runs WHERE source_host = ${sourceHost} AND status = 'PENDING' AND available_at <= now()
    ORDER BY available_at, number
    LIMIT greatest(0, ${runsPerSourceHost}::int - (SELECT count(*) FROM platform.job_runs WHERE source_host = ${sourceHost} AND status = 'RUNNING'))`

export type Held = Pick<Claim, 'runId' | 'attempt' | 'fence'>

/**
 * Renews all leases of a worker in one statement; it returns the ids of the runs that it still holds, and the worker must
 * stop working on the others. A query and no call, since it is asked on a connection of its own, beside all other work.
 */
export const renewalQuery = (claims: readonly Held[], leaseMs: number): { text: string; values: unknown[] } => ({
  text: `UPDATE platform.job_runs r SET lease_until = now() + $4::int * interval '1 millisecond'
    FROM unnest($1::text[], $2::int[], $3::int[]) AS claim (id, attempt, fence)
    WHERE r.id = claim.id AND r.status = 'RUNNING' AND r.attempt = claim.attempt AND r.fence = claim.fence
    RETURNING r.id`,
  values: [claims.map(({ runId }) => runId), claims.map(({ attempt }) => attempt), claims.map(({ fence }) => fence), leaseMs],
})
