/** What is looked for in the audit log and where one stands, kept in the URL; read alike by the server and the browser. */

import type { AuditAction, AuditLogQueryVariables } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/audit-log.tsx'
import { auditActions } from './audit-words.ts'

const pageSize = 50

const days: Record<string, number> = { day: 1, week: 7, month: 30 }

export const anyTime = { value: '', label: t.anyTime }
export const periods = [
  anyTime,
  { value: 'day', label: t.lastDay },
  { value: 'week', label: t.lastWeek },
  { value: 'month', label: t.lastMonth },
]

export const actionsIn = (params: URLSearchParams): AuditAction[] => {
  const values = params.get('action')?.split(',') ?? []
  return auditActions.filter((action) => values.includes(action))
}

/** The start of the hour, so that the same question is asked for a while and its answer is at hand. */
const since = (period: string | null, now: number): string | null => {
  const count = days[period ?? '']
  return count === undefined ? null : new Date(Math.floor(now / 3_600_000 - count * 24) * 3_600_000).toISOString()
}

export const auditVariables = (params: URLSearchParams, now: number): AuditLogQueryVariables => {
  const actions = actionsIn(params)
  const search = params.get('search')?.trim() ?? ''
  const from = since(params.get('since'), now)
  const filter = { ...(actions.length > 0 && { actions }), ...(search !== '' && { search }), ...(from && { from }) }
  const before = params.get('before')
  const page = before ? { last: pageSize, before } : { first: pageSize, after: params.get('after') }
  return { ...page, filter: Object.keys(filter).length > 0 ? filter : null }
}

/** A changed filter starts again at the newest entries. */
export const withParams = (params: URLSearchParams, changes: Record<string, string | null>): string => {
  const next = new URLSearchParams(params)
  for (const name of ['after', 'before']) next.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return next.toString().replaceAll('%2C', ',')
}
