/** The history's filters and its place in it, kept in the URL; read alike by the server and the browser. */

import type { JobRunsQueryVariables } from '@/graphql/generated/graphql.ts'
import { statuses, triggers } from './status.ts'

const pageSize = 50

export type FilterName = 'status' | 'connector' | 'trigger'

/** The values of a filter in a query string: `status=FAILED,ERROR`. */
export const filterValues = (params: URLSearchParams, name: FilterName): string[] => params.get(name)?.split(',').filter(Boolean) ?? []

/** A changed filter starts again at the newest runs. */
export const withFilter = (params: URLSearchParams, name: FilterName, values: string[]): string => {
  const next = new URLSearchParams(params)
  for (const cursor of ['after', 'before']) next.delete(cursor)
  if (values.length > 0) next.set(name, values.join(','))
  else next.delete(name)
  return next.toString().replaceAll('%2C', ',')
}

export const withCursor = (params: URLSearchParams, cursor: { after: string } | { before: string } | null): string => {
  const next = new URLSearchParams(params)
  for (const name of ['after', 'before']) next.delete(name)
  for (const [name, value] of Object.entries(cursor ?? {})) next.set(name, value)
  return next.toString().replaceAll('%2C', ',')
}

const known = <T extends string>(values: string[], allowed: readonly T[]): T[] => allowed.filter((value) => values.includes(value))

export const runsVariables = (params: URLSearchParams): JobRunsQueryVariables => {
  const connectorIds = filterValues(params, 'connector')
  const statusList = known(filterValues(params, 'status'), statuses)
  const triggerList = known(filterValues(params, 'trigger'), triggers)
  const filter = {
    ...(connectorIds.length > 0 && { connectorIds }),
    ...(statusList.length > 0 && { statuses: statusList }),
    ...(triggerList.length > 0 && { triggers: triggerList }),
  }
  const before = params.get('before')
  const page = before ? { last: pageSize, before } : { first: pageSize, after: params.get('after') }
  return { ...page, filter: Object.keys(filter).length > 0 ? filter : null }
}

/** The first page is the one that new runs appear on. */
export const isFirstPage = ({ after, before }: JobRunsQueryVariables): boolean => !after && !before
