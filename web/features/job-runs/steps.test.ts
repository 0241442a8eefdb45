import { expect, test } from 'vitest'
import { axisOf, groupSteps, placeOnAxis, type Step } from './steps.ts'

const step = (kind: string, stream: string | null): Step => ({
  kind,
  stream,
  status: 'COMPLETED',
  startedAt: null,
  finishedAt: null,
  read: 0,
  detail: null,
})

test('steps of the run come first, then stream by stream', () => {
  const groups = groupSteps([step('EXTRACT', 'bseg'), step('CONNECT', null), step('COMMIT', 'bseg'), step('EXTRACT', 'bkpf')])
  expect(groups.map(({ stream, steps }) => [stream, steps.map(({ kind }) => kind)])).toEqual([
    [null, ['CONNECT']],
    ['bseg', ['EXTRACT', 'COMMIT']],
    ['bkpf', ['EXTRACT']],
  ])
})

test('the axis of a run that goes on ends now', () => {
  const startedAt = '2026-05-24T02:00:00.000Z'
  const from = Date.parse(startedAt)
  expect(axisOf({ startedAt, finishedAt: null }, from + 500)).toEqual({ from, to: from + 500 })
  expect(axisOf({ startedAt, finishedAt: '2026-05-24T02:00:02.000Z' }, from + 9000)).toEqual({ from, to: from + 2000 })
})

test('a step lies where it ran; one that runs reaches the end', () => {
  const axis = { from: Date.parse('2026-05-24T02:00:00.000Z'), to: Date.parse('2026-05-24T02:00:10.000Z') }
  expect(placeOnAxis({ startedAt: '2026-05-24T02:00:01.000Z', finishedAt: '2026-05-24T02:00:05.000Z' }, axis)).toEqual({
    from: 0.1,
    to: 0.5,
  })
  expect(placeOnAxis({ startedAt: '2026-05-24T02:00:08.000Z', finishedAt: null }, axis)).toEqual({ from: 0.8, to: 1 })
  expect(placeOnAxis({ startedAt: null, finishedAt: null }, axis)).toBeNull()
})
