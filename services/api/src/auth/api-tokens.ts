/** Tokens of automation clients: shown once, kept as a hash. */

import { createHash, randomBytes } from 'node:crypto'
import type { PrismaClient } from '@aiia/prisma/client'
import type { Role, Viewer } from './viewer.ts'

type StoreContext = { prisma: Pick<PrismaClient, 'apiToken'> }

/** How stale `lastUsedAt` may be: a busy client shall not cost a write a request. */
const lastUseEveryMs = 60_000

/** 256 bits of randomness: nobody guesses it, so a fast hash is enough. */
export const newToken = (): string => `aiia_${randomBytes(32).toString('base64url')}`

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** @returns the token itself, which is nowhere else */
export const issueToken = async (
  { prisma }: StoreContext,
  { name, role, createdBy, expiresAt = null }: { name: string; role: Role; createdBy: string; expiresAt?: Date | null },
): Promise<{ id: string; token: string }> => {
  const token = newToken()
  const { id } = await prisma.apiToken.create({ data: { name, role, createdBy, expiresAt, tokenHash: hashToken(token) } })
  return { id, token }
}

/** From now on the token opens nothing; its subscriptions end within seconds. */
export const revokeToken = async ({ prisma }: StoreContext, id: string): Promise<void> => {
  await prisma.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
}

/** Whose token this is; null when it is unknown, revoked or expired. */
export const identifyToken = async ({ prisma }: StoreContext, token: string): Promise<Viewer | null> => {
  const found = await prisma.apiToken.findUnique({ where: { tokenHash: hashToken(token) } })
  const now = new Date()
  if (found === null || found.revokedAt !== null || (found.expiresAt !== null && found.expiresAt <= now)) return null
  const stale = new Date(now.getTime() - lastUseEveryMs)
  if (found.lastUsedAt === null || found.lastUsedAt < stale) {
    await prisma.apiToken.updateMany({
      where: { id: found.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] },
      data: { lastUsedAt: now },
    })
  }
  return { kind: 'token', accessId: found.id, name: found.name, email: null, role: found.role }
}
