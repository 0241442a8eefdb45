import fc from 'fast-check'
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

/** Slots from noon of the day before to noon of the day after a change of the clock. */
const around = (cron: string, timeZone: string, day: string) => {
  const from = Date.parse(`${day}T12:00:00Z`) - 48 * 3_600_000
  return slots(cron, timeZone, new Date(from).toISOString(), 100).filter((slot) => Date.parse(slot) < from + 72 * 3_600_000)
}

// Berlin's clock goes from 02:00 to 03:00 and from 03:00 to 02:00, New York's from 02:00 to 03:00 and from 02:00 to 01:00,
// Lord Howe's, by half an hour, from 02:00 to 02:30 and from 02:00 to 01:30.
test.each([
  ['skipped', '30 2 * * *', 'Europe/Berlin', '2026-03-29', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
  ['doubled', '30 2 * * *', 'Europe/Berlin', '2026-10-25', ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']],
  ['skipped', '30 2 * * *', 'America/New_York', '2026-03-08', ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30']],
  ['doubled', '30 1 * * *', 'America/New_York', '2026-11-01', ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30']],
  ['skipped', '15 2 * * *', 'Australia/Lord_Howe', '2026-10-04', ['2026-10-02T15:45', '2026-10-03T15:30', '2026-10-04T15:15']],
  ['doubled', '45 1 * * *', 'Australia/Lord_Howe', '2026-04-05', ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15']],
  [
    'skipped twice at once',
    '15,45 2 * * *',
    'Europe/Berlin',
    '2026-03-29',
    ['2026-03-28T01:15', '2026-03-28T01:45', '2026-03-29T01:00', '2026-03-30T00:15', '2026-03-30T00:45'],
  ],
  [
    'doubled twice',
    '*/30 2 * * *',
    'Europe/Berlin',
    '2026-10-25',
    ['2026-10-24T00:00', '2026-10-24T00:30', '2026-10-25T00:00', '2026-10-25T00:30', '2026-10-26T01:00', '2026-10-26T01:30'],
  ],
])('a local time that is %s: %s in %s around %s', (_what, cron, timeZone, day, expected) => {
  expect(around(cron, timeZone, day)).toEqual(expected.map((slot) => `${slot}:00.000Z`))
})

/** The days on which the clocks change, as the zones' legislators have it. */
const changes = [
  ...['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'].map((date) => ['Europe/Berlin', date] as const),
  ...['2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07'].map((date) => ['America/New_York', date] as const),
  ...['2026-04-05', '2026-10-04', '2027-04-04', '2027-10-03'].map((date) => ['Australia/Lord_Howe', date] as const),
]
const day = 86_400_000
const threeDaysBefore = (date: string): number => Date.parse(date) - 3 * day

test.each(changes)('every ten minutes in %s stays every ten minutes through %s', (timeZone, date) => {
  const from = threeDaysBefore(date)
  const found = slots('*/10 * * * *', timeZone, new Date(from).toISOString(), 6 * 144)
  expect(found).toEqual(found.map((_, index) => new Date(from + (index + 1) * 600_000).toISOString()))
})

test.each([
  ['2026-10-04', ['2026-10-03T13:45', '2026-10-03T14:45', '2026-10-03T15:30', '2026-10-03T16:15']],
  ['2026-04-05', ['2026-04-04T13:15', '2026-04-04T14:15', '2026-04-04T15:45', '2026-04-04T16:45']],
])('a quarter past each hour on Lord Howe misses no hour on %s, whose clock changes by half of one', (_date, expected) => {
  const first = new Date(`${expected[0]}:00Z`)
  expect(slots('15 * * * *', 'Australia/Lord_Howe', new Date(first.getTime() - 1).toISOString(), 4)).toEqual(
    expected.map((slot) => `${slot}:00.000Z`),
  )
})

/** What the clock on the wall shows, minute by minute, by the JavaScript engine's own calendar. */
const wallClock = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at: number) => format.format(at)
}

/** Every minute of the day at the wall, with the instant at which it is due: its first, or the first after its gap. */
const dueOf = (timeZone: string, from: number, days: number): Map<string, number> => {
  const shown = wallClock(timeZone)
  const due = new Map<string, number>()
  for (let [at, before] = [from, '']; at < from + days * day; at += 60_000) {
    const now = shown(at)
    // What lies between two minutes that follow one another was skipped.
    for (let skipped = minuteAfter(before); before !== '' && skipped < now; skipped = minuteAfter(skipped)) due.set(skipped, at)
    if (!due.has(now)) due.set(now, at)
    before = now
  }
  return due
}

const minuteAfter = (wall: string): string => {
  const at = Date.parse(`${wall.replace(' ', 'T')}:00Z`)
  return Number.isNaN(at) ? '' : new Date(at + 60_000).toISOString().slice(0, 16).replace('T', ' ')
}

test.each(changes)('times of the day in %s around %s are due as the clock on the wall says', (timeZone, date) => {
  const from = threeDaysBefore(date)
  const due = dueOf(timeZone, from, 6)
  fc.assert(
    fc.property(fc.nat({ max: 59 }), fc.nat({ max: 59 }), fc.constantFrom(1, 2, 3), (minute, other, hour) => {
      const minutes = [...new Set([minute, other])].toSorted((a, b) => a - b)
      const wanted = [...due].flatMap(([wall, at]) => (minutes.some((m) => wall.endsWith(` ${two(hour)}:${two(m)}`)) ? [at] : []))
      const expected = [...new Set(wanted)].filter((at) => at > from).toSorted((a, b) => a - b)
      const found = slots(`${minutes.join(',')} ${hour} * * *`, timeZone, new Date(from).toISOString(), expected.length)
      expect(found.map((slot) => Date.parse(slot))).toEqual(expected)
    }),
    { numRuns: 50 },
  )
})

const two = (value: number): string => String(value).padStart(2, '0')

test('names, steps and weekdays are understood', () => {
  expect(cronProblem('*/15 8-18 * JAN-DEC MON-FRI', 'America/New_York')).toBeNull()
})

test.each([
  ['0 2 * *', 'UTC', /five-field/],
  ['0 0 2 * * *', 'UTC', /five-field/],
  ['61 2 * * *', 'UTC', /not a CRON text: "61" is no minute \(0 to 59\)\.$/],
  ['0 2 * * MONTAG', 'UTC', /"MONTAG" is no day of the week/],
  ['0 2 * * *', 'Mars/Olympus', /IANA time zone/],
  ['0 0 30 2 *', 'UTC', /never due/],
])('%s in %s is refused with a reason', (cron, timeZone, reason) => {
  expect(cronProblem(cron, timeZone)).toMatch(reason)
})

test('what was found for a schedule is not told to another time zone, nor once it has passed', () => {
  const at = new Date('2026-06-01T00:00:00Z')
  const next = (timeZone: string, after = at) => nextSlot('0 3 * * *', timeZone, after)?.toISOString()
  expect(next('UTC')).toBe('2026-06-01T03:00:00.000Z')
  expect(next('Europe/Berlin')).toBe('2026-06-01T01:00:00.000Z')
  expect(next('UTC', new Date('2026-06-01T02:59:59.999Z'))).toBe('2026-06-01T03:00:00.000Z')
  expect(next('UTC', new Date('2026-06-01T03:00:00Z'))).toBe('2026-06-02T03:00:00.000Z')
  expect(next('UTC', new Date('2026-05-31T00:00:00Z'))).toBe('2026-05-31T03:00:00.000Z')
})
