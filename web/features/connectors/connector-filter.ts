/** The list's filters, kept in the URL, and its variables; read alike by the server and the browser. */

import { filterValues, known } from '@/features/job-runs/run-filter.ts'
import { statuses } from '@/features/job-runs/status.ts'
import type { ConnectorFilter, ConnectorsQueryVariables } from '@/graphql/generated/graphql.ts'

const pageSize = 50

export const filterNames = ['kind', 'status', 'state'] as const

export const states = ['active', 'paused'] as const

const connectorFilter = (params: URLSearchParams): ConnectorFilter | null => {
  const kinds = filterValues(params, 'kind')
  const lastStatuses = known(filterValues(params, 'status'), statuses)
  const wanted = known(filterValues(params, 'state'), states)
  const filter = {
    ...(kinds.length > 0 && { kinds }),
    ...(lastStatuses.length > 0 && { lastStatuses }),
    ...(wanted.length === 1 && { enabled: wanted[0] === 'active' }),
  }
  return Object.keys(filter).length > 0 ? filter : null
}

export const connectorPage = (params: URLSearchParams, search: string, pages: number): ConnectorsQueryVariables => ({
  first: pageSize * pages,
  search: search || null,
  filter: connectorFilter(params),
})

export const withoutFilters = (params: URLSearchParams): string => {
  const next = new URLSearchParams(params)
  for (const name of filterNames) next.delete(name)
  return next.toString()
}
