import { expect, test } from 'vitest'
import { type SeenRuns, withNewestRuns } from './newest-revision.ts'

const run = (revision: number, fields: Record<string, unknown>) => ({ __typename: 'JobRun', id: 'r1', number: 1, revision, ...fields })

test('an older answer does not take back what a newer event said', () => {
  const seen: SeenRuns = new Map()
  withNewestRuns({ jobRunUpdated: run(7, { status: 'COMPLETED', counts: { read: 100 } }) }, seen)
  const late = withNewestRuns({ jobRuns: { nodes: [run(5, { status: 'RUNNING', counts: { read: 60 } })] } }, seen)
  expect(late).toEqual({ jobRuns: { nodes: [run(7, { status: 'COMPLETED', counts: { read: 100 } })] } })
})

test('what a list draws of a run is as new as the run itself', () => {
  const seen: SeenRuns = new Map()
  withNewestRuns(run(7, { status: 'COMPLETED' }), seen)
  const drawn = { __typename: 'RecentRun', number: 1, revision: 5, status: 'RUNNING' }
  expect(withNewestRuns({ recentRuns: [drawn] }, seen)).toEqual({ recentRuns: [{ ...drawn, revision: 7, status: 'COMPLETED' }] })
})

test('a newer answer stands, and so does one of the same revision', () => {
  const seen: SeenRuns = new Map()
  withNewestRuns(run(5, { status: 'RUNNING' }), seen)
  expect(withNewestRuns(run(6, { status: 'COMPLETED' }), seen)).toEqual(run(6, { status: 'COMPLETED' }))
  expect(withNewestRuns(run(6, { pendingReason: null }), seen)).toEqual(run(6, { pendingReason: null }))
})

test('fields that only the older answer has are kept, also inside embedded objects', () => {
  const seen: SeenRuns = new Map()
  withNewestRuns(run(7, { failure: { code: 'CONNECTION_LOST' } }), seen)
  expect(withNewestRuns(run(5, { steps: [], failure: { code: 'OTHER', trace: 'at …' } }), seen)).toEqual(
    run(7, { steps: [], failure: { code: 'CONNECTION_LOST', trace: 'at …' } }),
  )
})

test('other runs and other objects pass untouched', () => {
  const seen: SeenRuns = new Map()
  withNewestRuns(run(7, { status: 'COMPLETED' }), seen)
  const other = { viewer: null, list: [1, 'a', null], run: { __typename: 'JobRun', id: 'r2', number: 2, revision: 1, status: 'PENDING' } }
  expect(withNewestRuns(other, seen)).toEqual(other)
})
