import { expect, test } from 'vitest'
import { addCounts, balances, ingested, noRecords, type RecordCounts } from './counts.ts'

const counts: RecordCounts = {
  ...noRecords,
  read: 10,
  inserted: 4,
  updated: 2,
  unchanged: 1,
  rejected: 2,
  superseded: 1,
  deleted: 5,
  bytes: 99,
  expected: 10,
}

test('every row read is accounted for; deletions are not rows read', () => {
  expect(ingested(counts)).toBe(7)
  expect(balances(counts)).toBe(true)
  expect(balances({ ...counts, rejected: 3 })).toBe(false)
})

test('streams add up, and one unknown total makes the sum unknown', () => {
  expect(addCounts(counts, counts)).toMatchObject({ read: 20, bytes: 198, expected: 20 })
  expect(addCounts(counts, { ...counts, expected: null }).expected).toBeNull()
})
