import { expect, test } from 'vitest'
import { matching } from './matching.ts'

const failures = [
  { code: 'CONNECTION_TIMEOUT', title: 'Connection timeout', rootCause: 'A firewall drops the traffic.', resolution: 'Allow it.' },
  { code: 'ROWS_REJECTED', title: 'Too many rows rejected', rootCause: 'Rows failed validation.', resolution: 'Raise the limit.' },
]

test.each([
  ['', ['CONNECTION_TIMEOUT', 'ROWS_REJECTED']],
  ['CONNECTION_TIMEOUT', ['CONNECTION_TIMEOUT']],
  ['connection timeout', ['CONNECTION_TIMEOUT']],
  ['traffic FIREWALL', ['CONNECTION_TIMEOUT']],
  ['limit', ['ROWS_REJECTED']],
  ['limit firewall', []],
])('%j finds %j', (text, codes) => {
  expect(matching(failures, text).map(({ code }) => code)).toEqual(codes)
})
