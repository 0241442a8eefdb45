/** Makes sure at start that somebody can get in: by the settings, else with a generated login that is printed once. */

import { randomUUID } from 'node:crypto'
import { thePlatformItself } from '@aiia/core/audit/audit'
import type { Logger } from '@aiia/kit/logger'
import type { PrismaClient, TransactionClient } from '@aiia/prisma/client'
import { note } from '@aiia/store/audit'
import { hashPassword } from 'better-auth/crypto'
import { hashToken, newToken, prefixOf } from './api-tokens.ts'
import { lockPeople } from './one-at-a-time.ts'
import { generatePassword, isPassword, setPassword, withPassword } from './passwords.ts'

export type FirstAdministrator = { email: string; password: string | undefined; token: string | undefined }

/** Marks the token that comes from ADMIN_TOKEN. */
const presetBy = 'ADMIN_TOKEN'

export const ensureAdministrator = async (
  { prisma, log }: { prisma: PrismaClient; log: Logger },
  given: FirstAdministrator,
): Promise<void> => {
  const generated = await prisma.$transaction(
    async (transaction) => {
      // API processes that start together do this one after the other.
      await lockPeople(transaction)
      const first = (await transaction.user.count()) === 0
      const password = await ensureUser(transaction, given, first)
      const token = await ensureToken({ transaction, log }, given.token, first)
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
  const user = await transaction.user.findUnique({ where: { email } })
  if (user === null) {
    if (password === undefined && !first) return undefined
    const chosen = password ?? generatePassword()
    const { id } = await transaction.user.create({
      data: {
        id: randomUUID(),
        email,
        name: 'Administrator',
        emailVerified: true,
        role: 'ADMINISTRATOR',
        presetPassword: await presetOf(password),
        // Whoever reads the log has seen it.
        passwordGenerated: password === undefined,
      },
    })
    await setPassword(transaction, id, chosen)
    await note(transaction, thePlatformItself, {
      action: 'PERSON_CREATED',
      subject: { kind: 'PERSON', id, name: email },
      details: { role: 'ADMINISTRATOR' },
    })
    return password === undefined ? chosen : undefined
  }
  // Taken over already: what the person has chosen since, and what other administrators have made of them, stays.
  if (password === undefined || (await isPassword(user.presetPassword, password))) return undefined
  const account = await transaction.account.findFirst({ where: withPassword(user.id) })
  if (!(await isPassword(account?.password, password))) {
    await setPassword(transaction, user.id, password)
    await transaction.session.deleteMany({ where: { userId: user.id } })
    await note(transaction, thePlatformItself, { action: 'PASSWORD_RESET', subject: { kind: 'PERSON', id: user.id, name: email } })
  }
  await transaction.user.update({
    where: { id: user.id },
    data: { role: 'ADMINISTRATOR', deactivatedAt: null, passwordGenerated: false, presetPassword: await presetOf(password) },
  })
  return undefined
}

const presetOf = async (password: string | undefined): Promise<string | null> => (password === undefined ? null : hashPassword(password))

/** @returns the token, where it was generated */
const ensureToken = async (
  { transaction, log }: { transaction: TransactionClient; log: Logger },
  given: string | undefined,
  first: boolean,
): Promise<string | undefined> => {
  if (given === undefined && !first) return undefined
  const token = given ?? newToken()
  const tokenHash = hashToken(token)
  const preset = { name: 'first administrator', role: 'ADMINISTRATOR' as const, revokedAt: null, expiresAt: null }
  const known = await transaction.apiToken.findUnique({ where: { tokenHash } })
  if (known !== null && known.revokedBy !== null) {
    log.warn(`ADMIN_TOKEN was revoked by ${known.revokedBy} and stays so. Set another one.`)
    return undefined
  }
  // Another ADMIN_TOKEN takes the place of the former one.
  await transaction.apiToken.updateMany({
    where: { createdBy: presetBy, tokenHash: { not: tokenHash }, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  const { id, name, role } = await transaction.apiToken.upsert({
    where: { tokenHash },
    create: { ...preset, tokenHash, createdBy: presetBy, prefix: given === undefined ? prefixOf(token) : null },
    update: preset,
  })
  if (known === null)
    await note(transaction, thePlatformItself, { action: 'TOKEN_CREATED', subject: { kind: 'TOKEN', id, name }, details: { role } })
  return given === undefined ? token : undefined
}
