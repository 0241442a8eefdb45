/** What the audit log tells of, and what more there is to say of an entry. */

import type { AuditAction } from '@/graphql/generated/graphql.ts'
import * as t from '@/texts/audit-log.tsx'

export const auditActions = Object.keys(t.actionNames) as AuditAction[]

/** `{ role: ['VIEWER', 'OPERATOR'], full: true }` → `role: VIEWER → OPERATOR, full` */
export const detailsInWords = (details: unknown): string =>
  Object.entries((details ?? {}) as Record<string, unknown>)
    .flatMap(([name, value]) => partInWords(name, value))
    .join(', ')

const partInWords = (name: string, value: unknown): string[] => {
  if (value === null || value === false || value === '') return []
  if (value === true) return [name]
  if (!Array.isArray(value)) return [`${name}: ${textOf(value)}`]
  const isChange = name !== 'changed' && value.length === 2
  return [`${name}: ${value.map(textOf).join(isChange ? ' → ' : ', ')}`]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
