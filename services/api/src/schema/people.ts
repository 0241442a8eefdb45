/** People: listed, made, changed, and taken away. */

import type { Prisma } from '@aiia/prisma/client'
import {
  changePerson,
  createPerson,
  deactivatePerson,
  reactivatePerson,
  removePerson,
  resetPassword,
  type WithPassword,
} from '../auth/person-accounts.ts'
import { parse } from '../input/parse.ts'
import { newPersonSchema, personChangeSchema } from '../input/person.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { parseId, toGlobalId } from './ids.ts'

const Person = builder.prismaObject('User', {
  name: 'Person',
  description: 'Somebody who can sign in to the console.',
  fields: (t) => ({
    id: t.id({ description: 'Globally unique and opaque.', resolve: ({ id }) => toGlobalId('Person', id) }),
    name: t.exposeString('name', { description: 'How the console calls them.' }),
    email: t.exposeString('email', { description: 'What they sign in with; runs name them by it.' }),
    role: t.expose('role', { type: Role, description: 'What they may do.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when they are known.' }),
    lastSignedInAt: t.expose('lastSignedInAt', { type: 'DateTime', nullable: true, description: 'When they signed in last; null: never.' }),
    deactivatedAt: t.expose('deactivatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when they cannot sign in; null while they can.',
    }),
    passwordGenerated: t.exposeBoolean('passwordGenerated', {
      description: 'Whether their password was generated for them, and not changed since: whoever made it has seen it.',
    }),
    activeTokens: t.int({
      description: 'API tokens that end with them.',
      select: (_args, _context, _nested) => ({ apiTokens: { where: stillActive(), select: { id: true } } }),
      resolve: ({ apiTokens }) => apiTokens.length,
    }),
    isViewer: t.boolean({ description: 'Whether it is who asks.', resolve: ({ id }, _args, { viewer }) => viewer?.personId === id }),
  }),
})

const stillActive = (): Prisma.ApiTokenWhereInput => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] })

const PersonWithPassword = builder.objectRef<WithPassword>('PersonWithPassword').implement({
  description: 'A person at the one moment when the password that was generated for them can be read.',
  fields: (t) => ({
    person: t.prismaField({
      type: Person,
      description: 'The person.',
      resolve: (query, { person: { id } }, _args, { prisma }) => prisma.user.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    password: t.exposeString('password', { description: 'Their password. It is kept as a hash and never told again.' }),
  }),
})

builder.queryField('people', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: [Person],
    description: 'Everybody who can sign in or could, by name.',
    resolve: (query, _root, _args, { prisma }) => prisma.user.findMany({ ...query, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  }),
)

const CreatePersonInput = builder.inputType('CreatePersonInput', {
  description: 'A new person.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'How the console calls them; 100 characters at most.' }),
    email: t.string({ required: true, description: 'What they sign in with, whatever its case.' }),
    role: t.field({ type: Role, required: true, description: 'What they may do.' }),
  }),
})

const UpdatePersonInput = builder.inputType('UpdatePersonInput', {
  description: 'What changes; what is omitted stays.',
  fields: (t) => ({
    name: t.string({ description: 'How the console calls them.' }),
    role: t.field({ type: Role, description: 'What they may do. Tokens of theirs that could do more are revoked.' }),
  }),
})

const idArgument = { required: true, description: 'The person.' } as const

builder.mutationFields((t) => ({
  createPerson: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: PersonWithPassword,
    description: 'Lets somebody sign in, with a password that is generated and told this once.',
    args: { input: t.arg({ type: CreatePersonInput, required: true, description: 'The person.' }) },
    resolve: (_root, { input }, { prisma, actor }) => createPerson({ prisma, actor }, parse(newPersonSchema, input)),
  }),
  updatePerson: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: Person,
    description: 'Changes a person’s name or role. CONFLICT for one’s own role, and for the last administrator’s.',
    args: {
      id: t.arg.id(idArgument),
      input: t.arg({ type: UpdatePersonInput, required: true, description: 'What changes.' }),
    },
    resolve: (_root, { id, input }, { prisma, viewer, actor }) => {
      const { name, role } = parse(personChangeSchema, input)
      return changePerson({ prisma, actor }, viewer, { id: parseId('Person', id), ...(name && { name }), ...(role && { role }) })
    },
  }),
  deactivatePerson: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: Person,
    description:
      'Signs somebody out, for good until reactivated, and revokes their tokens. CONFLICT for oneself and the last administrator.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, { prisma, viewer, actor }) => deactivatePerson({ prisma, actor }, viewer, { id: parseId('Person', id) }),
  }),
  reactivatePerson: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: PersonWithPassword,
    description: 'Lets somebody who was deactivated sign in again, with a new generated password. Their tokens stay revoked.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, { prisma, actor }) => reactivatePerson({ prisma, actor }, { id: parseId('Person', id) }),
  }),
  removePerson: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: 'ID',
    description:
      'Takes somebody away and revokes their tokens; what they did keeps their address. CONFLICT for oneself and the last administrator.',
    args: { id: t.arg.id(idArgument) },
    resolve: async (_root, { id }, { prisma, viewer, actor }) =>
      toGlobalId('Person', (await removePerson({ prisma, actor }, viewer, { id: parseId('Person', id) })).id),
  }),
  resetPassword: t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: PersonWithPassword,
    description: 'Gives somebody a new generated password and signs them out everywhere.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, { prisma, actor }) => resetPassword({ prisma, actor }, { id: parseId('Person', id) }),
  }),
}))
