import { expect, test } from 'vitest'
import { scheduleInWords } from './schedule-words.ts'

test.each([
  ['* * * * *', 'Every minute'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['5 * * * *', 'Every hour at :05'],
  ['30 */6 * * *', 'Every 6 hours at :30'],
  ['0 2 * * *', 'Every day at 02:00'],
  ['30 6 * * 1-5', 'Weekdays at 06:30'],
  ['0 4 * * 0', 'Every Sunday at 04:00'],
  ['0 4 1 * *', 'Monthly on day 1 at 04:00'],
])('%s is said as %s', (cron, words) => expect(scheduleInWords(cron)).toBe(words))

test('what has no simple words stays as it is', () => {
  for (const cron of ['0 2 1 1 *', '0,30 2 * * *', '0 2 1 * 1', 'nonsense']) expect(scheduleInWords(cron)).toBe(cron)
})
