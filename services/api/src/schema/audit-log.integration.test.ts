import type { MappingProposal } from '@aiia/core/sync/schema-change'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectorInput, createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { signIn, startTestApi, type TestApi } from '../testing/test-api.ts'
import { schema } from './schema.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres, { TRUST_PROXY: true })
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

type Entry = {
  number: number
  action: string
  actor: string
  actorKind: string
  address: string
  subject: string
  subjectKind: string
  subjectId: string
  details: Record<string, unknown>
}

const entriesOf = async (filter: object = {}): Promise<Entry[]> => {
  const fields = 'number action actor actorKind address subject subjectKind subjectId details'
  const query = `query ($filter: AuditFilter) { auditLog(first: 200, filter: $filter) { nodes { ${fields} } } }`
  return (await api.get<{ auditLog: { nodes: Entry[] } }>(query, { filter })).auditLog.nodes
}

/** Behind a proxy: what a client itself claims comes before what the proxy has seen. */
const from = { 'x-forwarded-for': '6.6.6.6, 10.1.2.3' }

/** @returns the answer, and what was noted of it */
const doing = async (
  mutation: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = { authorization: `Bearer ${api.token}` },
) => {
  const [newest] = await entriesOf()
  const answer = await api.ask(`mutation ${mutation}`, variables, { ...from, ...headers })
  expect(answer.errors, mutation).toBeUndefined()
  const made = (await entriesOf()).filter(({ number }) => number > (newest?.number ?? 0))
  return { data: answer.data ?? {}, made }
}

const byId = (name: string, id: string, selection = '{ __typename }') => doing(`($id: ID!) { ${name}(id: $id) ${selection} }`, { id })

const proposal: MappingProposal = { stream: 'audited', changes: [], fields: [] }

const failedRun = async (connector: string): Promise<string> => {
  const run = await triggerSync(api, connector)
  await (await holdRun(api, run)).fail('INVALID_CREDENTIALS')
  return run.id
}

/** A run that completed but for a row that can be replayed. */
const rejectingRun = async (connector: string, stream: string): Promise<string> => {
  const run = await triggerSync(api, connector)
  const worker = await holdRun(api, run)
  await worker.reject([{ stream, row: { id: '1' } }])
  await worker.commit({ stream })
  await worker.complete()
  return run.id
}

const personOf = async (name: string) => {
  const { data, made } = await doing(`($input: CreatePersonInput!) { createPerson(input: $input) { password person { id } } }`, {
    input: { name, email: `${name}@example.com`, role: 'OPERATOR' },
  })
  return { ...(data['createPerson'] as { password: string; person: { id: string } }), made }
}

type Noted = { made: Entry[] }

