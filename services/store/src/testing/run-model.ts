/** What the life of runs should be, as a model small enough to be seen to be right. */

import { failureCatalogue } from '@aiia/core/failures/catalogue'
import { isFinal, type JobRunStatus } from '@aiia/core/job-run/status'

/** What an actor does; `run` and `claim` are places in the lists of the model. A claim stays with its actor for ever. */
export type Operation =
  | { type: 'trigger'; connector: number; key: number | null }
  | { type: 'claim'; run: number; late: boolean }
  | { type: 'progress'; claim: number; rows: number; lines: number }
  | { type: 'commit' | 'complete' | 'hand over' | 'renew'; claim: number }
  | { type: 'fail'; claim: number; code: 'CONNECTION_LOST' | 'ROWS_REJECTED' }
  | { type: 'cancel' | 'lease ends'; run: number }
  | { type: 'sweep' | 'deliver' | 'requeue' | 'time passes' }

export type ModelRun = {
  status: JobRunStatus
  attempt: number
  maxAttempts: number
  fence: number
  /** Rows read by the newest attempt. */
  read: number
  /** Lines of its log. */
  lines: number
  commits: number
  /** The outbox has a delivery of its attempt. */
  inOutbox: boolean
  /** `RUNNING→PENDING 1`: each transition with its attempt. */
  history: string[]
}

type Hidden = { connector: number; leaseOver: boolean; waits: boolean }
type Claim = { run: number; attempt: number; fence: number }

export type Model = {
  maxAttempts: number
  runs: readonly (ModelRun & Hidden)[]
  claims: readonly Claim[]
  /** The idempotency keys that made a run: connector and key. */
  keys: readonly string[]
}

export const emptyModel = (maxAttempts: number): Model => ({ maxAttempts, runs: [], claims: [], keys: [] })

type Answer = { model: Model; answer: string }
type Run = ModelRun & Hidden

/** @returns the model after the operation, and what its actor is told */
export const step = (model: Model, operation: Operation): Answer => {
  switch (operation.type) {
    case 'trigger':
      return triggered(model, operation)
    case 'claim':
      return claimed(model, operation)
    case 'cancel':
      return cancelled(model, operation.run)
    case 'sweep':
      return swept(model)
    case 'lease ends':
      return { model: change(model, operation.run, (run) => ({ leaseOver: run.status === 'RUNNING' })), answer: 'done' }
    case 'deliver':
      return { model: changeAll(model, (run) => ({ inOutbox: run.inOutbox && run.waits })), answer: 'done' }
    case 'requeue':
      return { model: changeAll(model, (run) => ({ inOutbox: run.inOutbox || (run.status === 'PENDING' && !run.waits) })), answer: 'done' }
    case 'time passes':
      return { model: changeAll(model, () => ({ waits: false })), answer: 'done' }
    default:
      return byHolder(model, operation)
  }
}

/** Those that only the holder of a run may do. */
const byHolder = (model: Model, operation: Extract<Operation, { claim: number }>): Answer => {
  const claim = model.claims[operation.claim]
  const held = claim && model.runs[claim.run]
  if (claim === undefined || held === undefined) return { model, answer: 'nothing' }
  if (held.status !== 'RUNNING' || held.attempt !== claim.attempt || held.fence !== claim.fence) return { model, answer: 'lost' }
  return { model: change(model, claim.run, (run) => heldChange(run, operation)), answer: 'done' }
}

const heldChange = (run: Run, operation: Extract<Operation, { claim: number }>): Partial<Run> => {
  switch (operation.type) {
    case 'progress':
      return { read: operation.rows, lines: run.lines + operation.lines }
    case 'commit':
      return { commits: run.commits + 1 }
    case 'renew':
      return { leaseOver: false }
    case 'complete':
      return { ...moved(run, 'COMPLETED'), read: 5, lines: run.lines + 1 }
    case 'hand over':
      return { ...newAttempt(run, { waits: false, lines: 1 }), maxAttempts: run.maxAttempts + 1 }
    case 'fail':
      return failed(run, operation.code)
  }
}

const failed = (run: Run, code: keyof typeof failureCatalogue): Partial<Run> => {
  const { retryable, status } = failureCatalogue[code]
  if (retryable && run.attempt < run.maxAttempts) return newAttempt(run, { waits: true, lines: 2 })
  return { ...moved(run, status), lines: run.lines + 3 }
}

const newAttempt = (run: Run, { waits, lines }: { waits: boolean; lines: number }): Partial<Run> => ({
  ...moved(run, 'PENDING'),
  attempt: run.attempt + 1,
  lines: run.lines + lines,
  inOutbox: true,
  waits,
})

const moved = (run: Run, to: JobRunStatus): Partial<Run> => ({
  status: to,
  history: [...run.history, `${run.status}→${to} ${run.attempt}`],
  leaseOver: false,
})

const triggered = (model: Model, { connector, key }: Extract<Operation, { type: 'trigger' }>): Answer => {
  const place = `${connector} ${key}`
  if (key !== null && model.keys.includes(place)) return { model, answer: 'known' }
  if (model.runs.some((run) => run.connector === connector && !isFinal(run.status))) return { model, answer: 'active' }
  const run: Run = {
    connector,
    status: 'PENDING',
    attempt: 1,
    maxAttempts: model.maxAttempts,
    fence: 0,
    read: 0,
    lines: 0,
    commits: 0,
    inOutbox: true,
    history: ['→PENDING 1'],
    leaseOver: false,
    waits: false,
  }
  const keys = key === null ? model.keys : [...model.keys, place]
  return { model: { ...model, runs: [...model.runs, run], keys }, answer: 'made' }
}

/** A late delivery is one of the attempt before. */
const claimed = (model: Model, { run: place, late }: Extract<Operation, { type: 'claim' }>): Answer => {
  const run = model.runs[place]
  if (run === undefined) return { model, answer: 'nothing' }
  if (run.status !== 'PENDING' || late) return { model, answer: 'lost' }
  const fence = run.fence + 1
  const taken = change(model, place, () => ({ ...moved(run, 'RUNNING'), fence, read: 0, inOutbox: false, waits: false }))
  return { model: { ...taken, claims: [...model.claims, { run: place, attempt: run.attempt, fence }] }, answer: 'made' }
}

const cancelled = (model: Model, place: number): Answer => {
  const run = model.runs[place]
  if (run === undefined) return { model, answer: 'nothing' }
  if (isFinal(run.status)) return { model, answer: `is ${run.status}` }
  const after = change(model, place, () => ({ ...moved(run, 'CANCELLED'), lines: run.lines + 2, inOutbox: false }))
  return { model: after, answer: 'done' }
}

const swept = (model: Model): Answer => {
  const lost = model.runs.filter(({ status, leaseOver }) => status === 'RUNNING' && leaseOver)
  return { model: changeAll(model, (run) => (lost.includes(run) ? failed(run, 'WORKER_LOST') : {})), answer: `lost ${lost.length}` }
}

const change = (model: Model, place: number, by: (run: Run) => Partial<Run>): Model => ({
  ...model,
  runs: model.runs.map((run, index) => (index === place ? { ...run, ...by(run) } : run)),
})

const changeAll = (model: Model, by: (run: Run) => Partial<Run>): Model => ({
  ...model,
  runs: model.runs.map((run) => ({ ...run, ...by(run) })),
})
