/** API tokens: listed, made and revoked. */

import { issueToken, revokeToken } from '../auth/api-tokens.ts'
import { actorOf } from '../auth/viewer.ts'
import { notFound } from '../errors.ts'
import { parseToken } from '../input/api-token.ts'
import { builder } from './builder.ts'
import { Role } from './enums.ts'
import { parseId, toGlobalId } from './ids.ts'

const ApiTokenState = builder.enumType('ApiTokenState', {
  description: 'Whether a token opens anything.',
  values: {
    ACTIVE: { value: 'ACTIVE', description: 'It does.' },
    EXPIRED: { value: 'EXPIRED', description: 'Its time is over.' },
    REVOKED: { value: 'REVOKED', description: 'Somebody ended it, or it went with the person whose it was.' },
  } as const,
})

const ApiToken = builder.prismaObject('ApiToken', {
  description: 'A token of an automation client. Its text is shown once, when it is made.',
  fields: (t) => ({
    id: t.id({ description: 'Globally unique and opaque.', resolve: ({ id }) => toGlobalId('ApiToken', id) }),
    name: t.exposeString('name', { description: 'What uses it.' }),
    prefix: t.exposeString('prefix', {
      nullable: true,
      description: 'Its first characters, to tell it from others; null where a person chose the token (ADMIN_TOKEN).',
    }),
    role: t.expose('role', { type: Role, description: 'What it may do.' }),
    state: t.field({
      type: ApiTokenState,
      description: 'Whether it opens anything.',
      resolve: ({ revokedAt, expiresAt }) => {
        if (revokedAt !== null) return 'REVOKED'
        return expiresAt !== null && expiresAt <= new Date() ? 'EXPIRED' : 'ACTIVE'
      },
    }),
    createdBy: t.exposeString('createdBy', { description: 'Who made it: a person, another token, or ADMIN_TOKEN of the settings.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When its time is over; null: never.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was used last, to the minute; null: never.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
    revokedBy: t.exposeString('revokedBy', { nullable: true, description: 'Who revoked it.' }),
  }),
})

builder.queryField('apiTokens', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).prismaField({
    type: ['ApiToken'],
    description: 'The API tokens, newest first, with those that have ended.',
    resolve: (query, _root, _args, { prisma }) => prisma.apiToken.findMany({ ...query, orderBy: { createdAt: 'desc' } }),
  }),
)

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'A new API token.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What will use it; 100 characters at most.' }),
    role: t.field({ type: Role, required: true, description: 'What it may do; no more than who makes it.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When its time is over; omitted: never.' }),
  }),
})

const CreatedApiToken = builder.objectRef<{ id: string; token: string }>('CreatedApiToken').implement({
  description: 'An API token at the one moment when its text can be read.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'Its text, to send as `Authorization: Bearer …`. It is kept as a hash and never told again.',
    }),
    apiToken: t.prismaField({
      type: ApiToken,
      description: 'What is kept of it.',
      resolve: (query, { id }, _args, { prisma }) => prisma.apiToken.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
})

builder.mutationField('createApiToken', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: CreatedApiToken,
    description: 'Makes an API token. It ends with the person who makes it, or whose token does.',
    args: { input: t.arg({ type: CreateApiTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, { prisma, viewer, actor }) =>
      issueToken({ prisma, actor }, { ...parseToken(input, viewer, new Date()), createdBy: actorOf(viewer), personId: viewer.personId }),
  }),
)

builder.mutationField('revokeApiToken', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: ApiToken,
    description: 'Ends an API token at once and for good; its subscriptions end within seconds.',
    args: { id: t.arg.id({ required: true, description: 'The token.' }) },
    resolve: async (_root, args, { prisma, viewer, actor }) => {
      const revoked = await revokeToken({ prisma, actor }, { id: parseId('ApiToken', args.id), by: actorOf(viewer) })
      if (revoked === null) throw notFound('There is no such API token.')
      return revoked
    },
  }),
)
