/** The audit log in sentences: what was done, and what more there is to say. */

import type { AuditAction } from '@/graphql/generated/graphql.ts'

export const actionNames: Record<AuditAction, string> = {
  CONNECTOR_CREATED: 'Connector created',
  CONNECTOR_UPDATED: 'Connector changed',
  CONNECTOR_DELETED: 'Connector deleted',
  RUN_REQUESTED: 'Sync requested',
  RUN_RETRIED: 'Run retried',
  RUN_CANCELLED: 'Run cancelled',
  ROWS_REPLAYED: 'Rejected rows replayed',
  MAPPING_APPLIED: 'Mapping applied',
  PLATFORM_PAUSED: 'Platform paused',
  PLATFORM_RESUMED: 'Platform resumed',
  TOKEN_CREATED: 'Token created',
  TOKEN_REVOKED: 'Token revoked',
  PERSON_CREATED: 'Person created',
  PERSON_UPDATED: 'Person changed',
  PERSON_DEACTIVATED: 'Person deactivated',
  PERSON_REACTIVATED: 'Person reactivated',
  PERSON_REMOVED: 'Person removed',
  PASSWORD_RESET: 'Password reset',
  PASSWORD_CHANGED: 'Password changed',
  CHANNEL_CREATED: 'Channel added',
  CHANNEL_UPDATED: 'Channel changed',
  CHANNEL_DELETED: 'Channel deleted',
  CHANNEL_TESTED: 'Channel tested',
  RETENTION_CHANGED: 'Retention changed',
  SIGNED_IN: 'Signed in',
  SIGN_IN_FAILED: 'Sign-in refused',
}

export const auditActions = Object.keys(actionNames) as AuditAction[]

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
