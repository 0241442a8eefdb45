import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { createLogger } from '@aiia/kit/logger'
import { createSecretBox } from '@aiia/kit/secret-box'
import { createTargetPolicy } from '@aiia/kit/target-policy'
import { failAttempt } from '@aiia/store/finish-run'
import { createChannel, type NewChannel } from '@aiia/store/notification-channels'
import { requestTest } from '@aiia/store/notification-deliveries'
import { failureOf, heldRun } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { freePort } from '@aiia/testkit/free-port'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { answer, type Handler, redirectTo, startRestServer, type TestRestServer } from '@aiia/testkit/rest-server'
import { startMailServer, type TestMailServer } from '@aiia/testkit/smtp'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Duty, startDuty } from '../duty.ts'
import { type CourierContext, createCourier } from './courier.ts'
import { createEmail } from './email.ts'

const log = createLogger('test', 'silent')
const secretBox = createSecretBox(randomBytes(32))

let server: TestPostgres
let store: TestStore
let receiver: TestRestServer
let mailServer: TestMailServer
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  receiver = await startRestServer()
  mailServer = await startMailServer()
})
afterAll(async () => {
  await mailServer?.stop()
  await receiver?.stop()
  await store?.close()
  await server?.stop()
})
beforeEach(() => store.clear())

/** As a scheduler has it, until the test is over. */
const startCourier = ({ deny = [], timeoutMs = 10_000, mailUrl }: { deny?: string[]; timeoutMs?: number; mailUrl?: string } = {}) => {
  const context: CourierContext = {
    prisma: store.prisma,
    log,
    webhooks: { secretBox, targets: createTargetPolicy({ allow: [], deny }), timeoutMs },
    email: createEmail(mailUrl === undefined ? undefined : { url: mailUrl, from: 'AIIA <aiia@example.com>' }, { timeoutMs }),
    publicUrl: 'https://aiia.example.com',
  }
  const courier = createCourier(context, () => duty.wake())
  const duty: Duty = startDuty('deliver', log, () => courier.turn())
  const stop = async () => {
    await duty.stop()
    await courier.close()
  }
  onTestFinished(stop)
  return { duty, stop }
}

type Got = { headers: IncomingHttpHeaders; body: string }

/** @returns what comes to the path, all of it */
const receive = (path: string, then: Handler = answer('', { status: 204 })): Got[] => {
  const got: Got[] = []
  receiver.serve(path, async (request, response, url) => {
    got.push({ headers: request.headers, body: await text(request) })
    await then(request, response, url)
  })
  return got
}

const makeChannel = async (url: string, { secret, ...change }: Partial<NewChannel> & { secret?: string } = {}): Promise<string> => {
  const id = randomUUID()
  await createChannel(store, {
    id,
    name: `Channel ${id}`,
    kind: 'WEBHOOK',
    url: { sealed: secretBox.seal(url, `channel-url:${id}`), shown: 'https://…' },
    secretSealed: secret === undefined ? null : secretBox.seal(secret, `channel-secret:${id}`),
    recipients: [],
    events: ['RUN_FAILED'],
    connectorIds: null,
    enabled: true,
    createdBy: 'Ada',
    ...change,
  })
  return id
}
const mailChannel = (recipients: string[]) => makeChannel('', { kind: 'EMAIL', url: null, recipients })

const failRun = async (): Promise<void> => {
  const held = await heldRun(store, { maxAttempts: 1 })
  await failAttempt(store, held, { failure: failureOf('INVALID_CREDENTIALS'), random: 0 })
}

const deliveriesOf = (channelId: string) =>
  store.prisma.notificationDelivery.findMany({ where: { channelId }, orderBy: { createdAt: 'asc' } })
/** The first delivery of a channel, once an attempt has come to something. */
const tried = async (channelId: string, attempts = 1) => {
  const told = { attempts, outcome: expect.any(String), ...(attempts > 1 && { state: 'DELIVERED' }) }
  await expect.poll(async () => (await deliveriesOf(channelId))[0], { timeout: 30_000 }).toMatchObject(told)
  return (await deliveriesOf(channelId))[0]
}
const comeDue = () =>
  store.prisma.$executeRaw`UPDATE platform.notification_deliveries SET due_at = now() - interval '1 second' WHERE state = 'PENDING'`

