import { EventEmitter, once } from 'node:events'
import { SyncError, toFailure } from '@aiia/core/failures/failure'
import { noRecords } from '@aiia/core/job-run/counts'
import { createLogger, type Logger } from '@aiia/kit/logger'
import { createMessaging, type Messaging } from '@aiia/messaging/messaging'
import { claim, heldRun, info, inserted, logOf, makeConnector, runOf, trigger } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleAttempt } from './settle-attempt.ts'

const log = createLogger('test', 'silent')

let server: TestPostgres
let store: TestStore
let messaging: Messaging
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
  messaging = await createMessaging({ redisUrl: undefined, databaseUrl: await server.createDatabase(), log })
})
afterAll(async () => {
  await messaging?.close()
  await store?.close()
  await server?.stop()
})

const context = () => ({ prisma: store.prisma, feed: messaging.feed, log })

test('a completed attempt ends its run, and what was not written yet is in its log', async () => {
  const held = await heldRun(store)
  await settleAttempt(context(), held, { type: 'completed', counts: inserted(2) }, { lines: [info('the last word')] })
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'COMPLETED', inserted: 2n })
  expect((await logOf(store, held.runId)).map(({ message }) => message)).toEqual([
    'the last word',
    expect.stringMatching(/^Job completed\. 2 records ingested/),
  ])
})

test('an end that the database refuses is told as a defect, and the run does not stay Running', async () => {
  const held = await heldRun(store)
  await settleAttempt(context(), held, { type: 'completed', counts: { ...noRecords, read: 2 } }, {})
  const run = await runOf(store, held.runId)
  expect(run.status).toBe('FAILED')
  expect(run.failure).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('job_runs_completed_balances') })
})

test('an end is kept while the database is away', async () => {
  const held = await heldRun(store)
  const failure = toFailure(new SyncError('INVALID_CREDENTIALS', 'Sign-in refused.'))
  await Promise.all([server.restart(), settleAttempt(context(), held, { type: 'failed', failure }, {})])
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'FAILED', failure: { code: 'INVALID_CREDENTIALS' } })
})

test('an end is kept while the database has no room for it', async () => {
  const held = await heldRun(store)
  await store.prisma.$executeRawUnsafe(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`)
  await store.prisma.$executeRawUnsafe('CREATE TRIGGER full_disk BEFORE INSERT ON platform.log_lines EXECUTE FUNCTION full_disk()')
  const tries = new EventEmitter()
  const warned = { ...log, warn: () => void tries.emit('try') } as unknown as Logger
  const settled = settleAttempt({ ...context(), log: warned }, held, { type: 'completed', counts: inserted(2) }, {})
  for (const _ of Array.from({ length: 6 })) await once(tries, 'try')
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'RUNNING' })
  await store.prisma.$executeRawUnsafe('DROP TRIGGER full_disk ON platform.log_lines')
  await settled
  expect(await runOf(store, held.runId)).toMatchObject({ status: 'COMPLETED', inserted: 2n })
})

test('an attempt that lost its run writes nothing', async () => {
  const run = (await trigger(store, await makeConnector(store))).run
  const held = await claim(store, run)
  if (held === null) throw new Error('not claimed')
  await settleAttempt(context(), held, { type: 'lost' }, { lines: [info('too late')] })
  expect(await logOf(store, run.id)).toEqual([])
})
