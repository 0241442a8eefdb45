/** Tokens of automation clients: shown once, kept as a hash. */

import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '@aiia/core/audit/audit'
import type { Prisma, PrismaClient, TransactionClient } from '@aiia/prisma/client'
import { note } from '@aiia/store/audit'
import type { StoreContext } from '@aiia/store/context'
import { unauthenticated } from '../errors.ts'
import { lockPeople } from './one-at-a-time.ts'
import { type Role, roles, type Viewer } from './viewer.ts'

/** How stale `lastUsedAt` may be: a busy client shall not cost a write a request. */
const lastUseEveryMs = 60_000

/** 256 bits of randomness: nobody guesses it, so a fast hash is enough. */
export const newToken = (): string => `aiia_${randomBytes(32).toString('base64url')}`

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Tells tokens apart; what it leaves to guess is still 226 bits. */
export const prefixOf = (token: string): string => token.slice(0, 10)

export type NewToken = {
  name: string
  role: Role
  createdBy: string
  /** Whose it is: it ends with the person. */
  personId?: string | null
  /** null: it does not expire. */
  expiresAt?: Date | null
}

/** @returns the token itself, which is nowhere else */
export const issueToken = async ({ prisma, actor }: StoreContext, input: NewToken): Promise<{ id: string; token: string }> => {
  const token = newToken()
  return prisma.$transaction(async (transaction) => {
    if (input.personId != null) await refuseUnlessMay(transaction, input.personId, input.role)
    const { id } = await transaction.apiToken.create({ data: { ...input, prefix: prefixOf(token), tokenHash: hashToken(token) } })
    const { name, role, expiresAt = null } = input
    await note(transaction, actor, { action: 'TOKEN_CREATED', subject: { kind: 'TOKEN', id, name }, details: { role, expiresAt } })
    return { id, token }
  })
}

/** Somebody whose access is taken at this very moment shall not leave a token behind. */
const refuseUnlessMay = async (transaction: TransactionClient, personId: string, role: Role): Promise<void> => {
  await lockPeople(transaction)
  const person = await transaction.user.findUnique({ where: { id: personId } })
  if (person === null || person.deactivatedAt !== null || roles.indexOf(person.role) < roles.indexOf(role)) throw unauthenticated()
}

/** From now on the token opens nothing; its subscriptions end within seconds. Whoever revoked it first stays the one who did. */
export const revokeToken = (
  { prisma, actor }: StoreContext,
  { id, by }: { id: string; by: string },
): Promise<Prisma.ApiTokenGetPayload<object> | null> =>
  prisma.$transaction(async (transaction) => {
    const [revoked] = await revokeTokens(transaction, actor, { where: { id }, by })
    return revoked ?? transaction.apiToken.findUnique({ where: { id } })
  })

/** Within a transaction of the caller's. @returns those that this ended */
export const revokeTokens = async (
  transaction: TransactionClient,
  actor: Actor | undefined,
  { where, by }: { where: Prisma.ApiTokenWhereInput; by: string },
): Promise<Prisma.ApiTokenGetPayload<object>[]> => {
  const revoked = await transaction.apiToken.updateManyAndReturn({
    where: { AND: [where, { revokedAt: null }] },
    data: { revokedAt: new Date(), revokedBy: by },
  })
  for (const { id, name } of revoked) await note(transaction, actor, { action: 'TOKEN_REVOKED', subject: { kind: 'TOKEN', id, name } })
  return revoked
}

/** Whose token this is; null when it is unknown, revoked or expired. */
export const identifyToken = async ({ prisma }: { prisma: PrismaClient }, token: string): Promise<Viewer | null> => {
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
  const { id, name, role, personId } = found
  return { kind: 'token', accessId: id, personId, name, email: null, role }
}
