/** Who asks: a person with a session, or an API token, and what their role allows. */

export const roles = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'] as const
export type Role = (typeof roles)[number]

export type Viewer = {
  kind: 'person' | 'token'
  /** Of the session or the token: what ends when access ends. */
  accessId: string
  /** Who did it, as runs record it: the email address of a person, the name of a token. */
  name: string
  email: string | null
  role: Role
}

/** Each role may do what those before it may. */
export const mayActAs = (viewer: Viewer | null, role: Role): boolean => viewer !== null && roles.indexOf(viewer.role) >= roles.indexOf(role)

/** How a run names who asked for it. */
export const actorOf = (viewer: Viewer): string => viewer.email ?? viewer.name

/** Counts and closes the subscriptions of one person or token together. */
export const accessKey = ({ kind, accessId }: Pick<Viewer, 'kind' | 'accessId'>): string => `${kind}:${accessId}`
