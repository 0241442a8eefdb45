/** People come, change and go. Each change is one transaction, one at a time, so that an administrator always stays. */

import { randomUUID } from 'node:crypto'
import type { Actor, Subject } from '@aiia/core/audit/audit'
import type { Prisma, PrismaClient, TransactionClient } from '@aiia/prisma/client'
import { note } from '@aiia/store/audit'
import type { StoreContext } from '@aiia/store/context'
import { badInput, conflict, notFound } from '../errors.ts'
import { revokeTokens } from './api-tokens.ts'
import { lockPeople } from './one-at-a-time.ts'
import { generatePassword, isPassword, removePassword, setPassword, withPassword } from './passwords.ts'
import { actorOf, mayActAs, type Role, roles, type Viewer } from './viewer.ts'

export type Person = Prisma.UserGetPayload<object>

/** A person with the password that was generated for them: told once, kept as a hash. */
export type WithPassword = { person: Person; password: string }

/** @throws BAD_USER_INPUT where the address is somebody's */
export const createPerson = ({ prisma, actor }: StoreContext, input: { name: string; email: string; role: Role }): Promise<WithPassword> =>
  changingPeople(prisma, async (transaction) => {
    if ((await transaction.user.count({ where: { email: input.email } })) > 0)
      throw badInput({ email: 'Somebody has this address already. Addresses are those of one person.' })
    const person = await transaction.user.create({ data: { id: randomUUID(), emailVerified: true, ...input } })
    await note(transaction, actor, { action: 'PERSON_CREATED', subject: subjectOf(person), details: { role: input.role } })
    return givePassword(transaction, person)
  })

export type PersonChange = { name?: string; role?: Role }

/** Tokens of theirs that could do more than they themselves may from now on end with it. */
export const changePerson = (
  { prisma, actor }: StoreContext,
  viewer: Viewer,
  { id, ...change }: PersonChange & { id: string },
): Promise<Person> =>
  changingPeople(prisma, async (transaction) => {
    const before = await personToChange(transaction, id)
    const { role = before.role } = change
    if (role !== before.role) {
      refuseSelf(viewer, id, 'change your own role')
      if (role !== 'ADMINISTRATOR') await refuseLastAdministrator(transaction, before)
      const tooMuch = roles.filter((other) => !mayActAs({ ...viewer, role }, other))
      await revokeTokens(transaction, actor, { where: { personId: id, role: { in: tooMuch } }, by: actorOf(viewer) })
    }
    const after = await transaction.user.update({ where: { id }, data: change })
    const details = {
      ...(role !== before.role && { role: [before.role, role] }),
      ...(after.name !== before.name && { name: [before.name, after.name] }),
    }
    await note(transaction, actor, { action: 'PERSON_UPDATED', subject: subjectOf(before), details })
    return after
  })

/** They are signed out, cannot sign in, and their tokens end; what they did keeps their name. */
export const deactivatePerson = ({ prisma, actor }: StoreContext, viewer: Viewer, { id }: { id: string }): Promise<Person> =>
  changingPeople(prisma, async (transaction) => {
    const person = await takeAccess({ transaction, actor, viewer }, id, 'deactivate yourself')
    await note(transaction, actor, { action: 'PERSON_DEACTIVATED', subject: subjectOf(person) })
    return transaction.user.update({ where: { id }, data: { deactivatedAt: new Date() } })
  })

/** With a new password, since the former is gone. */
export const reactivatePerson = ({ prisma, actor }: StoreContext, { id }: { id: string }): Promise<WithPassword> =>
  changingPeople(prisma, async (transaction) => {
    const before = await personToChange(transaction, id)
    if (before.deactivatedAt === null) throw conflict(`${before.name} is active already.`)
    await note(transaction, actor, { action: 'PERSON_REACTIVATED', subject: subjectOf(before) })
    return givePassword(transaction, await transaction.user.update({ where: { id }, data: { deactivatedAt: null } }))
  })

