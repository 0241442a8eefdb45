/** Failed sign-ins by client address, counted in the database for all API processes together. */

import { isIPv6 } from 'node:net'
import type { PrismaClient } from '@aiia/prisma/client'

export type SignInLimit = {
  /** Counts an attempt before it is made. @returns seconds to wait when there were too many, else null */
  attempt(address: string): Promise<number | null>
  /** Takes the attempt back: it was a good one. */
  succeeded(address: string): Promise<void>
}

const windowMs = 60_000
const mostFailures = 10

export const createSignInLimit = ({ prisma }: { prisma: PrismaClient }, clock: () => number = Date.now): SignInLimit => ({
  attempt: async (address) => {
    const now = clock()
    const key = keyOf(address)
    // One statement, so that a thousand attempts at once are counted as a thousand.
    const [row] = await prisma.$queryRaw<{ count: number; last_request: bigint }[]>`
      INSERT INTO "platform"."rate_limits" AS "limit" ("id", "key", "count", "last_request") VALUES (${key}, ${key}, 1, ${now})
      ON CONFLICT ("key") DO UPDATE SET
        "count" = CASE WHEN "limit"."last_request" <= ${now - windowMs} THEN 1 ELSE "limit"."count" + 1 END,
        "last_request" = CASE WHEN "limit"."last_request" <= ${now - windowMs} THEN ${now} ELSE "limit"."last_request" END
      RETURNING "count", "last_request"`
    if (row === undefined) throw new Error('the sign-in limit was not written')
    if (row.count === 1) await prisma.rateLimit.deleteMany({ where: { lastRequest: { lt: now - windowMs } } })
    return row.count > mostFailures ? Math.max(1, Math.ceil((Number(row.last_request) + windowMs - now) / 1000)) : null
  },
  succeeded: async (address) => {
    await prisma.rateLimit.updateMany({ where: { key: keyOf(address), count: { gt: 0 } }, data: { count: { decrement: 1 } } })
  },
})

/** A single IPv6 customer has a whole /64. */
const keyOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return `sign-in:${isIPv6(plain) ? new URL(`http://[${plain.split('%')[0]}]`).hostname.split('::')[0]?.split(':').slice(0, 4).join(':') : plain}`
}
