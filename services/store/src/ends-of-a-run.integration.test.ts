import { SyncError, toFailure } from '@aiia/core/failures/failure'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Claim } from './claim-run.ts'
import { RunAlreadyFinalError, RunNotFoundError } from './errors.ts'
import { fenceQuery } from './fence.ts'
import { cancelRun, completeRun, failAttempt } from './finish-run.ts'
import { recordProgress } from './record-progress.ts'
import {
  atOnce,
  claim,
  everythingOf,
  failureOf,
  heldRun,
  info,
  inserted,
  logOf,
  makeConnector,
  pendingRun,
  receiptOf,
  rejectedRow,
  runOf,
  step,
  trigger,
  upTo,
} from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
afterAll(async () => {
  await store.close()
  await server.stop()
})

const complete = (held: Claim) => completeRun(store, held, { counts: inserted(3) })
const cancel = ({ runId }: Pick<Claim, 'runId'>) => cancelRun(store, { runId, by: 'Ada' })

/** Cancels and completes at once; the one that is named first is also started first. */
const race = async (held: Claim, first: 'cancel' | 'complete') => {
  const refused = (error: unknown) => {
    if (error instanceof RunAlreadyFinalError) return null
    throw error
  }
  if (first === 'cancel') {
    const [cancelled, completed] = await Promise.all([cancel(held).catch(refused), complete(held)])
    return { cancelled, completed }
  }
  const [completed, cancelled] = await Promise.all([complete(held), cancel(held).catch(refused)])
  return { cancelled, completed }
}

test('of a cancel and a completion at once exactly one wins, a hundred times', async () => {
  await atOnce(4, async () => {
    const connectorId = await makeConnector(store)
    for (const round of upTo(25)) await raceOnce(connectorId, round % 2 === 0 ? 'cancel' : 'complete')
  })
})

const raceOnce = async (connectorId: string, first: 'cancel' | 'complete') => {
  const held = (await claim(store, (await trigger(store, connectorId)).run)) as Claim
  const { cancelled, completed } = await race(held, first)
  const [{ status }, log] = await Promise.all([runOf(store, held.runId), logOf(store, held.runId)])
  expect([completed, cancelled].filter((won) => won !== null)).toHaveLength(1)
  const [winner, lastLine] =
    completed === null
      ? ['CANCELLED', 'Job aborted with state CANCELLED.']
      : ['COMPLETED', expect.stringMatching(/^Job completed\. 3 records ingested \(3 inserted\) in \d+\.\d s\.$/)]
  expect([status, log.at(-1)?.message]).toEqual([winner, lastLine])
  expect(log.map(({ seq }) => seq)).toEqual(upTo(completed === null ? 2 : 1))
}

test('of four cancels at once one is accepted, and the others are told that the run has ended', async () => {
  const run = await pendingRun(store)
  const answers = await Promise.allSettled(upTo(4).map(() => cancel({ runId: run.id })))
  const refusals = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason as unknown)
  expect(refusals).toHaveLength(3)
  expect(refusals.every((reason) => reason instanceof RunAlreadyFinalError && reason.status === 'CANCELLED')).toBe(true)
  expect(await logOf(store, run.id)).toHaveLength(2)
})

test('a run that is not there cannot be cancelled', async () => {
  await expect(cancel({ runId: 'nobody' })).rejects.toThrow(RunNotFoundError)
})

test('a cancelled run that waited takes its delivery along and needs no worker to be told', async () => {
  const run = await pendingRun(store)
  expect(await cancel({ runId: run.id })).toMatchObject({ wasRunning: false, run: { number: run.number } })
  expect((await everythingOf(store, run.id)).outbox).toEqual([])
})

test('a cancel closes the steps: what was at work is cancelled, what had not begun is skipped', async () => {
  const held = await heldRun(store)
  const steps = [step(1, { status: 'COMPLETED' }), step(2, { status: 'RUNNING', startedAt: new Date() }), step(3)]
  await recordProgress(store, held, { steps })
  expect(await cancel(held)).toMatchObject({ wasRunning: true })
  const { run } = await everythingOf(store, held.runId)
  const closed = run.steps.toSorted((a, b) => a.position - b.position).map(({ status }) => status)
  expect(closed).toEqual(['COMPLETED', 'CANCELLED', 'SKIPPED'])
})

test('the log of a cancelled run names who did it and what was committed before', async () => {
  const held = await heldRun(store)
  await (await store.connect()).query(fenceQuery(held, receiptOf('bkpf')))
  await cancel(held)
  expect((await logOf(store, held.runId)).map(({ level, message }) => [level, message])).toEqual([
    ['WARN', 'Cancelled by Ada. Committed before: "bkpf". All other streams are as they were.'],
    ['FATAL', 'Job aborted with state CANCELLED.'],
  ])
})

test('a failure ends its run whatever characters a source put into it', async () => {
  const held = await heldRun(store)
  const raw = 'a\0b\ud83d'
  const rejected = [rejectedRow({ place: raw, key: raw, rawValue: raw, rule: raw, row: { [raw]: raw } })]
  const failure = toFailure(new SyncError('PROTOCOL_ERROR', raw, { cause: new Error(raw) }))
  await failAttempt(store, { ...held, maxAttempts: 1 }, { failure, random: 0, rejected, steps: [step(1, { detail: raw })] })
  expect((await runOf(store, held.runId)).failure).toMatchObject({ message: 'a\\u0000b\ufffd' })
})

test('a completion whose counts do not balance is refused and changes nothing', async () => {
  const held = await heldRun(store)
  const before = await everythingOf(store, held.runId)
  await expect(completeRun(store, held, { counts: { ...inserted(3), read: 4 }, lines: [info('done')] })).rejects.toThrow(
    /job_runs_completed_balances/,
  )
  expect(await everythingOf(store, held.runId)).toEqual(before)
})