/** Does each mutation that changes something; one that is missing here fails the test until somebody adds it. */
const mutations: Record<string, (() => Promise<Noted>) | 'changes nothing'> = {
  createConnector: () => doing('($input: CreateConnectorInput!) { createConnector(input: $input) { id } }', { input: connectorInput() }),
  updateConnector: async () =>
    doing('($id: ID!) { updateConnector(id: $id, input: { enabled: false, credentials: { password: "CANARY" } }) { id } }', {
      id: await createConnector(api),
    }),
  duplicateConnector: async () => byId('duplicateConnector', await createConnector(api)),
  deleteConnector: async () => byId('deleteConnector', await createConnector(api), ''),
  testConnection: 'changes nothing',
  discoverStreams: 'changes nothing',
  previewStream: 'changes nothing',
  triggerSync: async () => doing('($id: ID!) { triggerSync(connectorId: $id) { id } }', { id: await createConnector(api) }),
  cancelJobRun: async () => byId('cancelJobRun', (await triggerSync(api, await createConnector(api))).id),
  retryJobRun: async () => byId('retryJobRun', await failedRun(await createConnector(api))),
  replayRejectedRows: async () => {
    const stream = { name: 'replayed', source: { table: 'public.bseg' } }
    const run = await rejectingRun(await createConnector(api, { streams: [stream] }), 'replayed')
    return doing('($id: ID!) { replayRejectedRows(jobRunId: $id) { id } }', { id: run })
  },
  applyMappingProposal: async () => {
    const run = await triggerSync(api, await createConnector(api, { streams: [{ name: 'audited', source: { table: 'public.bseg' } }] }))
    await (await holdRun(api, run)).fail('COLUMN_TYPE_CHANGED', proposal)
    return doing('($id: ID!) { applyMappingProposal(jobRunId: $id) { id } }', { id: run.id })
  },
  pausePlatform: () => doing('{ pausePlatform(reason: "upgrade") { mode } }'),
  resumePlatform: () => doing('{ resumePlatform { mode } }'),
  createApiToken: () => doing('{ createApiToken(input: { name: "audited", role: VIEWER }) { token } }'),
  revokeApiToken: async () => {
    const { data } = await doing('{ createApiToken(input: { name: "audited", role: VIEWER }) { apiToken { id } } }')
    return byId('revokeApiToken', (data['createApiToken'] as { apiToken: { id: string } }).apiToken.id)
  },
  createNotificationChannel: () => createChannel('audited'),
  updateNotificationChannel: async () =>
    doing('($id: ID!) { updateNotificationChannel(id: $id, input: { enabled: false, secret: "CANARY of a change" }) { id } }', {
      id: await channelOf('updated'),
    }),
  deleteNotificationChannel: async () => byId('deleteNotificationChannel', await channelOf('deleted'), ''),
  testNotificationChannel: async () => byId('testNotificationChannel', await channelOf('tested')),
  updateRetention: () => doing('{ updateRetention(input: { logsDays: 91 }) { changedBy } }'),
  createPerson: () => personOf('created'),
  updatePerson: async () =>
    doing('($id: ID!) { updatePerson(id: $id, input: { role: VIEWER }) { id } }', { id: (await personOf('updated')).person.id }),
  deactivatePerson: async () => byId('deactivatePerson', (await personOf('deactivated')).person.id),
  reactivatePerson: async () => {
    const { person } = await personOf('reactivated')
    await byId('deactivatePerson', person.id)
    return byId('reactivatePerson', person.id)
  },
  removePerson: async () => byId('removePerson', (await personOf('removed')).person.id, ''),
  resetPassword: async () => byId('resetPassword', (await personOf('reset')).person.id),
  changePassword: async () => {
    const { password } = await personOf('own')
    const entered = await signIn(api.url, 'own@example.com', password)
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const change = '($current: String!) { changePassword(currentPassword: $current, newPassword: "CANARY of one’s own") { name } }'
    return doing(change, { current: password }, { cookie, origin: api.url })
  },
}

const channelOf = async (name: string): Promise<string> => {
  const { data } = await createChannel(name)
  return (data['createNotificationChannel'] as { id: string }).id
}

const createChannel = (name: string) =>
  doing('($input: CreateNotificationChannelInput!) { createNotificationChannel(input: $input) { id } }', {
    input: { name, kind: 'WEBHOOK', url: 'https://hooks.example.com/CANARY', secret: 'CANARY of a channel', events: ['RUN_FAILED'] },
  })

const actions: Record<string, string> = {
  createConnector: 'CONNECTOR_CREATED',
  updateConnector: 'CONNECTOR_UPDATED',
  duplicateConnector: 'CONNECTOR_CREATED',
  deleteConnector: 'CONNECTOR_DELETED',
  triggerSync: 'RUN_REQUESTED',
  cancelJobRun: 'RUN_CANCELLED',
  retryJobRun: 'RUN_RETRIED',
  replayRejectedRows: 'ROWS_REPLAYED',
  applyMappingProposal: 'MAPPING_APPLIED',
  pausePlatform: 'PLATFORM_PAUSED',
  resumePlatform: 'PLATFORM_RESUMED',
  createApiToken: 'TOKEN_CREATED',
  revokeApiToken: 'TOKEN_REVOKED',
  createNotificationChannel: 'CHANNEL_CREATED',
  updateNotificationChannel: 'CHANNEL_UPDATED',
  deleteNotificationChannel: 'CHANNEL_DELETED',
  testNotificationChannel: 'CHANNEL_TESTED',
  updateRetention: 'RETENTION_CHANGED',
  createPerson: 'PERSON_CREATED',
  updatePerson: 'PERSON_UPDATED',
  deactivatePerson: 'PERSON_DEACTIVATED',
  reactivatePerson: 'PERSON_REACTIVATED',
  removePerson: 'PERSON_REMOVED',
  resetPassword: 'PASSWORD_RESET',
  changePassword: 'PASSWORD_CHANGED',
}

test('every mutation is decided on', () => {
  expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual(Object.keys(mutations).sort())
})

