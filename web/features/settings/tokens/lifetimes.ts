/** How long a new token lives. */

import * as t from '@/texts/api-tokens-new.ts'

export const lifetimes = [
  { value: '30', label: t.days(30) },
  { value: '90', label: t.days(90) },
  { value: '365', label: t.oneYear },
  { value: 'never', label: t.untilRevoked },
]

export const usualLifetime = '90'

/** @returns null for one that does not expire */
export const expiryOf = (lifetime: string, now: number): string | null =>
  lifetime === 'never' ? null : new Date(now + Number(lifetime) * 86_400_000).toISOString()
