/** The roles as a choice. */

import * as t from '@/texts/roles.ts'

export { roleNames } from '@/texts/roles.ts'

export const roleCards = (['VIEWER', 'OPERATOR', 'ADMINISTRATOR'] as const).map((value) => ({
  value,
  label: t.roleNames[value],
  description: t.roleAbilities[value],
}))