test.each([
  ['completed', (held: Claim) => complete(held)],
  ['failed', (held: Claim) => failAttempt(store, held, { failure: failureOf('INTERNAL'), random: 0 })],
  ['cancelled', (held: Claim) => cancel(held)],
])('a %s run keeps neither a secret nor a lease', async (_how, end) => {
  const held = await heldRun(store)
  await end(held)
  expect(await runOf(store, held.runId)).toMatchObject({ credentialsSealed: null, leaseOwner: null, leaseUntil: null })
})

test('a failure that may pass starts a new attempt later, with a delivery for that time', async () => {
  const held = await heldRun(store)
  const before = Date.now()
  const end = await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  expect(end).toMatchObject({ outcome: 'retrying' })
  const { run, outbox } = await everythingOf(store, held.runId)
  expect(run).toMatchObject({ status: 'PENDING', attempt: 2, maxAttempts: 3, failure: null, leaseOwner: null })
  expect(run.availableAt.getTime()).toBeGreaterThanOrEqual(before + 2_500)
  expect(outbox).toEqual([{ runId: held.runId, attempt: 2, availableAt: run.availableAt }])
})

test('a new attempt keeps the credentials', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const next = await claim(store, { id: held.runId, attempt: 2 })
  expect(Buffer.from(next?.credentialsSealed ?? []).toString()).toBe('sealed')
})

test('a new attempt comes no earlier than the source asked for', async () => {
  const held = await heldRun(store)
  const before = Date.now()
  await failAttempt(store, held, { failure: failureOf('RATE_LIMITED'), random: 0, retryAfterMs: 600_000 })
  expect((await runOf(store, held.runId)).availableAt.getTime()).toBeGreaterThanOrEqual(before + 600_000)
})

test('the log tells of a failed attempt and when the next one comes', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0, lines: [info('reading')] })
  expect((await logOf(store, held.runId)).map(({ seq, level, message }) => [seq, level, message])).toEqual([
    [1, 'INFO', 'reading'],
    [2, 'ERROR', 'What happened: CONNECTION_LOST.'],
    [3, 'WARN', expect.stringMatching(/^Attempt 1 of 3 failed with CONNECTION_LOST\. Next attempt at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.$/)],
  ])
})

test('a failed attempt keeps its steps, closed, beside those of the next one', async () => {
  const held = await heldRun(store)
  await recordProgress(store, held, { steps: [step(1, { status: 'RUNNING', startedAt: new Date() }), step(2)] })
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const next = await claim(store, { id: held.runId, attempt: 2 })
  await recordProgress(store, next as Claim, { steps: [step(1, { status: 'RUNNING' })] })
  const { run } = await everythingOf(store, held.runId)
  const steps = run.steps.map(({ attempt, position, status }) => `${attempt}.${position} ${status}`).toSorted()
  expect(steps).toEqual(['1.1 FAILED', '1.2 SKIPPED', '2.1 RUNNING'])
})

test.each([
  ['INVALID_CREDENTIALS', 'FAILED'],
  ['COLUMN_MISSING', 'ERROR'],
  ['ROWS_REJECTED', 'ERROR'],
  ['INTERNAL', 'FAILED'],
] as const)('a run that fails with %s ends %s at once, and its last line says so', async (code, status) => {
  const held = await heldRun(store)
  const end = await failAttempt(store, held, { failure: failureOf(code), random: 0, counts: { ...inserted(2), read: 7 } })
  expect(end).toMatchObject({ outcome: 'failed' })
  const { run, outbox } = await everythingOf(store, held.runId)
  expect(run).toMatchObject({ status, attempt: 1, read: 7n, failure: { code, resolution: failureOf(code).resolution } })
  expect(outbox).toEqual([])
  const last = (await logOf(store, held.runId)).at(-1)
  expect([last?.level, last?.message]).toEqual(['FATAL', `Job aborted with state ${status}.`])
})

test('the last attempt that fails ends the run', async () => {
  const held = await heldRun(store, { maxAttempts: 2 })
  await failAttempt(store, held, { failure: failureOf('CONNECTION_REFUSED'), random: 0 })
  const last = (await claim(store, { id: held.runId, attempt: 2 })) as Claim
  expect(await failAttempt(store, last, { failure: failureOf('CONNECTION_REFUSED'), random: 0 })).toMatchObject({ outcome: 'failed' })
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'FAILED', attempt: 2, failure: { code: 'CONNECTION_REFUSED' } })
})

test('a handover does not count against the attempts and can be taken at once', async () => {
  const held = await heldRun(store, { maxAttempts: 1 })
  const end = await failAttempt(store, held, { failure: failureOf('WORKER_LOST'), random: 0, handover: true })
  expect(end).toMatchObject({ outcome: 'retrying' })
  const { run, outbox } = await everythingOf(store, held.runId)
  expect(run).toMatchObject({ status: 'PENDING', attempt: 2, maxAttempts: 2 })
  expect(outbox[0]?.availableAt.getTime()).toBeLessThanOrEqual(Date.now())
  const next = (await claim(store, { id: held.runId, attempt: 2 })) as Claim
  expect(await failAttempt(store, next, { failure: failureOf('CONNECTION_LOST'), random: 0 })).toMatchObject({ outcome: 'failed' })
})

test('of two ends of one attempt at once one is written', async () => {
  const held = await heldRun(store)
  const ends = await atOnce(8, () => failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 }))
  expect(ends.filter((end) => end !== null)).toHaveLength(1)
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'PENDING', attempt: 2, lastLogSeq: 2 })
})
