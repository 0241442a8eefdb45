import type { ChannelEvent } from '@aiia/core/notifications/channel'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Claim } from './claim-run.ts'
import { ChannelNameTakenError, ChannelNotFoundError } from './errors.ts'
import { cancelRun, completeRun, failAttempt } from './finish-run.ts'
import { createChannel, deleteChannel, type NewChannel, updateChannel } from './notification-channels.ts'
import { abandonTest, requestTest, settleNotification, takeDueNotifications } from './notification-deliveries.ts'
import { endLostRuns } from './reconcile.ts'
import { fireDueSchedule } from './schedules.ts'
import { atOnce, claim, everyHour, failureOf, inserted, letLeaseEnd, makeConnector, pendingRun, trigger } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})
beforeEach(() => store.clear())

let channels = 0

const makeChannel = async (change: Partial<NewChannel> = {}): Promise<string> => {
  channels += 1
  const { id } = await createChannel(store, {
    id: `channel-${channels}`,
    name: `Channel ${channels}`,
    kind: 'WEBHOOK',
    url: { sealed: Buffer.from('sealed'), shown: 'https://hooks.example.com/…' },
    secretSealed: null,
    recipients: [],
    events: ['RUN_FAILED', 'RUN_RECOVERED', 'SCHEDULE_MISSED'],
    connectorIds: null,
    enabled: true,
    createdBy: 'Ada',
    ...change,
  })
  return id
}

const hold = async (connectorId: string, maxAttempts = 1): Promise<Claim> => {
  const held = await claim(store, (await trigger(store, connectorId)).run)
  if (held === null) throw new Error('the run cannot be claimed')
  return { ...held, maxAttempts }
}
const fails = async (connectorId: string) =>
  failAttempt(store, await hold(connectorId), { failure: failureOf('INVALID_CREDENTIALS'), random: 0 })
const completes = async (connectorId: string) => completeRun(store, await hold(connectorId), { counts: inserted(3) })
const cancelled = async (connectorId: string) => cancelRun(store, { runId: (await hold(connectorId)).runId, by: 'Ada' })

type Told = { event: string; connector: { name: string }; run: { number: number; status: string } }

const toldOf = async (channelId: string): Promise<Told[]> => {
  const deliveries = await store.prisma.notificationDelivery.findMany({ where: { channelId }, orderBy: { createdAt: 'asc' } })
  return deliveries.map(({ content }) => content as unknown as Told)
}
const eventsOf = async (channelId: string) => (await toldOf(channelId)).map(({ event }) => event)

test('a run that failed is told with its cause, one that completed only after a failure', async () => {
  const [channel, connector] = [await makeChannel(), await makeConnector(store, { name: 'SAP' })]
  await completes(connector)
  await fails(connector)
  await fails(connector)
  await cancelled(connector)
  await completes(connector)
  await completes(connector)
  expect(await eventsOf(channel)).toEqual(['RUN_FAILED', 'RUN_FAILED', 'RUN_RECOVERED'])
  const [failed, again, recovered] = await toldOf(channel)
  expect(failed).toMatchObject({
    connector: { id: connector, name: 'SAP' },
    run: { status: 'FAILED', attempt: 1, counts: { read: 0 }, finishedAt: expect.any(String) },
    failure: { code: 'INVALID_CREDENTIALS', resolution: expect.stringContaining('Connection Test') },
  })
  expect(recovered).toMatchObject({ run: { status: 'COMPLETED', counts: { inserted: 3 } }, failedRun: { number: again?.run.number } })
})

