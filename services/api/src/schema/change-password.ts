/** A person's own password. */

import { changePassword } from '../auth/person-accounts.ts'
import { createSignInLimit } from '../auth/sign-in-limit.ts'
import { conflict, rateLimited } from '../errors.ts'
import { parse } from '../input/parse.ts'
import { passwordChangeSchema } from '../input/person.ts'
import { builder } from './builder.ts'
import { Viewer } from './viewer.ts'

builder.mutationField('changePassword', (t) =>
  t.withAuth({ role: 'VIEWER' }).field({
    type: Viewer,
    skipTypeScopes: true,
    description: 'Changes one’s own password; other sessions of the same person end. Needs no role, and a person: a token has no password.',
    args: {
      currentPassword: t.arg.string({ required: true, description: 'The one that holds now.' }),
      newPassword: t.arg.string({ required: true, description: 'From 8 to 128 characters.' }),
    },
    resolve: async (_root, args, { prisma, viewer, actor }) => {
      const { currentPassword: current, newPassword: next } = parse(passwordChangeSchema, args)
      const { kind, personId: id, accessId: sessionId } = viewer
      if (kind !== 'person' || id === null) throw conflict('An API token has no password. Sign in to change yours.')
      const limit = createSignInLimit({ prisma })
      // Whoever finds a console open shall not find out its owner's password.
      const wait = await limit.attempt(`password of ${id}`)
      if (wait !== null) throw rateLimited(`Too many wrong passwords. Try again in ${wait} seconds.`)
      await changePassword({ prisma, actor }, { id, sessionId, current, next })
      await limit.succeeded(`password of ${id}`)
      return { ...viewer, passwordGenerated: false }
    },
  }),
)
