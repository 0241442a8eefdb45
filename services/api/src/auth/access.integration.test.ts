import { createPrisma, type PrismaClient } from '@aiia/prisma/client'
import { platformDatabase } from '@aiia/testkit/platform-database'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordLog } from '../testing/recorded-log.ts'
import { signIn, startTestApi, type TestApi } from '../testing/test-api.ts'
import { identifyToken, issueToken, revokeToken } from './api-tokens.ts'
import { ensureAdministrator } from './first-administrator.ts'
import { isPassword, setPassword } from './passwords.ts'
import { createSignInLimit } from './sign-in-limit.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('people', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi(postgres)
  })
  afterAll(() => api.stop())

  test('sign in, ask with the cookie, sign out', async () => {
    const response = await signIn(api.url, api.settings.ADMIN_EMAIL.toUpperCase(), api.settings.ADMIN_PASSWORD ?? '')
    expect(response.status).toBe(200)
    const [set = ''] = response.headers.getSetCookie()
    expect(set).toMatch(/; HttpOnly/i)
    expect(set).toMatch(/; SameSite=Lax/i)
    const cookie = set.split(';')[0] ?? ''
    const viewer = { name: 'Administrator', email: 'admin@example.com', role: 'ADMINISTRATOR' }
    expect(await api.ask('{ viewer { name email role } }', {}, { cookie })).toEqual({ data: { viewer } })
    const out = await fetch(`${api.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: api.url, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(out.status).toBe(200)
    expect(await api.ask('{ viewer { name } }', {}, { cookie })).toEqual({ data: { viewer: null } })
  })

  test('a wrong password and an unknown person are refused alike', async () => {
    const [wrong, unknown] = await Promise.all([
      signIn(api.url, api.settings.ADMIN_EMAIL, 'wrong password'),
      signIn(api.url, 'nobody@example.com', 'wrong password'),
    ])
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
  })

  test('nobody signs up, and nothing else of the library is reachable', async () => {
    const post = (path: string, body: object) =>
      fetch(`${api.url}/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect((await post('/sign-up/email', { email: 'x@example.com', password: 'password123', name: 'x' })).status).toBe(404)
    expect((await post('/update-user', { role: 'ADMINISTRATOR' })).status).toBe(404)
    expect((await post('/sign-in/social', {})).status).toBe(404)
    expect(await api.prisma.user.count()).toBe(1)
  })

  test('another site cannot use the cookie', async () => {
    const cookie = await api.signIn()
    const evil = { cookie, origin: 'https://evil.example' }
    const post = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...evil },
      body: '{"query":"{ viewer { name } }"}',
    })
    expect(post.status).toBe(403)
    expect(await post.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    // What a form or an image can send without a preflight.
    const form = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', cookie },
      body: '{"query":"{ viewer { name } }"}',
    })
    expect(form.status).toBe(403)
    expect((await fetch(`${api.url}/graphql?query={viewer{name}}`, { headers: { cookie } })).status).toBe(403)
    expect((await signIn(api.url, api.settings.ADMIN_EMAIL, 'x', { origin: 'https://evil.example' })).status).toBe(403)
    await expect(api.subscribe('subscription { jobRunUpdated { id } }', {}, evil).next()).rejects.toMatchObject({
      message: expect.stringContaining('403'),
    })
  })

  test('a large sign-in is not read', async () => {
    expect((await signIn(api.url, 'a@example.com', 'x'.repeat(20_000))).status).toBe(413)
  })

  test('too many failures of one address have to wait; good sign-ins do not count', async () => {
    await api.prisma.rateLimit.deleteMany()
    for (let i = 0; i < 15; i += 1)
      expect((await signIn(api.url, api.settings.ADMIN_EMAIL, api.settings.ADMIN_PASSWORD ?? '')).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn(api.url, api.settings.ADMIN_EMAIL, 'wrong password')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(4)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn(api.url, api.settings.ADMIN_EMAIL, api.settings.ADMIN_PASSWORD ?? '')).status).toBe(429)
    await api.prisma.rateLimit.deleteMany()
  })
})

