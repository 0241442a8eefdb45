import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn, startTestApi, type TestApi } from '../testing/test-api.ts'

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

type Made = { person: { id: string }; password: string }

let made = 0
const createPerson = async (role: string): Promise<Made & { email: string }> => {
  made += 1
  const email = `person${made}@example.com`
  const { createPerson: person } = await api.get<{ createPerson: Made }>(
    'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } password } }',
    { input: { name: `Person ${made}`, email, role } },
  )
  return { ...person, email }
}

const enter = async (email: string, password: string): Promise<Record<string, string>> => {
  await api.prisma.rateLimit.deleteMany()
  const response = await signIn(api.url, email, password)
  expect(response.status, await response.clone().text()).toBe(200)
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  return { cookie, origin: api.url }
}

const mayEnter = async (email: string, password: string): Promise<boolean> => {
  await api.prisma.rateLimit.deleteMany()
  return (await signIn(api.url, email, password)).ok
}

const mutate = (name: string, id: string, selection: string, headers?: Record<string, string>) =>
  api.ask(`mutation ($id: ID!) { ${name}(id: $id) ${selection} }`, { id }, headers)

const setRole = (id: string, role: string, headers?: Record<string, string>) =>
  api.ask(
    'mutation ($id: ID!, $role: Role!) { updatePerson(id: $id, input: { role: $role }) { role activeTokens } }',
    { id, role },
    headers,
  )

const codeOf = ({ errors }: Awaited<ReturnType<TestApi['ask']>>) => errors?.[0]?.extensions.code

const viewer = async (headers: Record<string, string>) =>
  (await api.ask('{ viewer { email role passwordGenerated } }', {}, headers)).data?.['viewer']

test('a person signs in with the generated password, and changes it; other sessions end', async () => {
  const { email, password } = await createPerson('VIEWER')
  const [here, elsewhere] = [await enter(email, password), await enter(email, password)]
  expect(await viewer(here)).toEqual({ email, role: 'VIEWER', passwordGenerated: true })
  const change = (currentPassword: string, newPassword: string) =>
    api.ask(
      'mutation ($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) { passwordGenerated } }',
      { currentPassword, newPassword },
      here,
    )
  expect((await change('wrong password', 'a new password')).errors?.[0]?.extensions).toMatchObject({
    fields: { currentPassword: expect.any(String) },
  })
  expect((await change(password, 'short')).errors?.[0]?.extensions).toMatchObject({ fields: { newPassword: expect.any(String) } })
  expect(await change(password, 'a new password')).toEqual({ data: { changePassword: { passwordGenerated: false } } })
  expect(await viewer(here)).toEqual({ email, role: 'VIEWER', passwordGenerated: false })
  expect(await viewer(elsewhere)).toBeNull()
  expect([await mayEnter(email, password), await mayEnter(email, 'a new password')]).toEqual([false, true])
})

test('one’s own password cannot be guessed from a console that was left open', async () => {
  const { email, password } = await createPerson('VIEWER')
  const session = await enter(email, password)
  const guess = () =>
    api.ask('mutation { changePassword(currentPassword: "a guess", newPassword: "something else") { name } }', {}, session).then(codeOf)
  const answers = []
  for (let i = 0; i < 11; i += 1) answers.push(await guess())
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 'BAD_USER_INPUT'), 'RATE_LIMITED'])
})

test('a token has no password to change', async () => {
  expect(codeOf(await api.ask('mutation { changePassword(currentPassword: "a", newPassword: "bbbbbbbb") { name } }'))).toBe('CONFLICT')
})

test('who is deactivated is out at once, with their tokens; who is reactivated gets a new password', async () => {
  const { email, password, person } = await createPerson('ADMINISTRATOR')
  const session = await enter(email, password)
  const token = await api.ask('mutation { createApiToken(input: { name: "theirs", role: OPERATOR }) { token } }', {}, session)
  const { createApiToken } = token.data as { createApiToken: { token: string } }
  const withToken = { authorization: `Bearer ${createApiToken.token}` }
  expect(await viewer(withToken)).toMatchObject({ role: 'OPERATOR' })
  expect((await mutate('deactivatePerson', person.id, '{ deactivatedAt activeTokens }')).data).toMatchObject({
    deactivatePerson: { deactivatedAt: expect.any(String), activeTokens: 0 },
  })
  expect([await viewer(session), await viewer(withToken), await mayEnter(email, password)]).toEqual([null, null, false])
  expect(codeOf(await mutate('resetPassword', person.id, '{ password }'))).toBe('CONFLICT')
  const again = (await mutate('reactivatePerson', person.id, '{ password }')).data?.['reactivatePerson'] as Made
  expect([await mayEnter(email, password), await mayEnter(email, again.password)]).toEqual([false, true])
  expect(await viewer(withToken)).toBeNull()
})

