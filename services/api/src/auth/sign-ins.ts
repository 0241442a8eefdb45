/** Sign-ins are noted: those that succeed with the person, those that fail with the address they came from. */

import type { Actor, Subject } from '@aiia/core/audit/audit'
import type { PrismaClient } from '@aiia/prisma/client'
import { note } from '@aiia/store/audit'

export type SignIn = { /** As it was entered. */ email: string /** Of the client. */; address: string }

type StoreContext = { prisma: PrismaClient }

/** Before the person gets the session: without an entry there is no sign-in. */
export const noteSignIn = async ({ prisma }: StoreContext, { email, address }: SignIn): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    const { id, email: name } = await transaction.user.update({
      where: { email: email.toLowerCase() },
      data: { lastSignedInAt: new Date() },
    })
    const actor: Actor = { kind: 'PERSON', id, name, address }
    await note(transaction, actor, { action: 'SIGNED_IN', subject: { kind: 'PERSON', id, name } })
  })

export const noteFailedSignIn = async ({ prisma }: StoreContext, { email, address }: SignIn): Promise<void> =>
  prisma.$transaction(async (transaction) => {
    const person = await transaction.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true, email: true } })
    // What is no address of anybody may be a password that was typed into the wrong field.
    const subject: Subject = { kind: 'PERSON', id: person?.id ?? null, name: person?.email ?? 'an unknown address' }
    await note(transaction, { kind: 'NOBODY', name: 'nobody', id: null, address }, { action: 'SIGN_IN_FAILED', subject })
  })
