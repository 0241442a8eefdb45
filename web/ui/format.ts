/** Figures as the console prints them, the same on the server and in every browser. */

import * as t from '@/texts/format.ts'

const whole = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat(t.locale, { notation: 'compact', maximumFractionDigits: 1 })
const oneDecimal = new Intl.NumberFormat(t.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** 312400 → "312,400" */
export const formatCount = (value: number): string => whole.format(value)

/** Along an axis, where there is little room: 52000 → "52K" */
export const formatShort = (value: number): string => (value < 10 && value % 1 !== 0 ? oneDecimal.format(value) : short.format(value))

/** Bytes in decimal units: 58,700,000 → "58.7 MB" */
export const formatBytes = (bytes: number): string => {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), t.byteUnits.length - 1)
  const value = bytes / 1000 ** power
  return `${power === 0 ? whole.format(value) : oneDecimal.format(value)} ${t.byteUnits[power] ?? t.byteUnits[0]}`
}

/** 83_000 → "1m 23s"; under ten seconds with a tenth: "4.2s"; "2h 05m" above an hour. */
export const formatDuration = (ms: number): string => {
  if (ms < 1000) return t.milliseconds(Math.max(Math.round(ms), 0))
  if (ms < 9_950) return t.seconds(oneDecimal.format(ms / 1000))
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return t.seconds(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 3600) return t.minutes(Math.floor(seconds / 60), two(seconds % 60))
  return t.hours(Math.floor(seconds / 3600), two(Math.floor((seconds % 3600) / 60)))
}

/** A duration that ticks: whole seconds, so that its width does not jump. */
export const formatTicking = (ms: number): string =>
  ms < 60_000 ? t.seconds(Math.max(Math.floor(ms / 1000), 0)) : formatDuration(Math.floor(ms / 1000) * 1000)

const steps: [limit: number, length: number, unit: t.RelativeUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 30, 86_400, 'day'],
  [86_400 * 365, 86_400 * 30, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365, 'year'],
]

/** "just now", "12s ago", "3h ago", "in 5h" */
export const formatRelative = (at: number, now: number): string => {
  const seconds = Math.round(Math.abs(now - at) / 1000)
  if (seconds < 5) return t.justNow
  const [, length, unit] = steps.find(([limit]) => seconds < limit) ?? ([0, 1, 'second'] as const)
  const count = Math.floor(seconds / length)
  return at > now ? t.ahead(count, unit) : t.ago(count, unit)
}

/** "2026-05-24 02:00:03 UTC" */
export const formatUtc = (at: number): string => t.utc(new Date(at).toISOString().slice(0, 19).replace('T', ' '))

/** "2026-05-24 02:00:03" in the reader's own time zone; only for what is drawn after a reader's action. */
export const formatLocal = (at: number): string => {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}
