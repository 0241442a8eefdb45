import { setTimeout as wait } from 'node:timers/promises'
import type { Actor, AuditNote } from '@aiia/core/audit/audit'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { note } from './audit.ts'
import { verifyAuditLog } from './audit-log.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
beforeEach(async () => {
  store = await openStore(server)
})
afterEach(() => store.close())

const ada: Actor = { kind: 'PERSON', name: 'ada@example.com', id: 'p1', address: '10.0.0.7' }
const paused = (reason: string): AuditNote => ({
  action: 'PLATFORM_PAUSED',
  subject: { kind: 'PLATFORM', id: null, name: 'the platform' },
  details: { reason },
})

const write = (reason: string, actor = ada): Promise<void> =>
  store.prisma.$transaction((transaction) => note(transaction, actor, paused(reason)))

const entries = () => store.prisma.auditEntry.findMany({ orderBy: { number: 'asc' } })

/** As somebody can who owns the database. */
const tamper = async (sql: string): Promise<void> => {
  await store.prisma.$executeRawUnsafe(`ALTER TABLE platform.audit_log DISABLE TRIGGER ALL`)
  await store.prisma.$executeRawUnsafe(sql)
  await store.prisma.$executeRawUnsafe(`ALTER TABLE platform.audit_log ENABLE TRIGGER ALL`)
}

test('an entry says who did what from where, and follows on the one before it', async () => {
  await write('first')
  await write('second', { ...ada, id: null, address: null })
  const [first, second] = await entries()
  expect(first).toMatchObject({
    number: 1,
    actorKind: 'PERSON',
    actor: 'ada@example.com',
    actorId: 'p1',
    address: '10.0.0.7',
    action: 'PLATFORM_PAUSED',
    subjectKind: 'PLATFORM',
    subject: 'the platform',
    details: '{"reason":"first"}',
    previousHash: '0'.repeat(64),
  })
  expect(second).toMatchObject({ number: 2, actorId: null, previousHash: first?.hash })
  expect(await verifyAuditLog(store)).toEqual({ entries: 2, lastHash: second?.hash, broken: null })
})

test('an entry comes with what it tells, or not at all', async () => {
  await expect(
    store.prisma.$transaction(async (transaction) => {
      await note(transaction, ada, paused('rolled back'))
      throw new Error('refused')
    }),
  ).rejects.toThrow('refused')
  await store.prisma.$transaction((transaction) => note(transaction, undefined, paused('of nobody')))
  expect(await entries()).toEqual([])
  expect(await store.prisma.$queryRaw`SELECT * FROM platform.audit_pending`).toEqual([])
})

test('many at once make one chain without a gap', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, i) => write(`entry ${i}`)))
  await store.prisma.$transaction(async (transaction) => {
    await note(transaction, ada, paused('two of'))
    await note(transaction, ada, paused('one transaction'))
  })
  const all = await entries()
  expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 62 }, (_, i) => i + 1))
  expect(await verifyAuditLog(store)).toMatchObject({ entries: 62, broken: null })
})

test('a client that stops before its commit keeps nobody waiting', async () => {
  const client = await store.connect()
  await client.query('BEGIN')
  await client.query(`INSERT INTO platform.audit_pending (actor_kind, actor, action, subject_kind, subject, details)
    VALUES ('PERSON', 'frozen', 'SIGNED_IN', 'PERSON', 'x', '{}')`)
  await Promise.race([
    write('goes on'),
    wait(20_000).then(() => {
      throw new Error('the log was locked')
    }),
  ])
  await client.query('COMMIT')
  expect((await entries()).map(({ actor }) => actor)).toEqual(['ada@example.com', 'frozen'])
})

test.each([`UPDATE platform.audit_log SET actor = 'x'`, 'DELETE FROM platform.audit_log', 'TRUNCATE platform.audit_log'])(
  'the database refuses %s',
  async (sql) => {
    await write('stays')
    await expect(store.prisma.$executeRawUnsafe(sql)).rejects.toThrow(/the audit log only grows/)
    expect(await entries()).toHaveLength(1)
  },
)

test.each([
  [`UPDATE platform.audit_log SET actor = 'bob' WHERE number = 3`, 3, 'was changed after it was written'],
  [`UPDATE platform.audit_log SET address = NULL WHERE number = 3`, 3, 'was changed after it was written'],
  [`UPDATE platform.audit_log SET at = at + interval '1 ms' WHERE number = 3`, 3, 'was changed after it was written'],
  // A text that moves from one field to the next is another entry.
  [`UPDATE platform.audit_log SET actor_kind = 'PERSONada', actor = '@example.com' WHERE number = 3`, 3, 'was changed'],
  ['DELETE FROM platform.audit_log WHERE number = 3', 3, 'Entry 3 is missing'],
  ['DELETE FROM platform.audit_log WHERE number = 1', 1, 'Entry 1 is missing'],
  [`UPDATE platform.audit_log SET previous_hash = repeat('0', 64) WHERE number = 3`, 3, 'does not follow'],
  ['UPDATE platform.audit_log SET number = number + 1 WHERE number = 5', 5, 'Entry 5 is missing'],
])('%s is found at entry %i', async (sql, number, problem) => {
  for (let i = 1; i <= 5; i += 1) await write(`äöü ${i}`)
  expect((await verifyAuditLog(store)).broken).toBeNull()
  await tamper(sql)
  const { entries: sound, broken } = await verifyAuditLog(store)
  expect(broken).toEqual({ number, problem: expect.stringContaining(problem) })
  expect(sound).toBe(number - 1)
})
