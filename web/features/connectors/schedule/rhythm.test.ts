import { expect, test } from 'vitest'
import { changeRhythm, parseRhythm, printRhythm } from './rhythm.ts'

test.each(['* * * * *', '*/15 * * * *', '5 * * * *', '30 */6 * * *', '0 2 * * *', '30 6 * * 1-5', '0 4 * * 0', '15 4 31 * *'])(
  '%s is the same after it was a sentence',
  (cron) => {
    const rhythm = parseRhythm(cron)
    expect(rhythm && printRhythm(rhythm)).toBe(cron)
  },
)

test('Sunday has two numbers', () => expect(parseRhythm('0 4 * * 7')).toEqual({ every: 'WEEK', weekday: 0, time: '04:00' }))

test('what no sentence says is left to the text', () => {
  for (const cron of ['0 2 1 1 *', '0,30 2 * * *', '0 2 1 * 1', '*/0 * * * *', '0 2 * * * *', 'nonsense', ''])
    expect(parseRhythm(cron)).toBeNull()
})

test('another rhythm keeps the time', () => {
  const daily = { every: 'DAY', time: '06:30' } as const
  expect(changeRhythm(daily, 'WEEK')).toEqual({ every: 'WEEK', weekday: 1, time: '06:30' })
  expect(changeRhythm(changeRhythm(daily, 'HOURS'), 'MONTH')).toEqual({ every: 'MONTH', day: 1, time: '02:00' })
})
