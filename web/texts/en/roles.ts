/** What the roles are called, and what each may do. */

import type { Role } from '@/graphql/generated/graphql.ts'

export const roleNames: Record<Role, string> = { VIEWER: 'Viewer', OPERATOR: 'Operator', ADMINISTRATOR: 'Administrator' }

export const roleAbilities: Record<Role, string> = {
  VIEWER: 'Sees connectors, runs and logs.',
  OPERATOR: 'Also syncs, cancels, retries and tests.',
  ADMINISTRATOR: 'Also edits connectors, people and tokens.',
}
