/** How long a new token lives. */

export const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Until it is revoked' },
]

export const usualLifetime = '90'

/** @returns null for one that does not expire */
export const expiryOf = (lifetime: string, now: number): string | null =>
  lifetime === 'never' ? null : new Date(now + Number(lifetime) * 86_400_000).toISOString()
