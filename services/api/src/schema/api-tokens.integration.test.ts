import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const create = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { token apiToken { id name prefix role state createdBy expiresAt lastUsedAt revokedAt } } }`
const revoke = 'mutation ($id: ID!) { revokeApiToken(id: $id) { state revokedBy revokedAt } }'
const list = '{ apiTokens { id name prefix state lastUsedAt } }'

type Created = { createApiToken: { token: string; apiToken: { id: string; prefix: string } } }

const createToken = async (input: object): Promise<Created['createApiToken']> => (await api.get<Created>(create, { input })).createApiToken

const as = (token: string) => ({ authorization: `Bearer ${token}` })

test('a token is told once, works by its role, and is listed by its prefix', async () => {
  const { token, apiToken } = await createToken({ name: 'nightly export', role: 'VIEWER' })
  expect(apiToken).toMatchObject({
    name: 'nightly export',
    role: 'VIEWER',
    state: 'ACTIVE',
    createdBy: 'first administrator',
    expiresAt: null,
    lastUsedAt: null,
  })
  expect(token.startsWith(apiToken.prefix)).toBe(true)
  expect(await api.ask('{ viewer { name role } }', {}, as(token))).toEqual({ data: { viewer: { name: 'nightly export', role: 'VIEWER' } } })
  const { apiTokens } = await api.get<{ apiTokens: { name: string; lastUsedAt: string | null }[] }>(list)
  expect(apiTokens[0]).toMatchObject({ name: 'nightly export', state: 'ACTIVE', lastUsedAt: expect.any(String) })
  expect(JSON.stringify([apiTokens, await api.prisma.apiToken.findMany()])).not.toContain(token)
  // One that a person chose may be short: no part of it is shown.
  expect(apiTokens.find(({ name }) => name === 'first administrator')).toMatchObject({ prefix: null })
})

test('a revoked token opens nothing from then on; who revoked it first stays the one who did', async () => {
  const { token, apiToken } = await createToken({ name: 'short life', role: 'OPERATOR' })
  const cookie = await api.signIn()
  const first = await api.ask(revoke, { id: apiToken.id }, { cookie, origin: api.url })
  expect(first.data).toMatchObject({ revokeApiToken: { state: 'REVOKED', revokedBy: 'admin@example.com' } })
  expect(await api.ask(revoke, { id: apiToken.id })).toEqual(first)
  expect((await api.ask('{ system { version } }', {}, as(token))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})

test('an expired token opens nothing', async () => {
  const { token, apiToken } = await createToken({ name: 'brief', role: 'VIEWER', expiresAt: new Date(Date.now() + 60_000).toISOString() })
  expect((await api.ask('{ viewer { name } }', {}, as(token))).data).toEqual({ viewer: { name: 'brief' } })
  await api.prisma.apiToken.updateMany({ where: { name: 'brief' }, data: { expiresAt: new Date(Date.now() - 1) } })
  expect((await api.ask('{ viewer { name } }', {}, as(token))).data).toEqual({ viewer: null })
  const { apiTokens } = await api.get<{ apiTokens: { id: string }[] }>(list)
  expect(apiTokens.find(({ id }) => id === apiToken.id)).toMatchObject({ state: 'EXPIRED' })
})

test('only administrators see, make and revoke them', async () => {
  const { token } = await createToken({ name: 'operator', role: 'OPERATOR' })
  for (const [query, variables] of [
    [list, {}],
    [create, { input: { name: 'x', role: 'VIEWER' } }],
    [revoke, { id: 'x' }],
  ] as const) {
    expect((await api.ask(query, variables, as(token))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

test('what is asked wrongly is told', async () => {
  const refused = await api.ask(create, { input: { name: '', role: 'VIEWER', expiresAt: '2020-01-01T00:00:00Z' } })
  expect(refused.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: { name: expect.any(String), expiresAt: expect.any(String) },
  })
  expect((await api.ask(revoke, { id: 'x' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  expect((await api.ask(revoke, { id: '00000000-0000-0000-0000-000000000000' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
})