/** What they did keeps their address; everything else about them goes. */
export const removePerson = ({ prisma, actor }: StoreContext, viewer: Viewer, { id }: { id: string }): Promise<Person> =>
  changingPeople(prisma, async (transaction) => {
    const person = await takeAccess({ transaction, actor, viewer }, id, 'remove yourself')
    await note(transaction, actor, { action: 'PERSON_REMOVED', subject: subjectOf(person) })
    return transaction.user.delete({ where: { id } })
  })

/** They are signed out everywhere. */
export const resetPassword = ({ prisma, actor }: StoreContext, { id }: { id: string }): Promise<WithPassword> =>
  changingPeople(prisma, async (transaction) => {
    const person = await personToChange(transaction, id)
    if (person.deactivatedAt !== null) throw conflict(`${person.name} is deactivated. Reactivate them: that makes a new password too.`)
    await note(transaction, actor, { action: 'PASSWORD_RESET', subject: subjectOf(person) })
    return givePassword(transaction, person)
  })

/**
 * A person's own. Their other sessions end.
 *
 * @throws BAD_USER_INPUT where `current` is not their password
 */
export const changePassword = (
  { prisma, actor }: StoreContext,
  { id, sessionId, current, next }: { id: string; sessionId: string; current: string; next: string },
): Promise<void> =>
  changingPeople(prisma, async (transaction) => {
    const account = await transaction.account.findFirst({ where: withPassword(id) })
    if (!(await isPassword(account?.password, current))) throw badInput({ currentPassword: 'This is not your password.' })
    await setPassword(transaction, id, next)
    const person = await transaction.user.update({ where: { id }, data: { passwordGenerated: false } })
    await note(transaction, actor, { action: 'PASSWORD_CHANGED', subject: subjectOf(person) })
    await transaction.session.deleteMany({ where: { userId: id, id: { not: sessionId } } })
  })

const changingPeople = <T>(prisma: PrismaClient, change: (transaction: TransactionClient) => Promise<T>): Promise<T> =>
  prisma.$transaction(async (transaction) => {
    await lockPeople(transaction)
    return change(transaction)
  })

const personToChange = async (transaction: TransactionClient, id: string): Promise<Person> => {
  const person = await transaction.user.findUnique({ where: { id } })
  if (person === null) throw notFound('There is no such person.')
  return person
}

const givePassword = async (transaction: TransactionClient, { id }: Person): Promise<WithPassword> => {
  const password = generatePassword()
  await setPassword(transaction, id, password)
  await transaction.session.deleteMany({ where: { userId: id } })
  return { password, person: await transaction.user.update({ where: { id }, data: { passwordGenerated: true } }) }
}

type Acting = { transaction: TransactionClient; actor: Actor | undefined; viewer: Viewer }

const takeAccess = async ({ transaction, actor, viewer }: Acting, id: string, what: string): Promise<Person> => {
  const person = await personToChange(transaction, id)
  refuseSelf(viewer, id, what)
  await refuseLastAdministrator(transaction, person)
  await removePassword(transaction, id)
  await transaction.session.deleteMany({ where: { userId: id } })
  await revokeTokens(transaction, actor, { where: { personId: id }, by: actorOf(viewer) })
  return person
}

/** Most lock-outs are of oneself. */
const refuseSelf = ({ personId }: Viewer, id: string, what: string): void => {
  if (personId === id) throw conflict(`You cannot ${what}. Another administrator can.`)
}

/** The database refuses it as well, in words for nobody. */
const refuseLastAdministrator = async (transaction: TransactionClient, { id, name, role, deactivatedAt }: Person): Promise<void> => {
  if (role !== 'ADMINISTRATOR' || deactivatedAt !== null) return
  const others = await transaction.user.count({ where: { role: 'ADMINISTRATOR', deactivatedAt: null, id: { not: id } } })
  if (others === 0) throw conflict(`${name} is the last administrator. Make somebody else one first.`)
}

const subjectOf = ({ id, email }: Person): Subject => ({ kind: 'PERSON', id, name: email })
