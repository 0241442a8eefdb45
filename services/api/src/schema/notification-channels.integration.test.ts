import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
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

const fields = `id name kind target recipients signed events allConnectors connectors { id } enabled createdBy waiting lastSettled { state }
  deliveries { event connectorName runNumber state attempts outcome nextAttemptAt }`
const create = `mutation ($input: CreateNotificationChannelInput!) { channel: createNotificationChannel(input: $input) { ${fields} } }`
const update = `mutation ($id: ID!, $input: UpdateNotificationChannelInput!) { channel: updateNotificationChannel(id: $id, input: $input) { ${fields} } }`
const canary = 'CANARY-of-a-channel'

type Channel = { id: string; deliveries: object[] }

const made = async (input: object): Promise<Channel> => (await api.get<{ channel: Channel }>(create, { input })).channel
const webhook = (name: string, change: object = {}) => ({
  name,
  kind: 'WEBHOOK',
  url: `https://hooks.example.com/${canary}`,
  secret: `${canary}-secret`,
  events: ['RUN_FAILED', 'RUN_FAILED'],
  ...change,
})

test('a channel shows where it leads, never its address or its secret', async () => {
  const channel = await made(webhook('Secretive'))
  expect(channel).toMatchObject({
    target: 'https://hooks.example.com/…',
    signed: true,
    events: ['RUN_FAILED'],
    allConnectors: true,
    connectors: [],
    enabled: true,
    createdBy: 'first administrator',
    lastSettled: null,
  })
  const changed = await api.get<{ channel: object }>(update, {
    id: channel.id,
    input: { secret: null, url: `https://other.example.com/${canary}` },
  })
  expect(changed.channel).toMatchObject({ signed: false, target: 'https://other.example.com/…', events: ['RUN_FAILED'] })
  const rows = await api.prisma.$queryRaw`SELECT row_to_json(c)::text FROM platform.notification_channels c`
  expect(JSON.stringify([channel, changed, rows, await api.prisma.auditEntry.findMany()])).not.toContain(canary)
})

test('a run that fails waits to be told to those who want it, with its connector and number', async () => {
  const [connector, other] = [await createConnector(api), await createConnector(api)]
  const channel = await made(webhook('Chosen', { connectorIds: [connector] }))
  expect(channel).toMatchObject({ allConnectors: false, connectors: [{ id: connector }] })
  for (const id of [connector, other]) await (await holdRun(api, await triggerSync(api, id))).fail('INVALID_CREDENTIALS')
  const { notificationChannels } = await api.get<{ notificationChannels: Channel[] }>(`{ notificationChannels { ${fields} } }`)
  expect(notificationChannels.find(({ id }) => id === channel.id)).toMatchObject({
    waiting: 1,
    deliveries: [
      {
        event: 'RUN_FAILED',
        connectorName: expect.stringMatching(/^Connector \d+$/),
        runNumber: expect.any(Number),
        state: 'PENDING',
        attempts: 0,
        outcome: null,
        nextAttemptAt: expect.any(String),
      },
    ],
  })
})

test('without a scheduler a test says so, and is not sent later', async () => {
  const { id } = await made(webhook('Tested'))
  const answer = await api.get('mutation ($id: ID!) { testNotificationChannel(id: $id) { ok outcome } }', { id })
  expect(answer).toEqual({ testNotificationChannel: { ok: false, outcome: expect.stringContaining('No scheduler is online') } })
  expect(await api.prisma.notificationDelivery.findFirst({ where: { channel: { name: 'Tested' } } })).toMatchObject({ state: 'FAILED' })
  expect(await api.get('{ sendsEmail }')).toEqual({ sendsEmail: false })
})

const refusedFields = async (input: object) => (await api.ask(create, { input })).errors?.[0]?.extensions['fields']

test('what is wrong is told by its field', async () => {
  expect(await refusedFields(webhook('', { url: 'ftp://x', secret: 'short', events: [] }))).toEqual({
    name: expect.any(String),
    url: expect.stringContaining('begins with https://'),
    secret: expect.stringContaining('16 characters'),
    events: expect.stringContaining('Choose'),
  })
  expect(await refusedFields({ name: 'x', kind: 'EMAIL', recipients: ['ada'], events: ['RUN_FAILED'] })).toEqual({
    'recipients.0': expect.stringContaining('ada@example.com'),
  })
  expect(await refusedFields({ name: 'x', kind: 'EMAIL', url: 'https://x', events: ['RUN_FAILED'] })).toHaveProperty('url')
  expect(await refusedFields(webhook('x', { kind: 'SLACK' }))).toHaveProperty('secret')
  expect(await refusedFields(webhook('x', { url: null }))).toHaveProperty('url')
  const gone = await createConnector(api)
  await api.get('mutation ($id: ID!) { deleteConnector(id: $id) }', { id: gone })
  expect(await refusedFields(webhook('x', { connectorIds: [gone] }))).toHaveProperty('connectorIds')
  await made(webhook('Taken'))
  expect(await refusedFields(webhook('TAKEN'))).toEqual({ name: expect.stringContaining('Another channel') })
  expect((await api.ask(update, { id: '00000000-0000-0000-0000-000000000000', input: {} })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
})