test.each([
  ['a secret of one’s own', 'a secret of 16 characters or more', (secret: string) => Buffer.from(secret)],
  ['one in base64', `whsec_${randomBytes(32).toString('base64')}`, (secret: string) => Buffer.from(secret.slice(6), 'base64')],
])('a failed run arrives, signed with %s', async (_name, secret, keyOf) => {
  const got = receive('/signed')
  const channel = await makeChannel(`${receiver.url}/signed?token=x`, { secret })
  startCourier()
  await failRun()
  const delivery = await tried(channel)
  expect(delivery).toMatchObject({ state: 'DELIVERED', outcome: expect.stringMatching(/^HTTP 204 after \d+ ms$/) })
  const [{ headers, body }] = got as [Got]
  expect(JSON.parse(body)).toMatchObject({
    type: 'run.failed',
    url: expect.stringMatching(/^https:\/\/aiia\.example\.com\/admin\/runs\/\d+$/),
    data: { run: { status: 'FAILED' }, failure: { code: 'INVALID_CREDENTIALS', resolution: expect.any(String) } },
  })
  expect(headers['webhook-id']).toBe(delivery?.id)
  const signed = `${headers['webhook-id']?.toString()}.${headers['webhook-timestamp']?.toString()}.${body}`
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`)
  expect(Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp']))).toBeLessThan(60)
})

test('without a secret nothing is signed, and Slack is given its text', async () => {
  const got = receive('/slack')
  const channel = await makeChannel(`${receiver.url}/slack`, { kind: 'SLACK' })
  startCourier()
  await failRun()
  expect(await tried(channel)).toMatchObject({ state: 'DELIVERED' })
  expect(got[0]?.headers).not.toHaveProperty('webhook-signature')
  expect(JSON.parse(got[0]?.body ?? '')).toEqual({
    text: expect.stringMatching(/^\*Connector \d+: run #\d+ ended with FAILED\*\n\*What happened:\*/),
  })
})

test('a receiver that refuses is tried again with the same id and body, until it takes it', async () => {
  const got = receive('/moody', (request, response, url) =>
    (got.length < 2 ? answer('try\nlater', { status: 503 }) : answer('', { status: 200 }))(request, response, url),
  )
  const channel = await makeChannel(`${receiver.url}/moody`)
  const { duty } = startCourier()
  await failRun()
  expect(await tried(channel)).toMatchObject({ state: 'PENDING', outcome: 'HTTP 503: try later' })
  await comeDue()
  duty.wake()
  expect(await tried(channel, 2)).toMatchObject({ state: 'DELIVERED' })
  expect(got).toHaveLength(2)
  expect(got[1]?.body).toBe(got[0]?.body)
  expect(got[1]?.headers['webhook-id']).toBe(got[0]?.headers['webhook-id'])
})

test('a receiver that hangs keeps no other channel and no run waiting', async () => {
  const held: (() => void)[] = []
  const hanging = receive('/hangs', (request, response, url) => void held.push(() => void answer('')(request, response, url)))
  const quick = receive('/quick')
  const [slow, fast] = [await makeChannel(`${receiver.url}/hangs`), await makeChannel(`${receiver.url}/quick`)]
  startCourier({ timeoutMs: 50_000 })
  await failRun()
  await expect.poll(() => hanging.length, { timeout: 30_000 }).toBe(1)
  await failRun()
  const states = async () => (await deliveriesOf(fast)).map(({ state }) => state)
  await expect.poll(states, { timeout: 30_000 }).toEqual(['DELIVERED', 'DELIVERED'])
  expect(quick).toHaveLength(2)
  // The first one still waits for its answer, and so the second one of its channel has not begun.
  expect(await deliveriesOf(slow)).toMatchObject([{ state: 'PENDING', outcome: null }, { attempts: 0 }])
  held.shift()?.()
  expect(await tried(slow)).toMatchObject({ state: 'DELIVERED' })
  await expect.poll(() => hanging.length, { timeout: 30_000 }).toBe(2)
  held.shift()?.()
})

test('a receiver that hangs is left after its time', async () => {
  receive('/hangs', () => {})
  const channel = await makeChannel(`${receiver.url}/hangs`)
  startCourier({ timeoutMs: 500 })
  await failRun()
  const words = `127.0.0.1:${receiver.port} did not answer within 0.5 seconds.`
  expect(await tried(channel)).toMatchObject({ state: 'PENDING', outcome: expect.stringContaining(words) })
})

test('what a process that was killed was sending is sent by another one, with the same id', async () => {
  const got = receive('/twice')
  const channel = await makeChannel(`${receiver.url}/twice`)
  await failRun()
  const first = startCourier()
  await tried(channel)
  await first.stop()
  // As if it had ended behind the request, before it could say so.
  await store.prisma
    .$executeRaw`UPDATE platform.notification_deliveries SET state = 'PENDING', settled_at = NULL, outcome = NULL, due_at = now() - interval '1 second'`
  startCourier()
  expect(await tried(channel, 2)).toMatchObject({ state: 'DELIVERED' })
  expect(got.map(({ headers }) => headers['webhook-id'])).toEqual([got[0]?.headers['webhook-id'], got[0]?.headers['webhook-id']])
})

test.each([
  ['a redirect', () => `${receiver.url}/moved`, 'HTTP 302: redirects are not followed'],
  ['nobody there', async () => `http://127.0.0.1:${await freePort()}/`, 'Nothing accepts connections at 127.0.0.1:'],
  ['no such name', () => 'http://nowhere.invalid/hook', 'The name in nowhere.invalid has no address'],
  ['a metadata service', () => 'http://169.254.169.254/latest', '169.254.169.254 may not be reached: 169.254.169.254 is a link-local'],
  ['one in other clothes', () => 'http://[::ffff:a9fe:a9fe]/', 'may not be reached'],
])('%s is told in words', async (_name, urlOf, words) => {
  receiver.serve('/moved', redirectTo(`${receiver.url}/signed`))
  const channel = await makeChannel(await urlOf())
  startCourier()
  await requestTest(store, { channelId: channel, by: 'Ada' })
  const delivery = await tried(channel)
  expect(delivery?.outcome).toContain(words)
  expect(delivery?.state).toBe('FAILED')
})

