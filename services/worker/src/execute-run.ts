/** One delivery of a run: claim → thread → report → finish. */

import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { type Failure, SyncError, toFailure } from '@aiia/core/failures/failure'
import type { Logger } from '@aiia/kit/logger'
import type { SecretBox } from '@aiia/kit/secret-box'
import type { Messaging } from '@aiia/messaging/messaging'
import { mostLines } from '@aiia/store/append-lines'
import { type Claim, claimRun, nextOfSourceHost } from '@aiia/store/claim-run'
import type { StoreContext } from '@aiia/store/context'
import type { DestinationSweep } from './destination-sweep.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import { leaseMs } from './lease-renewal.ts'
import { createProgressRecorder, type ProgressRecorder } from './progress-recorder.ts'
import { type Outcome, settleAttempt } from './settle-attempt.ts'
import type { ThreadCommand, ThreadInput, ThreadMessage } from './thread-messages.ts'

export type ExecutionContext = StoreContext & {
  log: Logger
  messaging: Pick<Messaging, 'feed' | 'deliver'>
  /** Of all workers together; null: any number. */
  runsPerSourceHost: number | null
  secretBox: SecretBox
  leases: LeaseKeeper
  destinationSweep: Pick<DestinationSweep, 'wake'>
  /** This worker's id. */
  worker: string
  thread: Pick<ThreadInput, 'databaseUrl' | 'destination' | 'hashSalt' | 'targets' | 'refusedDatabases'>
  /** Runs under way, by id, for cancel and shutdown. */
  executions: Map<string, Execution>
}

export type Execution = {
  /** The run was cancelled or taken from this worker: nothing of it is written any more. */
  lose(): void
  /** This worker stops: the run goes to another one as a new attempt. */
  handOver(): void
  ended: Promise<void>
}

/** How long a thread may take to obey an abort before it is ended. */
const abortGraceMs = 700

export const executeRun = async (context: ExecutionContext, { runId, attempt }: { runId: string; attempt: number }): Promise<void> => {
  const { worker, messaging, runsPerSourceHost } = context
  const claim = await claimRun(context, { runId, attempt, worker, leaseMs, runsPerSourceHost })
  if (claim === null) return
  void messaging.feed.publish('job-run', {
    id: runId,
    connectorId: claim.connectorId,
    revision: claim.revision,
    lastLogSeq: claim.lastLogSeq,
  })
  const outcome = await attemptRun(context, claim)
  context.log.info({ runId, attempt, outcome: outcome.type }, 'attempt ended')
  if (outcome.type === 'failed' && outcome.failure.reference !== null) {
    const { reference, message, trace } = outcome.failure
    context.log.error({ runId, attempt, reference, message, trace }, 'a defect ended the attempt')
  }
  if (outcome.type !== 'completed' && claim.configuration.streams.some(({ chunkRows }) => chunkRows !== null))
    context.destinationSweep.wake()
  await passOn(context, claim)
}

/** The server has room again: who waits longest for it is delivered once more. Where this fails, the scheduler does it. */
const passOn = async ({ prisma, messaging, runsPerSourceHost, log }: ExecutionContext, { sourceHost }: Claim): Promise<void> => {
  if (sourceHost === null || runsPerSourceHost === null) return
  try {
    const next = await nextOfSourceHost({ prisma }, { sourceHost, runsPerSourceHost })
    await Promise.all(next.map((delivery) => messaging.deliver('runs', `${delivery.runId}-${delivery.attempt}`, delivery)))
  } catch (error) {
    log.warn({ err: error, sourceHost }, 'the next runs of this server were not delivered')
  }
}

const attemptRun = async (context: ExecutionContext, claim: Claim): Promise<Outcome> => {
  const { prisma, messaging, log, leases, executions } = context
  const { feed } = messaging
  const execution = startExecution(context, claim)
  const recorder = createProgressRecorder({
    prisma,
    feed,
    log,
    claim,
    lost: execution.lose,
    mostLines,
  })
  const ended = execution.run(recorder).then(async (outcome) => {
    await settleAttempt({ prisma, feed, log }, claim, outcome, await recorder.rest())
    return outcome
  })
  leases.keep(claim, execution.lose)
  executions.set(claim.runId, { ...execution, ended: ended.then(() => {}) })
  try {
    return await ended
  } finally {
    leases.release(claim)
    executions.delete(claim.runId)
  }
}

