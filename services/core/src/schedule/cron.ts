/** CRON in a time zone: the slots at which a connector's scheduled runs are due. */

import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'

/** The message that explains what is wrong with a CRON text or a time zone, or null when both are right. */
export const cronProblem = (cron: string, timeZone: string): string | null => {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    return `"${timeZone}" is not an IANA time zone such as "Europe/Berlin" or "UTC".`
  }
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== 5) {
    return `"${cron}" is not a five-field CRON text (minute hour day-of-month month day-of-week) such as "0 2 * * *".`
  }
  if (isPattern(cron)) return new Cron(cron, { timezone: timeZone }).nextRun() === null ? `"${cron}" is never due.` : null
  const wrong = fields.findIndex((field, at) => !isPattern(fields.map((_, other) => (other === at ? field : '*')).join(' ')))
  const range = fieldRanges[wrong]
  return `"${cron}" is not a CRON text${range === undefined ? '' : `: "${fields[wrong]}" is no ${range}`}.`
}

const fieldRanges = [
  'minute (0 to 59)',
  'hour (0 to 23)',
  'day of the month (1 to 31)',
  'month (1 to 12, or JAN to DEC)',
  'day of the week (0 to 7, or SUN to SAT)',
]

const isPattern = (cron: string): boolean => {
  try {
    return new Cron(cron, { paused: true }).getPattern() !== undefined
  } catch {
    return false
  }
}

/** Hour fields that mean every hour: such a schedule is a rhythm, and keeps it in real time through every change of the clock. */
const everyHour = new Set(['*', '*/1', '0-23'])

/**
 * The first slot strictly after `after`, or null when there is none. A schedule that names hours follows the clock on the
 * wall: a time that the change to summer time skips is due at the first instant after the gap, and one that the change back
 * doubles is due the first time only.
 */
export const nextSlot = (cron: string, timeZone: string, after: Date): Date | null => {
  const schedule = `${cron} ${timeZone}`
  const spans = found.get(schedule) ?? []
  const at = after.getTime()
  const known = spans.find(({ from, next }) => from <= at && at < next)
  if (known) return new Date(known.next)
  const slot = findSlot(cron, timeZone, after)
  if (slot !== null) remember(schedule, [{ from: at, next: slot.getTime() }, ...spans])
  return slot
}

/** From the first up to the second instant, the second is the next slot. */
type Span = { from: number; next: number }

/** Every list of connectors asks for the same few slots again, and to find one takes a good part of a millisecond. */
const found = new Map<string, Span[]>()
const [mostSchedules, mostSpans] = [2_000, 8]

const remember = (schedule: string, spans: Span[]): void => {
  found.delete(schedule)
  found.set(schedule, spans.slice(0, mostSpans))
  if (found.size > mostSchedules) found.delete(found.keys().next().value ?? '')
}

const findSlot = (cron: string, timeZone: string, after: Date): Date | null => {
  const shown = nextShown(cron, timeZone, after)
  if (!everyHour.has(cron.trim().split(/\s+/)[1] ?? '')) return shown
  const next = new Cron(cron, { timezone: timeZone }).nextRun(after)
  // A change by half an hour may take a minute's turn away, and the rhythm would miss a beat.
  return shown !== null && next !== null && shown < next && !isWholeHours(gapBefore(shown, timeZone)) ? shown : next
}

/** The first slot after `after` by the clock on the wall. */
const nextShown = (cron: string, timeZone: string, after: Date): Date | null => {
  // The clock on the wall has neither gaps nor doubles if it is read as if it were UTC.
  const pattern = new Cron(cron, { timezone: 'UTC' })
  for (let wall = toWall(after, timeZone); ; ) {
    const next = pattern.nextRun(wall)
    if (next === null) return null
    const slot = toInstant(next, timeZone)
    if (slot > after) return slot
    wall = next
  }
}

/** Milliseconds by which the clock jumped ahead at this instant. */
const gapBefore = (at: Date, timeZone: string): number => {
  const before = new Date(at.getTime() - 1)
  return toWall(at, timeZone).getTime() - toWall(before, timeZone).getTime() - 1
}

const isWholeHours = (ms: number): boolean => ms % 3_600_000 === 0

/** What the clock in the time zone shows, as if it were UTC. */
const toWall = (at: Date, timeZone: string): Date => {
  const { epochMilliseconds, offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(epochMilliseconds + offsetNanoseconds / 1_000_000)
}

/** When the clock in the time zone shows this: the first time, or right after the gap in which it never does. */
const toInstant = (wall: Date, timeZone: string): Date => {
  const shown = Temporal.PlainDateTime.from(wall.toISOString().slice(0, -1))
  const zoned = shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const slot = zoned.toPlainDateTime().equals(shown) ? zoned : (zoned.getTimeZoneTransition('next') ?? zoned)
  return new Date(slot.epochMilliseconds)
}
