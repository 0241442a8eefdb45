/** Ends the subscriptions of sessions and tokens that were revoked or have expired, within seconds. */

import type { Logger } from '@aiia/kit/logger'
import type { PrismaClient } from '@aiia/prisma/client'
import { unauthenticated } from '../errors.ts'
import type { Access, Subscriptions } from './subscriptions.ts'

export const watchAccess = (
  { prisma, subscriptions, log }: { prisma: PrismaClient; subscriptions: Subscriptions; log: Logger },
  everyMs = 2_000,
): { close(): void } => {
  let checking = false
  const check = async (): Promise<void> => {
    const accesses = subscriptions.accesses()
    if (accesses.length === 0 || checking) return
    checking = true
    try {
      const valid = await stillValid(prisma, accesses)
      for (const access of accesses) {
        if (!valid.has(access.accessId))
          subscriptions.end(access, unauthenticated('The session or the API token behind this subscription has ended.'))
      }
    } catch (err) {
      log.warn({ err }, 'cannot check who may still watch')
    } finally {
      checking = false
    }
  }
  const timer = setInterval(() => void check(), everyMs)
  return { close: () => clearInterval(timer) }
}

const stillValid = async (prisma: PrismaClient, accesses: Access[]): Promise<Set<string>> => {
  const now = new Date()
  const ids = (kind: Access['kind']) => accesses.filter((access) => access.kind === kind).map(({ accessId }) => accessId)
  const [sessions, tokens] = await Promise.all([
    prisma.session.findMany({
      where: { id: { in: ids('person') }, expiresAt: { gt: now }, user: { deactivatedAt: null } },
      select: { id: true },
    }),
    prisma.apiToken.findMany({
      where: { id: { in: ids('token') }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      select: { id: true },
    }),
  ])
  return new Set([...sessions, ...tokens].map(({ id }) => id))
}