const startExecution = (context: ExecutionContext, claim: Claim) => {
  let end: (outcome: Outcome) => void = () => {}
  const forced = new Promise<Outcome>((resolve) => {
    end = resolve
  })
  return {
    lose: () => end({ type: 'lost' }),
    handOver: () => end({ type: 'handed-over' }),
    run: async (recorder: ProgressRecorder): Promise<Outcome> => {
      recorder.log({
        at: new Date(),
        level: 'INFO',
        message: `Starting data refresh job run #${claim.number} (${claim.configuration.connector.name})`,
      })
      if (claim.attempt > 1)
        recorder.log({ at: new Date(), level: 'INFO', message: `This is attempt ${claim.attempt} of ${claim.maxAttempts}.` })
      let thread: ReturnType<typeof startThread>
      try {
        thread = startThread(context, claim, recorder)
      } catch (error) {
        return { type: 'failed', failure: toFailure(error) }
      }
      const limit = limitDuration(claim)
      try {
        return await Promise.race([thread.outcome, forced, limit.reached])
      } finally {
        limit.clear()
        await thread.stop()
      }
    },
  }
}

/** The duration counts from the first attempt on. */
const limitDuration = ({ configuration, elapsedMs }: Claim) => {
  const { maxDurationSeconds } = configuration.limits
  let timer: NodeJS.Timeout | undefined
  const reached = new Promise<Outcome>((resolve) => {
    if (maxDurationSeconds === null) return
    const error = new SyncError('RUN_TIMEOUT', `The run did not end within its maximum duration of ${maxDurationSeconds} seconds.`)
    timer = setTimeout(() => resolve({ type: 'failed', failure: toFailure(error) }), Math.max(0, maxDurationSeconds * 1_000 - elapsedMs))
  })
  return { reached, clear: () => clearTimeout(timer) }
}

const startThread = ({ secretBox, thread: input, log }: ExecutionContext, claim: Claim, recorder: ProgressRecorder) => {
  const { runId, attempt, fence, number, configuration, credentialsSealed } = claim
  const credentials = credentialsSealed === null ? null : secretBox.open(credentialsSealed, `connector:${claim.connectorId}`)
  const workerData: ThreadInput = { held: { runId, attempt, fence }, number, configuration, credentials, ...input }
  const thread = new Worker(new URL('./run-thread.js', import.meta.url), {
    workerData,
    name: `run-${number}`,
    // Rows make no objects, so the young ones of a run need little of the 48 MB that they would be given.
    resourceLimits: { maxOldGenerationSizeMb: configuration.limits.memoryMb, maxYoungGenerationSizeMb: 16 },
    // The thread needs no setting, and so no secret of the worker; one of its libraries would warn of the Node that it runs on.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  })
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => resolve())
  })
  const outcome = new Promise<Outcome>((resolve) => {
    thread.on('message', (message: ThreadMessage) => {
      if (message.type === 'keep') void recorder.kept().then(() => thread.postMessage('kept' satisfies ThreadCommand))
      const final = relay(message, recorder)
      if (final !== undefined) resolve(final)
    })
    thread.once('error', (error) => resolve({ type: 'failed', failure: failureOfThread(error, claim) }))
    void exited.then(() => resolve({ type: 'failed', failure: toFailure(new Error('The thread of the run ended without a word.')) }))
  })
  return {
    outcome,
    /** Asks the thread to end its queries, and ends it when it does not obey. */
    stop: async (): Promise<void> => {
      thread.postMessage('abort' satisfies ThreadCommand)
      const patience = setTimeout(() => {
        log.warn({ runId }, 'the thread did not obey, and is ended')
        void thread.terminate()
      }, abortGraceMs)
      await exited
      clearTimeout(patience)
    },
  }
}

const relay = (message: ThreadMessage, recorder: ProgressRecorder): Outcome | undefined => {
  switch (message.type) {
    case 'log':
      return void recorder.log(message.entry)
    case 'counts':
      return void recorder.counts(message.counts)
    case 'step':
      return void recorder.step(message.step)
    case 'rejected':
      return void recorder.rejected(message.rows)
    case 'begins':
      return void recorder.begins(message)
    case 'keep':
      return undefined
    case 'completed':
    case 'failed':
      return message
    case 'lease-lost':
      return { type: 'lost' }
  }
}

const failureOfThread = (error: Error, { configuration }: Claim): Failure => {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const { memoryMb } = configuration.limits
    return toFailure(new SyncError('OUT_OF_MEMORY', `The run needed more than its memory limit of ${memoryMb} MiB.`, { cause: error }))
  }
  return toFailure(error)
}

/** A worker's identity: new with each start, so that an earlier process of the same host holds nothing. */
export const newWorkerId = (host: string): string => `${host}-${process.pid}-${randomUUID().slice(0, 8)}`
