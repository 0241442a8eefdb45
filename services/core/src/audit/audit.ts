/** What the audit log tells: who did what to which thing, and from where. */

export const auditActions = [
  'CONNECTOR_CREATED',
  'CONNECTOR_UPDATED',
  'CONNECTOR_DELETED',
  'RUN_REQUESTED',
  'RUN_RETRIED',
  'RUN_CANCELLED',
  'ROWS_REPLAYED',
  'MAPPING_APPLIED',
  'PLATFORM_PAUSED',
  'PLATFORM_RESUMED',
  'TOKEN_CREATED',
  'TOKEN_REVOKED',
  'PERSON_CREATED',
  'PERSON_UPDATED',
  'PERSON_DEACTIVATED',
  'PERSON_REACTIVATED',
  'PERSON_REMOVED',
  'PASSWORD_RESET',
  'PASSWORD_CHANGED',
  'CHANNEL_CREATED',
  'CHANNEL_UPDATED',
  'CHANNEL_DELETED',
  'CHANNEL_TESTED',
  'RETENTION_CHANGED',
  'SIGNED_IN',
  'SIGN_IN_FAILED',
] as const
export type AuditAction = (typeof auditActions)[number]

export const actorKinds = ['PERSON', 'TOKEN', 'PLATFORM', 'NOBODY'] as const

export type Actor = {
  kind: (typeof actorKinds)[number]
  /** The email address of a person, the name of a token. */
  name: string
  id: string | null
  /** The network address that the request came from. */
  address: string | null
}

export const thePlatformItself: Actor = { kind: 'PLATFORM', name: 'the platform', id: null, address: null }

export const subjectKinds = ['CONNECTOR', 'RUN', 'TOKEN', 'PERSON', 'CHANNEL', 'PLATFORM'] as const

export type Subject = {
  kind: (typeof subjectKinds)[number]
  id: string | null
  /** As it was called then: it may be renamed or gone. */
  name: string
}

export type AuditNote = {
  action: AuditAction
  subject: Subject
  /** What more there is to say; never a secret, so no value of a setting. */
  details?: Record<string, unknown>
}
