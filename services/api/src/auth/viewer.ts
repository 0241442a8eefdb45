/** Who asks: a person with a session, or an API token, and what their role allows. */

import type { Actor } from '@aiia/core/audit/audit'

export const roles = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'] as const
export type Role = (typeof roles)[number]

export type Viewer = {
  kind: 'person' | 'token'
  /** Of the session or the token: what ends when access ends. */
  accessId: string
  /** The person, or whose token it is; null for the token of ADMIN_TOKEN. */
  personId: string | null
  /** Who did it, as runs record it: the email address of a person, the name of a token. */
  name: string
  email: string | null
  role: Role
  /** Whether whoever made the password has seen it. */
  passwordGenerated?: boolean
}

/** Each role may do what those before it may. */
export const mayActAs = (viewer: Viewer | null, role: Role): boolean => viewer !== null && roles.indexOf(viewer.role) >= roles.indexOf(role)

/** How a run names who asked for it. */
export const actorOf = (viewer: Viewer): string => viewer.email ?? viewer.name

/** How the audit log names who acts, and from where. */
export const auditActorOf = (viewer: Viewer | null, address: string): Actor => {
  if (viewer === null) return { kind: 'NOBODY', name: 'nobody', id: null, address }
  const { kind, accessId, personId } = viewer
  return { kind: kind === 'person' ? 'PERSON' : 'TOKEN', name: actorOf(viewer), id: kind === 'person' ? personId : accessId, address }
}

/** Counts and closes the subscriptions of one person or token together. */
export const accessKey = ({ kind, accessId }: Pick<Viewer, 'kind' | 'accessId'>): string => `${kind}:${accessId}`
