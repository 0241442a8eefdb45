/** Passwords of people: generated, and stored as the sign-in expects them. */

import { randomBytes, randomUUID } from 'node:crypto'
import type { TransactionClient } from '@aiia/prisma/client'
import { hashPassword, verifyPassword } from 'better-auth/crypto'

/** 120 bits of randomness, which nobody has to remember. */
export const generatePassword = (): string => randomBytes(15).toString('base64url')

const provider = 'credential'

/** Which of a person's accounts has the password. */
export const withPassword = (userId: string) => ({ userId, providerId: provider })

/** In place of whatever there was. */
export const setPassword = async (transaction: TransactionClient, userId: string, password: string): Promise<void> => {
  await removePassword(transaction, userId)
  await transaction.account.create({
    data: { id: randomUUID(), accountId: userId, ...withPassword(userId), password: await hashPassword(password) },
  })
}

/** From now on no password signs this person in. */
export const removePassword = async (transaction: TransactionClient, userId: string): Promise<void> => {
  await transaction.account.deleteMany({ where: withPassword(userId) })
}

export const isPassword = async (hash: string | null | undefined, password: string): Promise<boolean> =>
  hash != null && (await verifyPassword({ hash, password }))
