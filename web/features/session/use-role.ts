'use client'
/** What the viewer may do, so that no button leads to a refusal. The API decides. */

import { useQuery } from 'urql'
import { type Role, ViewerDocument } from '@/graphql/generated/graphql.ts'

const ranks: Record<Role, number> = { VIEWER: 0, OPERATOR: 1, ADMINISTRATOR: 2 }

/** False until the viewer is known, which a page usually brings along. */
export const useMayActAs = (role: Role): boolean => {
  const [{ data }] = useQuery({ query: ViewerDocument })
  const own = data?.viewer?.role
  return own !== undefined && ranks[own] >= ranks[role]
}
