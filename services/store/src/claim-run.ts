/** A worker takes a run, and keeps it by renewing its lease. */

import type { RunConfiguration } from '@aiia/core/sync/configuration'
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
  /** Of the first attempt; the limit on the run's duration counts from it. */
  startedAt: Date
  configuration: RunConfiguration
  credentialsSealed: Uint8Array | null
  revision: number
  lastLogSeq: number
}

/** @returns null when it is somebody else's, was cancelled, has ended, or is another attempt by now */
export const claimRun = async (
  { prisma }: StoreContext,
  { runId, attempt, worker, leaseMs }: { runId: string; attempt: number; worker: string; leaseMs: number },
): Promise<Claim | null> => {
  const [claim] = await prisma.$queryRaw<Claim[]>`
    WITH claimed AS (
      UPDATE platform.job_runs SET status = 'RUNNING', lease_owner = ${worker}, fence = fence + 1, revision = revision + 1,
        lease_until = now() + ${leaseMs} * interval '1 millisecond', started_at = coalesce(started_at, now()),
        read = 0, rejected = 0, superseded = 0, inserted = 0, updated = 0, unchanged = 0, deleted = 0, bytes = 0,
        expected = NULL, rows_per_second = NULL, failure = NULL
      WHERE id = ${runId} AND attempt = ${attempt} AND status = 'PENDING'
      RETURNING *
    ), delivered AS (
      DELETE FROM platform.outbox o USING claimed WHERE o.run_id = claimed.id
    ), told AS (
      INSERT INTO platform.job_run_transitions (run_id, revision, attempt, from_status, to_status, by, reason, last_log_seq)
      SELECT id, revision, attempt, 'PENDING', status, ${workerName(worker)}, ${`Attempt ${attempt} started.`}, last_log_seq FROM claimed
    )
    SELECT id AS "runId", number, connector_id AS "connectorId", attempt, max_attempts AS "maxAttempts", fence, lease_owner AS worker,
      started_at AS "startedAt", configuration, credentials_sealed AS "credentialsSealed", revision, last_log_seq AS "lastLogSeq"
    FROM claimed`
  return claim ?? null
}

export type Held = Pick<Claim, 'runId' | 'attempt' | 'fence'>

/**
 * Renews all leases of a worker in one statement.
 *
 * @returns the ids of the runs that it still holds; it must stop working on the others
 */
export const renewLeases = async (
  { prisma }: StoreContext,
  { claims, leaseMs }: { claims: readonly Held[]; leaseMs: number },
): Promise<Set<string>> => {
  if (claims.length === 0) return new Set()
  const held = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE platform.job_runs r SET lease_until = now() + ${leaseMs} * interval '1 millisecond'
    FROM unnest(${claims.map(({ runId }) => runId)}::text[], ${claims.map(({ attempt }) => attempt)}::int[], ${claims.map(({ fence }) => fence)}::int[])
      AS claim (id, attempt, fence)
    WHERE r.id = claim.id AND r.status = 'RUNNING' AND r.attempt = claim.attempt AND r.fence = claim.fence
    RETURNING r.id`
  return new Set(held.map(({ id }) => id))
}
