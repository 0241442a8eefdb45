/** The history's filters and its place in it, kept in the URL; read alike by the server and the browser. */

import type { JobRunsQueryVariables } from '@/graphql/generated/graphql.ts'
import { statuses, triggers } from './status.ts'
import { queuedWithin, readTimeRange, type TimeRange, writeTimeRange } from './time-range.ts'

const pageSize = 50

/** The values of a filter in a query string: `status=FAILED,ERROR`. */
export const filterValues = (params: URLSearchParams, name: string): string[] => params.get(name)?.split(',').filter(Boolean) ?? []

/** A changed filter starts again at the first page. */
export const withFilter = (params: URLSearchParams, name: string, values: string[]): string => {
  const next = new URLSearchParams(params)
  if (values.length > 0) next.set(name, values.join(','))
  else next.delete(name)
  return withCursor(next, null)
}

export const withTime = (params: URLSearchParams, range: TimeRange | null): string => withCursor(writeTimeRange(params, range), null)

export const withCursor = (params: URLSearchParams, cursor: { after: string } | { before: string } | null): string => {
  const next = new URLSearchParams(params)
  for (const name of ['after', 'before']) next.delete(name)
  for (const [name, value] of Object.entries(cursor ?? {})) next.set(name, value)
  // These need no escape in a query, and are easier to read without.
  return next.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
}

/** What an address names and the API does not know is dropped. */
export const known = <T extends string>(values: string[], allowed: readonly T[]): T[] => allowed.filter((value) => values.includes(value))

/**
 * @param now in milliseconds since 1970
 * @param only the connector whose runs alone are looked at, whatever the address says
 */
export const runsVariables = (params: URLSearchParams, now: number, only?: string): JobRunsQueryVariables => {
  const connectorIds = only === undefined ? filterValues(params, 'connector') : [only]
  const statusList = known(filterValues(params, 'status'), statuses)
  const triggerList = known(filterValues(params, 'trigger'), triggers)
  const filter = {
    ...(connectorIds.length > 0 && { connectorIds }),
    ...(statusList.length > 0 && { statuses: statusList }),
    ...(triggerList.length > 0 && { triggers: triggerList }),
    ...queuedWithin(readTimeRange(params), now),
  }
  const before = params.get('before')
  const page = before ? { last: pageSize, before } : { first: pageSize, after: params.get('after') }
  return { ...page, filter: Object.keys(filter).length > 0 ? filter : null }
}

const runFilters = ['status', 'connector', 'trigger']

export const hasFilters = (params: URLSearchParams): boolean =>
  readTimeRange(params) !== null || runFilters.some((name) => params.has(name))

/** Back at the newest of all runs; what else is in the address stays. */
export const withoutFilters = (params: URLSearchParams): string => {
  const next = writeTimeRange(params, null)
  for (const name of runFilters) next.delete(name)
  return withCursor(next, null)
}

/** The first page is the one that new runs appear on. */
export const isFirstPage = ({ after, before }: JobRunsQueryVariables): boolean => !after && !before