describe('without an API', () => {
  let prisma: PrismaClient
  beforeAll(async () => {
    prisma = createPrisma(await platformDatabase(postgres), 4)
  })
  afterAll(() => prisma.$disconnect())

  test('the limit is over after its window, by address; IPv6 by network', async () => {
    let now = 1_000_000
    const limit = createSignInLimit({ prisma }, () => now)
    for (let i = 0; i < 10; i += 1) expect(await limit.attempt('2001:db8:1:2::1')).toBeNull()
    expect(await limit.attempt('2001:db8:1:2:ffff::9')).toBe(60)
    expect(await limit.attempt('2001:db8:1:3::1')).toBeNull()
    now += 45_000
    expect(await limit.attempt('2001:db8:1:2::1')).toBe(15)
    now += 15_000
    expect(await limit.attempt('2001:db8:1:2::1')).toBeNull()
    expect(await limit.attempt('::ffff:127.0.0.1')).toBeNull()
    expect(await prisma.rateLimit.findUnique({ where: { key: 'sign-in:127.0.0.1' } })).toMatchObject({ count: 1 })
  })

  test('a token opens until it expires or is revoked, and is kept as a hash only', async () => {
    const { id, token } = await issueToken({ prisma }, { name: 'ci', role: 'OPERATOR', createdBy: 'admin@example.com' })
    expect(await identifyToken({ prisma }, token)).toEqual({
      kind: 'token',
      accessId: id,
      personId: null,
      name: 'ci',
      email: null,
      role: 'OPERATOR',
    })
    const stored = await prisma.apiToken.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(stored)).not.toContain(token)
    expect(await identifyToken({ prisma }, `${token}x`)).toBeNull()
    await revokeToken({ prisma }, { id, by: 'admin@example.com' })
    expect(await identifyToken({ prisma }, token)).toBeNull()
    const expired = await issueToken({ prisma }, { name: 'old', role: 'VIEWER', createdBy: 'x', expiresAt: new Date(Date.now() - 1) })
    expect(await identifyToken({ prisma }, expired.token)).toBeNull()
  })

  test('the last use is written at most once a minute', async () => {
    const { id, token } = await issueToken({ prisma }, { name: 'busy', role: 'VIEWER', createdBy: 'x' })
    const lastUse = async () => {
      await identifyToken({ prisma }, token)
      return (await prisma.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt
    }
    const first = await lastUse()
    expect(await lastUse()).toEqual(first)
    const longAgo = new Date(Date.now() - 61_000)
    await prisma.apiToken.update({ where: { id }, data: { lastUsedAt: longAgo } })
    expect((await lastUse())?.getTime()).toBeGreaterThan(longAgo.getTime())
  })
})

describe('the first administrator', () => {
  const given = { email: 'first@example.com', password: undefined, token: undefined }
  let prisma: PrismaClient
  beforeAll(async () => {
    prisma = createPrisma(await platformDatabase(postgres), 8)
  })
  afterAll(() => prisma.$disconnect())

  test('is made once, however many processes start together, and printed once', async () => {
    const logs = Array.from({ length: 4 }, recordLog)
    await Promise.all(logs.map(({ log }) => ensureAdministrator({ prisma, log }, given)))
    expect(await prisma.user.findMany()).toMatchObject([{ email: given.email, role: 'ADMINISTRATOR', passwordGenerated: true }])
    const printed = logs.map(({ text }) => text()).join('\n')
    expect(printed.match(/sign in as first@example.com with the password \S+/g)).toHaveLength(1)
    const [, token = ''] = /role ADMINISTRATOR: (\S+)/.exec(printed) ?? []
    expect(await identifyToken({ prisma }, token)).toMatchObject({ role: 'ADMINISTRATOR' })
    const { log, text } = recordLog()
    await ensureAdministrator({ prisma, log }, given)
    expect(text()).toBe('')
  })

  test('a given password is set anew where it no longer matches, and ends the sessions', async () => {
    const { log } = recordLog()
    const passwordHash = async () => (await prisma.account.findFirstOrThrow()).password
    const generated = await passwordHash()
    await ensureAdministrator({ prisma, log }, { ...given, password: 'a new password' })
    const set = await passwordHash()
    expect(set).not.toBe(generated)
    expect(await prisma.user.findMany()).toMatchObject([{ passwordGenerated: false }])
    await ensureAdministrator({ prisma, log }, { ...given, password: 'a new password' })
    expect(await passwordHash()).toBe(set)
  })

  test('what the person or another administrator has changed since a given password was set stays', async () => {
    const { log } = recordLog()
    const other = { id: 'other', email: 'other@example.com', name: 'Other', role: 'ADMINISTRATOR' as const }
    await prisma.user.create({ data: other })
    const { id } = await prisma.user.update({ where: { email: given.email }, data: { role: 'VIEWER' } })
    await setPassword(prisma, id, 'an own password')
    await ensureAdministrator({ prisma, log }, { ...given, password: 'a new password' })
    const account = await prisma.account.findFirstOrThrow({ where: { userId: id } })
    expect(await isPassword(account.password, 'an own password')).toBe(true)
    expect(await prisma.user.findUnique({ where: { email: given.email } })).toMatchObject({ role: 'VIEWER' })
    await ensureAdministrator({ prisma, log }, { ...given, password: 'the way back in' })
    expect(await prisma.user.findUnique({ where: { email: given.email } })).toMatchObject({ role: 'ADMINISTRATOR' })
    await prisma.user.delete({ where: { id: other.id } })
  })

  test('another given token takes the place of the former', async () => {
    const { log } = recordLog()
    const tokens = ['the-first-preset-token-of-all', 'the-second-preset-token-of-all']
    for (const token of tokens) await ensureAdministrator({ prisma, log }, { ...given, token })
    expect(await Promise.all(tokens.map((token) => identifyToken({ prisma }, token)))).toEqual([
      null,
      expect.objectContaining({ role: 'ADMINISTRATOR' }),
    ])
  })

  test('a given token that somebody revoked stays revoked, and the log says so', async () => {
    const { log, text } = recordLog()
    const token = 'the-third-preset-token-of-all'
    await ensureAdministrator({ prisma, log }, { ...given, token })
    const { accessId } = (await identifyToken({ prisma }, token)) ?? { accessId: '' }
    await revokeToken({ prisma }, { id: accessId, by: 'ada@example.com' })
    await ensureAdministrator({ prisma, log }, { ...given, token })
    expect(await identifyToken({ prisma }, token)).toBeNull()
    expect(text()).toContain('ADMIN_TOKEN was revoked by ada@example.com and stays so')
  })
})