test('a new attempt is no end, and the end that a scheduler gives a lost run is one', async () => {
  const channel = await makeChannel()
  const connector = await makeConnector(store, { maxAttempts: 2 })
  const held = await hold(connector, 2)
  await failAttempt(store, held, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  expect(await eventsOf(channel)).toEqual([])
  await claim(store, { id: held.runId, attempt: 2 })
  await letLeaseEnd(store, held.runId)
  await atOnce(4, () => endLostRuns(store, { random: () => 0 }))
  expect(await toldOf(channel)).toMatchObject([{ event: 'RUN_FAILED', failure: { code: 'WORKER_LOST' } }])
})

test('a channel is told of its events and its connectors, and of nothing while it is paused', async () => {
  const [mine, other] = [await makeConnector(store), await makeConnector(store)]
  const channel = (change: Partial<NewChannel>) => makeChannel(change)
  const only = await channel({ connectorIds: [mine] })
  const elsewhere = await channel({ connectorIds: [other] })
  const recovered = await channel({ events: ['RUN_RECOVERED'] })
  const paused = await channel({ enabled: false })
  await fails(mine)
  expect(await Promise.all([only, elsewhere, recovered, paused].map(eventsOf))).toEqual([['RUN_FAILED'], [], [], []])
})

test('an end that is rolled back tells nobody', async () => {
  const channel = await makeChannel()
  const held = await hold(await makeConnector(store))
  // The log's next line is taken, as by a process that came back: the transaction fails behind the change.
  await store.prisma.logLine.createMany({
    data: [1, 2, 3].map((seq) => ({ runId: held.runId, seq, at: new Date(), level: 'INFO', message: 'x' })),
  })
  await expect(failAttempt(store, held, { failure: failureOf('INTERNAL'), random: 0 })).rejects.toThrow('23505')
  expect(await eventsOf(channel)).toEqual([])
})

test('a slot that was skipped, or fires late, is told with the reason', async () => {
  const channel = await makeChannel({ events: ['SCHEDULE_MISSED'] })
  const due = async (ago: string) => store.prisma.$executeRaw`UPDATE platform.schedules SET next_at = now() - ${ago}::interval`
  const connector = await makeConnector(store, { schedule: everyHour })
  await due('3 hours')
  await fireDueSchedule(store)
  await due('1 second')
  await fireDueSchedule(store)
  expect(await toldOf(channel)).toMatchObject([
    {
      event: 'SCHEDULE_MISSED',
      connector: { id: connector },
      run: { number: expect.any(Number) },
      reason: expect.stringContaining('180 min late'),
    },
    { event: 'SCHEDULE_MISSED', run: null, reason: expect.stringContaining('was still active') },
  ])
})

const take = (busy: string[] = []) => takeDueNotifications(store, { busy, leaseMs: 60_000 })
/** A moment ago: columns round to milliseconds, some of them up. */
const letComeDue = () =>
  store.prisma.$executeRaw`UPDATE platform.notification_deliveries SET due_at = now() - interval '1 second' WHERE state = 'PENDING'`

test('of many daemons one takes a delivery, one of a channel at a time, and after a crash another one', async () => {
  const [first, second] = [await makeChannel(), await makeChannel()]
  for (const _ of [1, 2]) await fails(await makeConnector(store))
  const taken = (await atOnce(6, () => take())).flat()
  expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length)
  expect(taken.every(({ attempt }) => attempt === 1)).toBe(true)
  await letComeDue()
  expect((await take([first])).map(({ channel }) => channel.id)).toEqual([second])
  // Whoever took the first ones has not been heard of: the lease is over.
  await letComeDue()
  const [again] = await take([second])
  expect(again).toMatchObject({ attempt: 2, channel: { id: first } })
})

test('it is tried again, later each time, until it is given up; what an earlier attempt says late does not count', async () => {
  const channel = await makeChannel()
  await fails(await makeConnector(store))
  const states: string[] = []
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    await letComeDue()
    const [due] = await take()
    if (due === undefined) throw new Error('nothing is due')
    if (attempt > 1) await settleNotification(store, { ...due, attempt: attempt - 1 }, { delivered: true, outcome: 'late', random: 0 })
    states.push(await settleNotification(store, due, { delivered: false, outcome: 'HTTP 500', random: 0 }))
    expect(await take()).toEqual([])
  }
  expect(states).toEqual([...Array.from({ length: 7 }, () => 'PENDING'), 'FAILED'])
  await letComeDue()
  expect(await take()).toEqual([])
  expect(await store.prisma.notificationDelivery.findMany({ where: { channelId: channel } })).toMatchObject([
    { state: 'FAILED', attempts: 8, outcome: 'HTTP 500', settledAt: expect.any(Date) },
  ])
})

test('what waits for a channel that is paused is given up, and goes with one that is deleted', async () => {
  const channel = await makeChannel()
  await fails(await makeConnector(store))
  await updateChannel(store, { id: channel, enabled: false })
  expect(await take()).toEqual([])
  expect(await store.prisma.notificationDelivery.findMany()).toMatchObject([{ state: 'FAILED', outcome: 'The channel was paused.' }])
  await deleteChannel(store, { id: channel })
  expect(await store.prisma.notificationDelivery.count()).toBe(0)
  await expect(updateChannel(store, { id: channel, enabled: true })).rejects.toBeInstanceOf(ChannelNotFoundError)
  await expect(deleteChannel(store, { id: channel })).rejects.toBeInstanceOf(ChannelNotFoundError)
})

test('a test goes first, through a paused channel as well, and is tried once', async () => {
  const channel = await makeChannel()
  await fails(await makeConnector(store))
  const id = await requestTest(store, { channelId: channel, by: 'Ada' })
  const [due] = await take()
  if (due === undefined) throw new Error('nothing is due')
  expect(due).toMatchObject({ id, content: { event: 'TEST', channel: { name: expect.any(String) }, by: 'Ada' } })
  expect(await settleNotification(store, due, { delivered: false, outcome: 'HTTP 404', random: 0 })).toBe('FAILED')
  await updateChannel(store, { id: channel, enabled: false })
  const second = await requestTest(store, { channelId: channel, by: 'Ada' })
  expect((await take()).map((next) => next.id)).toEqual([second])
  expect(await abandonTest(store, { id: second, outcome: 'Nobody waits.' })).toEqual({ state: 'FAILED', outcome: 'Nobody waits.' })
  await expect(requestTest(store, { channelId: 'x', by: 'Ada' })).rejects.toBeInstanceOf(ChannelNotFoundError)
})

test('a name is taken once, whatever its case', async () => {
  await makeChannel({ name: 'Ops' })
  await expect(makeChannel({ name: 'OPS' })).rejects.toBeInstanceOf(ChannelNameTakenError)
})

test('the database keeps a channel without a target out', async () => {
  const events: ChannelEvent[] = ['RUN_FAILED']
  await expect(makeChannel({ url: null, events })).rejects.toThrow(/notification_channels_target/)
  await expect(makeChannel({ kind: 'EMAIL', url: null, events })).rejects.toThrow(/notification_channels_target/)
  expect((await pendingRun(store)).status).toBe('PENDING')
})
