/** Makes sure at start that somebody can get in: by the settings, else with a generated login that is printed once. */

import { randomBytes, randomUUID } from 'node:crypto'
import type { Logger } from '@aiia/kit/logger'
import type { PrismaClient, TransactionClient } from '@aiia/prisma/client'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { hashToken, newToken } from './api-tokens.ts'

export type FirstAdministrator = { email: string; password: string | undefined; token: string | undefined }

/** Marks the token that comes from ADMIN_TOKEN. */
const presetBy = 'ADMIN_TOKEN'

/** Any number: API processes that start together do this one after the other. */
const lock = 7_269_341_108

export const ensureAdministrator = async (
  { prisma, log }: { prisma: PrismaClient; log: Logger },
  given: FirstAdministrator,
): Promise<void> => {
  const generated = await prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${lock})`
      const first = (await transaction.user.count()) === 0
      const password = await ensureUser(transaction, given, first)
      const token = await ensureToken(transaction, given.token, first)
      return { password, token }
    },
    { maxWait: 30_000, timeout: 60_000 },
  )
  // The one time that a secret is told, to whoever installs the platform. It is in the text, since fields are redacted.
  if (generated.password)
    log.info(`First administrator: sign in as ${given.email} with the password ${generated.password} (shown this once)`)
  if (generated.token) log.info(`First API token, role ADMINISTRATOR: ${generated.token} (shown this once)`)
}

/** @returns the password, where it was generated */
const ensureUser = async (
  transaction: TransactionClient,
  { email, password }: FirstAdministrator,
  first: boolean,
): Promise<string | undefined> => {
  const user = await transaction.user.findUnique({ where: { email }, include: { accounts: { where: { providerId: 'credential' } } } })
  if (user === null) {
    if (password === undefined && !first) return undefined
    const chosen = password ?? randomBytes(15).toString('base64url')
    await createAdministrator(transaction, email, chosen)
    return password === undefined ? chosen : undefined
  }
  if (password === undefined) return undefined
  const hash = user.accounts[0]?.password
  if (!hash || !(await verifyPassword({ hash, password }))) {
    await transaction.account.deleteMany({ where: { userId: user.id, providerId: 'credential' } })
    await transaction.account.create({ data: await credentialOf(user.id, password) })
    await transaction.session.deleteMany({ where: { userId: user.id } })
  }
  await transaction.user.update({ where: { id: user.id }, data: { role: 'ADMINISTRATOR' } })
  return undefined
}

const createAdministrator = async (transaction: TransactionClient, email: string, password: string): Promise<void> => {
  const id = randomUUID()
  await transaction.user.create({ data: { id, email, name: 'Administrator', emailVerified: true, role: 'ADMINISTRATOR' } })
  await transaction.account.create({ data: await credentialOf(id, password) })
}

const credentialOf = async (userId: string, password: string) => ({
  id: randomUUID(),
  accountId: userId,
  providerId: 'credential',
  userId,
  password: await hashPassword(password),
})

/** @returns the token, where it was generated */
const ensureToken = async (transaction: TransactionClient, given: string | undefined, first: boolean): Promise<string | undefined> => {
  if (given === undefined && !first) return undefined
  const token = given ?? newToken()
  const tokenHash = hashToken(token)
  const preset = { name: 'first administrator', role: 'ADMINISTRATOR' as const, revokedAt: null, expiresAt: null }
  // Another ADMIN_TOKEN takes the place of the former one.
  await transaction.apiToken.updateMany({
    where: { createdBy: presetBy, tokenHash: { not: tokenHash }, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  await transaction.apiToken.upsert({ where: { tokenHash }, create: { ...preset, tokenHash, createdBy: presetBy }, update: preset })
  return given === undefined ? token : undefined
}