const changing = Object.entries(mutations).flatMap(([name, mutate]) => (mutate === 'changes nothing' ? [] : [{ name, mutate }]))

test.each(changing)('$name is noted once, with who and from where', async ({ name, mutate }) => {
  const { made } = await mutate()
  const own = name === 'changePassword'
  expect(made).toEqual([
    expect.objectContaining({
      action: actions[name],
      actor: own ? 'own@example.com' : 'first administrator',
      actorKind: own ? 'PERSON' : 'TOKEN',
      address: '10.1.2.3',
    }),
  ])
})

test('a change of a connector names its parts, and no value of them', async () => {
  const [entry] = await entriesOf({ actions: ['CONNECTOR_UPDATED'] })
  expect(entry?.details).toEqual({ changed: ['credentials', 'enabled'] })
  expect(JSON.stringify(await api.prisma.auditEntry.findMany())).not.toContain('CANARY')
})

test('what is refused is not noted', async () => {
  const before = await entriesOf()
  expect((await api.ask('mutation { triggerSync(connectorId: "00000000-0000-0000-0000-000000000000") { id } }')).errors).toHaveLength(1)
  expect(await entriesOf()).toEqual(before)
})

test('sign-ins are noted, failed ones without what may be a password', async () => {
  await signIn(api.url, api.settings.ADMIN_EMAIL, api.settings.ADMIN_PASSWORD ?? '', { 'x-forwarded-for': '10.9.9.9' })
  await signIn(api.url, api.settings.ADMIN_EMAIL, 'wrong password')
  await signIn(api.url, 'my-password-by-mistake@x', 'wrong password')
  const entries = await entriesOf({ actions: ['SIGNED_IN', 'SIGN_IN_FAILED'] })
  expect(entries.slice(0, 3)).toMatchObject([
    { action: 'SIGN_IN_FAILED', actorKind: 'NOBODY', subject: 'an unknown address', subjectId: null },
    { action: 'SIGN_IN_FAILED', actorKind: 'NOBODY', subject: 'admin@example.com' },
    { action: 'SIGNED_IN', actorKind: 'PERSON', actor: 'admin@example.com', address: '10.9.9.9' },
  ])
  expect(JSON.stringify(await api.prisma.auditEntry.findMany())).not.toContain('my-password')
  expect(await api.prisma.user.findUnique({ where: { email: 'admin@example.com' } })).toMatchObject({ lastSignedInAt: expect.any(Date) })
})

type AuditPage = { auditLog: { nodes: Entry[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }

test('pages go on without a gap, and filters hold', async () => {
  const all = await entriesOf()
  const query = 'query ($after: String) { auditLog(first: 7, after: $after) { nodes { number } pageInfo { endCursor hasNextPage } } }'
  const seen: number[] = []
  for (let after: string | null = null; ; ) {
    const { auditLog }: AuditPage = await api.get<AuditPage>(query, { after })
    seen.push(...auditLog.nodes.map(({ number }) => number))
    if (!auditLog.pageInfo.hasNextPage) break
    after = auditLog.pageInfo.endCursor
  }
  expect(seen).toEqual(all.map(({ number }) => number))
  expect(seen.at(-1)).toBe(1)
  expect((await entriesOf({ search: 'REMOVED@example' })).map(({ action }) => action)).toEqual(['PERSON_REMOVED', 'PERSON_CREATED'])
  expect(await entriesOf({ to: '2020-01-01T00:00:00Z' })).toEqual([])
  expect(await entriesOf({ from: '2020-01-01T00:00:00Z' })).toEqual(all)
})

test('the chain is verified, and the first broken entry is named', async () => {
  const verify = '{ verifyAuditLog { ok entries lastHash brokenAt problem } }'
  const entries = (await entriesOf()).length
  expect(await api.get(verify)).toEqual({
    verifyAuditLog: { ok: true, entries, lastHash: expect.stringMatching(/^[0-9a-f]{64}$/), brokenAt: null, problem: null },
  })
  await api.prisma.$executeRaw`ALTER TABLE platform.audit_log DISABLE TRIGGER ALL`
  await api.prisma.$executeRaw`UPDATE platform.audit_log SET actor = 'somebody else' WHERE number = 4`
  expect(await api.get(verify)).toMatchObject({
    verifyAuditLog: { ok: false, entries: 3, brokenAt: 4, problem: 'Entry 4 was changed after it was written.' },
  })
})
