/** When runs were asked for: within the last hours or days, or between two moments; as the URL has it. */

export const windows = ['1h', '24h', '7d', '30d'] as const
export type Window = (typeof windows)[number]

const minute = 60_000
const lengths: Record<Window, number> = { '1h': 60, '24h': 24 * 60, '7d': 7 * 24 * 60, '30d': 30 * 24 * 60 }

/** A window moves with the clock; an open end is null. */
export type TimeRange = { window: Window } | { from: string | null; to: string | null }

const names = ['since', 'from', 'to'] as const

const momentIn = (params: URLSearchParams, name: string): string | null => {
  const moment = Date.parse(params.get(name) ?? '')
  return Number.isNaN(moment) ? null : new Date(moment).toISOString()
}

/** null: any time. What makes no sense is as if it were not there. */
export const readTimeRange = (params: URLSearchParams): TimeRange | null => {
  const window = windows.find((known) => known === params.get('since'))
  if (window !== undefined) return { window }
  const [from, to] = [momentIn(params, 'from'), momentIn(params, 'to')]
  return from === null && to === null ? null : { from, to }
}

export const writeTimeRange = (params: URLSearchParams, range: TimeRange | null): URLSearchParams => {
  const next = new URLSearchParams(params)
  for (const name of names) next.delete(name)
  if (range === null) return next
  if ('window' in range) next.set('since', range.window)
  else for (const name of ['from', 'to'] as const) if (range[name] !== null) next.set(name, range[name].replace(/(:00)?\.000Z$/, 'Z'))
  return next
}

/**
 * As the API filters.
 *
 * @param now in milliseconds since 1970; a window moves minute by minute, so that what was asked for is not asked anew
 */
export const queuedWithin = (range: TimeRange | null, now: number): { queuedFrom?: string; queuedTo?: string } => {
  if (range === null) return {}
  if ('window' in range) return { queuedFrom: new Date((Math.floor(now / minute) - lengths[range.window]) * minute).toISOString() }
  return { ...(range.from !== null && { queuedFrom: range.from }), ...(range.to !== null && { queuedTo: range.to }) }
}
