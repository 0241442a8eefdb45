import { createPrisma } from '@aiia/prisma/client'
import { migrate } from '@aiia/prisma/migrate'
import { startPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('four processes that start at once apply each migration once', async () => {
  const url = await server.createDatabase()
  const applied = (await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)])).flat()
  expect(applied.length).toBeGreaterThan(0)
  expect(new Set(applied).size).toBe(applied.length)
  expect(await migrate(url)).toEqual([])
})

test('a migration that was edited after it was applied is refused by name', async () => {
  const url = await server.createDatabase()
  const [first] = await migrate(url)
  await query(url, `UPDATE public._prisma_migrations SET checksum = 'other'`)
  await expect(migrate(url)).rejects.toThrow(`Migration ${first} was edited`)
})

test('a migration that another tool left half-way is refused by name', async () => {
  const url = await server.createDatabase()
  await migrate(url)
  await query(url, 'UPDATE public._prisma_migrations SET finished_at = NULL')
  await expect(migrate(url)).rejects.toThrow('stopped half-way')
})

test('the client reads every table that the migrations make', async () => {
  const url = await server.createDatabase()
  await migrate(url)
  const prisma = createPrisma(url, 2)
  const counts = await Promise.all([
    prisma.user.count(),
    prisma.session.count(),
    prisma.account.count(),
    prisma.verification.count(),
    prisma.rateLimit.count(),
    prisma.apiToken.count(),
    prisma.connector.count(),
    prisma.stream.count(),
    prisma.schedule.count(),
    prisma.scheduleSlot.count(),
    prisma.jobRun.count(),
    prisma.jobStep.count(),
    prisma.logLine.count(),
    prisma.rejectedRow.count(),
    prisma.streamCommit.count(),
    prisma.commitIntent.count(),
    prisma.jobRunTransition.count(),
    prisma.outboxEntry.count(),
    prisma.sourceRequest.count(),
    prisma.worker.count(),
    prisma.scheduler.count(),
    prisma.auditEntry.count(),
    prisma.notificationChannel.count(),
    prisma.notificationDelivery.count(),
  ])
  expect(new Set(counts)).toEqual(new Set([0]))
  await prisma.$disconnect()
})

/** An entry of the history of run a. */
const entry = (revision: number, from: string, to: string) =>
  `INSERT INTO platform.job_run_transitions (run_id, revision, attempt, from_status, to_status, by, reason, last_log_seq)
   VALUES ('a', ${revision}, 1, ${from}, '${to}', 'a test', 'Why not.', 0);`

test.each([
  [
    'a second active run of a connector',
    `INSERT INTO platform.job_runs (id, connector_id, trigger, configuration, max_attempts) VALUES ('b', 'c', 'API', '{}', 1)`,
    'job_runs_one_active_per_connector',
  ],
  ['a running run without a lease', `UPDATE platform.job_runs SET status = 'RUNNING'`, 'job_runs_running_is_leased'],
  ['a failed run without its cause', `UPDATE platform.job_runs SET status = 'FAILED', finished_at = now()`, 'job_runs_failure_has_cause'],
  [
    'a completed run whose counts do not balance',
    `UPDATE platform.job_runs SET status = 'COMPLETED', finished_at = now(), read = 2, inserted = 1`,
    'job_runs_completed_balances',
  ],
  [
    'an ended run that keeps a secret',
    `UPDATE platform.job_runs SET status = 'CANCELLED', finished_at = now(), credentials_sealed = 'x'`,
    'job_runs_ended_keeps_no_secret',
  ],
  [
    'a change of a final status',
    `UPDATE platform.job_runs SET status = 'CANCELLED', finished_at = now(); UPDATE platform.job_runs SET status = 'PENDING', finished_at = NULL`,
    'stays so',
  ],
  [
    'a status without an entry in the history',
    `UPDATE platform.job_runs SET status = 'CANCELLED', finished_at = now()`,
    'became CANCELLED without an entry in its history',
  ],
  [
    'an entry of the history that tells another change than was made',
    `UPDATE platform.job_runs SET status = 'CANCELLED', finished_at = now(), revision = 2; ${entry(2, `'PENDING'`, 'FAILED')}`,
    'became CANCELLED without an entry in its history',
  ],
  ['a transition that is not lawful', entry(2, `'PENDING'`, 'COMPLETED'), 'job_run_transitions_lawful'],
])('the database itself refuses %s', async (_what, sql, refusal) => {
  const url = await server.createDatabase()
  await migrate(url)
  await query(
    url,
    `INSERT INTO platform.connectors (id, name, kind, settings, updated_at) VALUES ('c', 'SAP', 'postgres', '{}', now());
     INSERT INTO platform.job_runs (id, connector_id, trigger, configuration, max_attempts) VALUES ('a', 'c', 'API', '{}', 1);
     ${entry(1, 'NULL', 'PENDING')}`,
  )
  await expect(query(url, sql)).rejects.toThrow(refusal)
})
