/** Does to the real store what the model says should happen, and looks at what became of it. */

import { noRecords } from '@aiia/core/job-run/counts'
import { type Claim, claimRun } from '../claim-run.ts'
import { ActiveRunError, RunAlreadyFinalError } from '../errors.ts'
import { fenceQuery } from '../fence.ts'
import { cancelRun, completeRun, failAttempt } from '../finish-run.ts'
import { deliverySent, dueDeliveries } from '../outbox.ts'
import { endLostRuns, requeueForgotten } from '../reconcile.ts'
import { recordProgress } from '../record-progress.ts'
import { requestRun } from '../request-run.ts'
import { failureOf, info, inserted, receiptOf, upTo } from './fixtures.ts'
import { renewLeases } from './renew-leases.ts'
import type { ModelRun, Operation } from './run-model.ts'
import type { TestStore } from './test-store.ts'

/** What exists by now, in the order of the model's lists. */
export type Made = { connectors: readonly string[]; runs: readonly { id: string; attempt: number }[]; claims: readonly Claim[] }

export type Done = { answer: string; run?: string; claim?: Claim }

let streams = 0

export const perform = async (store: TestStore, made: Made, operation: Operation): Promise<Done> => {
  switch (operation.type) {
    case 'trigger':
      return trigger(store, made, operation)
    case 'claim':
      return claim(store, made, operation)
    case 'cancel':
      return { answer: await cancel(store, made.runs[operation.run]?.id) }
    case 'lease ends': {
      const run = made.runs[operation.run]
      if (run)
        await store.prisma
          .$executeRaw`UPDATE platform.job_runs SET lease_until = now() - interval '1 minute' WHERE id = ${run.id} AND status = 'RUNNING'`
      return { answer: 'done' }
    }
    case 'sweep': {
      const lost = await endLostRuns(store, { random: () => 0 })
      await setWaits(store, '1 hour')
      return { answer: `lost ${lost.length}` }
    }
    case 'deliver':
      for (const due of await dueDeliveries(store, { limit: 1_000 })) await deliverySent(store, due)
      return { answer: 'done' }
    case 'requeue':
      await requeueForgotten(store, { olderThanMs: 0 })
      return { answer: 'done' }
    case 'time passes':
      await setWaits(store, '0')
      return { answer: 'done' }
    default: {
      const held = made.claims[operation.claim]
      if (held === undefined) return { answer: 'nothing' }
      return { answer: (await byHolder(store, held, operation)) ? 'done' : 'lost' }
    }
  }
}

const trigger = async (
  store: TestStore,
  { connectors }: Made,
  { connector, key }: Extract<Operation, { type: 'trigger' }>,
): Promise<Done> => {
  const connectorId = connectors[connector] ?? ''
  const idempotencyKey = `key ${key}`
  try {
    const { run, created } = await requestRun(store, {
      connectorId,
      trigger: 'API',
      requestedBy: null,
      ...(key !== null && { idempotencyKey }),
    })
    if (created) return { answer: 'made', run: run.id }
    return { answer: run.connectorId === connectorId && run.idempotencyKey === idempotencyKey ? 'known' : 'another run' }
  } catch (error) {
    if (error instanceof ActiveRunError) return { answer: 'active' }
    throw error
  }
}

const claim = async (store: TestStore, { runs }: Made, { run: place, late }: Extract<Operation, { type: 'claim' }>): Promise<Done> => {
  const run = runs[place]
  if (run === undefined) return { answer: 'nothing' }
  const taken = await claimRun(store, {
    runId: run.id,
    attempt: late ? run.attempt - 1 : run.attempt,
    worker: 'w',
    leaseMs: 3_600_000,
    runsPerSourceHost: null,
  })
  return taken === null ? { answer: 'lost' } : { answer: 'made', claim: taken }
}

const cancel = async (store: TestStore, runId: string | undefined): Promise<string> => {
  if (runId === undefined) return 'nothing'
  try {
    await cancelRun(store, { runId, by: 'Ada' })
    return 'done'
  } catch (error) {
    if (error instanceof RunAlreadyFinalError) return `is ${error.status}`
    throw error
  }
}

const byHolder = async (store: TestStore, held: Claim, operation: Extract<Operation, { claim: number }>): Promise<unknown> => {
  switch (operation.type) {
    case 'progress': {
      const { rows, lines } = operation
      return recordProgress(store, held, { counts: { ...noRecords, read: rows }, lines: upTo(lines).map((line) => info(`Line ${line}`)) })
    }
    case 'commit': {
      streams += 1
      const { text, values } = fenceQuery(held, receiptOf(`stream ${streams}`))
      return (await store.prisma.$queryRawUnsafe<unknown[]>(text, ...values)).length
    }
    case 'renew':
      return (await renewLeases(store, { claims: [held], leaseMs: 3_600_000 })).size
    case 'complete':
      return completeRun(store, held, { counts: inserted(5) })
    case 'hand over':
      return failAttempt(store, held, { failure: failureOf('WORKER_LOST'), random: 0, handover: true })
    case 'fail':
      return failAttempt(store, held, { failure: failureOf(operation.code), random: 0, retryAfterMs: 3_600_000 })
  }
}

/** How long from now what waits to be tried again has to wait: the clock of a test stands still. */
const setWaits = async ({ prisma }: TestStore, wait: string): Promise<void> => {
  await prisma.$executeRaw`UPDATE platform.job_runs SET available_at = now() + ${wait}::interval WHERE status = 'PENDING' AND available_at > now()`
  await prisma.$executeRaw`UPDATE platform.outbox SET available_at = now() + ${wait}::interval WHERE available_at > now()`
}

/** The runs as they are; a log that has a hole, or a run that keeps what it should not, has no match in the model. */
export const observe = async ({ prisma }: TestStore, runs: readonly { id: string }[]): Promise<ModelRun[]> => {
  const rows = await prisma.$queryRaw<(ModelRun & { id: string; sound: boolean })[]>`
    SELECT r.id, r.status::text, r.attempt, r.max_attempts AS "maxAttempts", r.fence, r.read::int, r.last_log_seq AS lines,
      (SELECT count(*)::int FROM platform.stream_commits c WHERE c.run_id = r.id) AS commits,
      r.status = 'PENDING' AND EXISTS (SELECT FROM platform.outbox o WHERE o.run_id = r.id AND o.attempt = r.attempt) AS "inOutbox",
      (SELECT array_agg(coalesce(t.from_status::text, '') || '→' || t.to_status || ' ' || t.attempt ORDER BY t.revision)
        FROM platform.job_run_transitions t WHERE t.run_id = r.id) AS history,
      (SELECT coalesce(array_agg(l.seq ORDER BY l.seq) = array(SELECT generate_series(1, r.last_log_seq)), r.last_log_seq = 0)
        FROM platform.log_lines l WHERE l.run_id = r.id) AS sound
    FROM platform.job_runs r WHERE r.id = ANY (${runs.map(({ id }) => id)}::text[])`
  const byId = new Map(rows.map(({ id, sound, ...run }) => [id, sound ? run : { ...run, lines: Number.NaN }]))
  return runs.flatMap(({ id }) => byId.get(id) ?? [])
}