test('a network that DENY_TARGETS names is reached neither by address nor by name', async () => {
  const got = receive('/denied')
  startCourier({ deny: ['127.0.0.0/8', '::1'] })
  for (const host of ['127.0.0.1', 'localhost']) {
    const channel = await makeChannel(`http://${host}:${receiver.port}/denied`)
    await requestTest(store, { channelId: channel, by: 'Ada' })
    expect((await tried(channel))?.outcome).toContain('is in a network that DENY_TARGETS names')
  }
  expect(got).toEqual([])
})

test('an email says what happened, with an id by which servers know it again', async () => {
  const channel = await mailChannel(['ada@example.com', 'ops@example.com'])
  startCourier({ mailUrl: mailServer.url })
  await failRun()
  const delivery = await tried(channel)
  expect(delivery).toMatchObject({ state: 'DELIVERED', outcome: expect.stringContaining('took it for ada@example.com, ops@example.com') })
  const mail = mailServer.mails.at(-1)
  expect(mail).toMatchObject({ from: 'aiia@example.com', to: ['ada@example.com', 'ops@example.com'] })
  expect(mail?.source).toMatch(/^Subject: Connector \d+: run #\d+ ended with FAILED\r$/m)
  expect(mail?.source).toContain(`<${delivery?.id}@aiia-data-refresh>`)
  expect(mail?.source.replaceAll('=\r\n', '')).toContain('What to do: Update the credentials')
})

test.each([
  ['a refused recipient', () => mailServer.url, 'gone@example.com', /There is no such mailbox/],
  ['a wrong password', () => mailServer.url.replace('secret-of-mail', 'other'), 'ada@example.com', /Who is that/],
  [
    'a mail server that is down',
    async () => `smtp://127.0.0.1:${await freePort()}`,
    'ada@example.com',
    /^Nothing accepts connections at 127/,
  ],
  ['no mail server', () => undefined, 'ada@example.com', /^No mail server is set: give the scheduler SMTP_URL and SMTP_FROM/],
])('%s is told in words', async (_name, urlOf, recipient, words) => {
  mailServer.refuse('gone@example.com')
  const channel = await mailChannel([recipient])
  const mailUrl = await urlOf()
  startCourier(mailUrl === undefined ? {} : { mailUrl })
  await requestTest(store, { channelId: channel, by: 'Ada' })
  const delivery = await tried(channel)
  expect(delivery?.outcome).toMatch(words)
  expect(delivery?.outcome).not.toContain('secret')
})

test('a mail server that says nothing is left after its time', async () => {
  const silent = await new Promise<Server>((resolve) => {
    const opened = createServer(() => {}).listen(0, '127.0.0.1', () => resolve(opened))
  })
  onTestFinished(() => void silent.close())
  const address = silent.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const channel = await mailChannel(['ada@example.com'])
  startCourier({ mailUrl: `smtp://127.0.0.1:${port}`, timeoutMs: 500 })
  await requestTest(store, { channelId: channel, by: 'Ada' })
  expect(await tried(channel)).toMatchObject({ state: 'FAILED', outcome: expect.stringContaining('did not answer within 0.5 seconds') })
})