test('a new password for somebody ends their sessions', async () => {
  const { email, password, person } = await createPerson('OPERATOR')
  const session = await enter(email, password)
  const reset = (await mutate('resetPassword', person.id, '{ password person { email } }')).data?.['resetPassword'] as Made
  expect(reset.person).toEqual({ email })
  expect([await viewer(session), await mayEnter(email, password), await mayEnter(email, reset.password)]).toEqual([null, false, true])
})

test('who is removed is gone, their tokens end, and the address is free again', async () => {
  const { email, password, person } = await createPerson('ADMINISTRATOR')
  const session = await enter(email, password)
  await api.ask('mutation { createApiToken(input: { name: "orphan", role: VIEWER }) { token } }', {}, session)
  expect((await mutate('removePerson', person.id, '')).data).toEqual({ removePerson: person.id })
  expect([await viewer(session), await mayEnter(email, password)]).toEqual([null, false])
  expect(await api.prisma.apiToken.findFirst({ where: { name: 'orphan' } })).toMatchObject({
    createdBy: email,
    personId: null,
    revokedBy: 'first administrator',
  })
  expect(codeOf(await mutate('removePerson', person.id, ''))).toBe('NOT_FOUND')
  const { errors } = await api.ask(
    'mutation ($email: String!) { createPerson(input: { name: "New", email: $email, role: VIEWER }) { password } }',
    { email },
  )
  expect(errors).toBeUndefined()
})

test('who is deactivated while they make tokens keeps none', async () => {
  const { email, password, person } = await createPerson('ADMINISTRATOR')
  const session = await enter(email, password)
  const make = () => api.ask('mutation { createApiToken(input: { name: "of a race", role: VIEWER }) { token } }', {}, session)
  await Promise.all([make(), make(), mutate('deactivatePerson', person.id, '{ id }'), make(), make()])
  expect(await api.prisma.apiToken.count({ where: { personId: person.id, revokedAt: null } })).toBe(0)
})

test('a lower role takes effect at once, also on tokens that could do more', async () => {
  const { email, password, person } = await createPerson('ADMINISTRATOR')
  const session = await enter(email, password)
  for (const role of ['ADMINISTRATOR', 'VIEWER'])
    await api.ask('mutation ($role: Role!) { createApiToken(input: { name: "of a role", role: $role }) { token } }', { role }, session)
  expect((await setRole(person.id, 'OPERATOR')).data).toEqual({ updatePerson: { role: 'OPERATOR', activeTokens: 1 } })
  expect(codeOf(await api.ask('{ people { name } }', {}, session))).toBe('FORBIDDEN')
})

test('an address is one person’s, whatever its case', async () => {
  const { email } = await createPerson('VIEWER')
  const create = (address: string) =>
    api.ask('mutation ($email: String!) { createPerson(input: { name: "x", email: $email, role: VIEWER }) { password } }', {
      email: address,
    })
  for (const address of [email.toUpperCase(), 'no address'])
    expect((await create(address)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: { email: expect.any(String) } })
})

test('nobody takes their own role or themselves away', async () => {
  const { email, password, person } = await createPerson('ADMINISTRATOR')
  const session = await enter(email, password)
  expect(codeOf(await setRole(person.id, 'VIEWER', session))).toBe('CONFLICT')
  expect(codeOf(await mutate('deactivatePerson', person.id, '{ id }', session))).toBe('CONFLICT')
  expect(codeOf(await mutate('removePerson', person.id, '', session))).toBe('CONFLICT')
  expect((await api.ask('{ people { email isViewer } }', {}, session)).data).toMatchObject({
    people: expect.arrayContaining([
      { email, isViewer: true },
      { email: 'admin@example.com', isViewer: false },
    ]),
  })
})

test('the last administrator stays, however many changes come at once', async () => {
  await Promise.all([createPerson('ADMINISTRATOR'), createPerson('ADMINISTRATOR')])
  const administrators = () => api.prisma.user.findMany({ where: { role: 'ADMINISTRATOR', deactivatedAt: null } })
  const before = await administrators()
  expect(before.length).toBeGreaterThan(2)
  const answers = await Promise.all(
    before.map(({ id }, i) =>
      i % 2 === 0 ? setRole(id, 'VIEWER') : mutate(i % 3 === 0 ? 'removePerson' : 'deactivatePerson', id, i % 3 === 0 ? '' : '{ id }'),
    ),
  )
  expect(answers.filter((answer) => codeOf(answer) === 'CONFLICT')).toHaveLength(1)
  const [last, ...others] = await administrators()
  expect([last?.role, others]).toEqual(['ADMINISTRATOR', []])
  // Nor by hand, in the database.
  await expect(api.prisma.user.delete({ where: { id: last?.id ?? '' } })).rejects.toThrow(/last administrator/)
  await expect(api.prisma.$executeRaw`UPDATE platform.users SET role = 'VIEWER'`).rejects.toThrow(/last administrator/)
})
