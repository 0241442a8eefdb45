import { expect, test } from 'vitest'
import { cronProblem, nextSlot } from './cron.ts'

const slots = (cron: string, timeZone: string, after: string, many: number) => {
  const found: string[] = []
  for (let at = new Date(after); found.length < many; ) {
    const next = nextSlot(cron, timeZone, at)
    if (next === null) break
    found.push(next.toISOString())
    at = next
  }
  return found
}

test('every night at two, in UTC', () => {
  expect(slots('0 2 * * *', 'UTC', '2026-05-23T12:00:00Z', 2)).toEqual(['2026-05-24T02:00:00.000Z', '2026-05-25T02:00:00.000Z'])
})

test('a local time that a DST change doubles runs once', () => {
  // Berlin, 25 October 2026: 02:30 comes twice (00:30Z and 01:30Z).
  const found = slots('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)
  expect(found[1]).toBe('2026-10-26T01:30:00.000Z')
})

test('names, steps and weekdays are understood', () => {
  expect(cronProblem('*/15 8-18 * JAN-DEC MON-FRI', 'America/New_York')).toBeNull()
})

test.each([
  ['0 2 * *', 'UTC', /five-field/],
  ['0 0 2 * * *', 'UTC', /five-field/],
  ['61 2 * * *', 'UTC', /not a CRON text/],
  ['0 2 * * *', 'Mars/Olympus', /IANA time zone/],
  ['0 0 30 2 *', 'UTC', /never due/],
])('%s in %s is refused with a reason', (cron, timeZone, reason) => {
  expect(cronProblem(cron, timeZone)).toMatch(reason)
})
