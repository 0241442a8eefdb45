import { expect, test } from 'vitest'
import { isFinal, jobRunStatuses, mayBecome } from './status.ts'

test('nothing leaves a final status', () => {
  const final = jobRunStatuses.filter(isFinal)
  expect(final).toEqual(['COMPLETED', 'FAILED', 'ERROR', 'CANCELLED'])
  for (const from of final) for (const to of jobRunStatuses) expect(mayBecome(from, to)).toBe(false)
})

test('a run completes or errs only while it runs', () => {
  for (const to of ['COMPLETED', 'ERROR'] as const) {
    expect(jobRunStatuses.filter((from) => mayBecome(from, to))).toEqual(['RUNNING'])
  }
})

test('a new attempt is the only way back', () => {
  expect(jobRunStatuses.filter((from) => mayBecome(from, 'PENDING'))).toEqual(['RUNNING'])
})
