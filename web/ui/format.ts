/** Figures as the console prints them, the same on the server and in every browser. */

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** 312400 → "312,400" */
export const formatCount = (value: number): string => whole.format(value)

/** Along an axis, where there is little room: 52000 → "52K" */
export const formatShort = (value: number): string => (value < 10 && value % 1 !== 0 ? oneDecimal.format(value) : short.format(value))

/** Bytes in decimal units: 58,700,000 → "58.7 MB" */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  const value = bytes / 1000 ** power
  return `${power === 0 ? whole.format(value) : oneDecimal.format(value)} ${units[power] ?? 'B'}`
}

/** 83_000 → "1m 23s"; under ten seconds with a tenth: "4.2s"; "2h 05m" above an hour. */
export const formatDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.max(Math.round(ms), 0)}ms`
  if (ms < 9_950) return `${oneDecimal.format(ms / 1000)}s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`
  return `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`
}

/** A duration that ticks: whole seconds, so that its width does not jump. */
export const formatTicking = (ms: number): string =>
  ms < 60_000 ? `${Math.max(Math.floor(ms / 1000), 0)}s` : formatDuration(Math.floor(ms / 1000) * 1000)

const steps: [limit: number, unit: number, name: string][] = [
  [60, 1, 's'],
  [3600, 60, 'm'],
  [86_400, 3600, 'h'],
  [86_400 * 30, 86_400, 'd'],
  [86_400 * 365, 86_400 * 30, 'mo'],
  [Number.POSITIVE_INFINITY, 86_400 * 365, 'y'],
]

/** "just now", "12s ago", "3h ago", "in 5h" */
export const formatRelative = (at: number, now: number): string => {
  const seconds = Math.round(Math.abs(now - at) / 1000)
  if (seconds < 5) return 'just now'
  const [, unit, name] = steps.find(([limit]) => seconds < limit) ?? [0, 1, 's']
  const text = `${Math.floor(seconds / unit)}${name}`
  return at > now ? `in ${text}` : `${text} ago`
}

/** "2026-05-24 02:00:03 UTC" */
export const formatUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** "2026-05-24 02:00:03" in the reader's own time zone; only for what is drawn after a reader's action. */
export const formatLocal = (at: number): string => {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}
