import { expect, test } from 'vitest'
import { SyncError, toFailure } from '../failures/failure.ts'
import { attemptsOf, type RunTransition } from './attempt.ts'
import { noRecords } from './counts.ts'

const at = (second: number) => new Date(Date.UTC(2026, 4, 24, 2, 0, second))
const counts = { ...noRecords, read: 7 }
const failure = toFailure(new SyncError('CONNECTION_LOST', 'The connection broke.'))
const transition = (change: Partial<RunTransition>): RunTransition => ({
  at: at(0),
  attempt: 1,
  fromStatus: null,
  toStatus: 'PENDING',
  by: 'Ada',
  lastLogSeq: 0,
  counts: null,
  failure: null,
  ...change,
})
const started = (attempt: number, second: number, lastLogSeq: number) =>
  transition({ attempt, at: at(second), fromStatus: 'PENDING', toStatus: 'RUNNING', by: `worker w${attempt}`, lastLogSeq })
const ended = (attempt: number, second: number, change: Partial<RunTransition>) =>
  transition({ attempt, at: at(second), fromStatus: 'RUNNING', counts, by: `worker w${attempt}`, ...change })

test('a run that waits has no attempt yet, and one that was cancelled waiting never had one', () => {
  expect(attemptsOf([transition({})])).toEqual([])
  expect(attemptsOf([transition({}), transition({ fromStatus: 'PENDING', toStatus: 'CANCELLED' })])).toEqual([])
})

test('each attempt has its worker, its times, its counts, its section of the log and its end', () => {
  const history = [
    transition({}),
    started(1, 1, 0),
    ended(1, 4, { toStatus: 'PENDING', lastLogSeq: 9, failure }),
    started(2, 8, 9),
    ended(2, 9, { toStatus: 'PENDING', lastLogSeq: 12 }),
    started(3, 10, 12),
    ended(3, 20, { toStatus: 'COMPLETED', lastLogSeq: 30 }),
  ]
  expect(attemptsOf(history)).toEqual([
    {
      number: 1,
      worker: 'worker w1',
      startedAt: at(1),
      finishedAt: at(4),
      counts,
      outcome: 'FAILED',
      failure,
      firstLogSeq: 1,
      lastLogSeq: 9,
    },
    expect.objectContaining({ number: 2, outcome: 'HANDED_OVER', failure: null, firstLogSeq: 10, lastLogSeq: 12 }),
    expect.objectContaining({ number: 3, outcome: 'COMPLETED', failure: null, firstLogSeq: 13, lastLogSeq: 30 }),
  ])
})

test('an attempt that goes on has no end', () => {
  expect(attemptsOf([transition({}), started(1, 1, 0)])).toEqual([
    expect.objectContaining({ outcome: 'RUNNING', finishedAt: null, counts: null, lastLogSeq: null, firstLogSeq: 1 }),
  ])
})
