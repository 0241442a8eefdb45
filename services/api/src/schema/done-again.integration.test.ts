import type { MappingProposal } from '@aiia/core/sync/schema-change'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueToken } from '../auth/api-tokens.ts'
import { createConnector, holdRun, type StartedRun, triggerSync } from '../testing/fixtures.ts'
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

const stream = { name: 'bseg', source: { table: 'public.bseg' } }
let tables = 0
const connector = () => {
  tables += 1
  return createConnector(api, { streams: [{ ...stream, destinationTable: `again_${tables}` }] })
}
const codeOf = async (query: string, id: string) => (await api.ask(query, { id })).errors?.[0]

test('a receipt states what became of each stream', async () => {
  const run = await triggerSync(api, await connector())
  const worker = await holdRun(api, run)
  const counts = { read: 7, rejected: 1, superseded: 1, inserted: 2, updated: 1, unchanged: 2, deleted: 0, bytes: 99, expected: null }
  const controlTotals = { rows: { source: '7', committed: '7' }, sums: [{ column: 'DMBTR', source: '12.50', committed: '12.50' }] }
  const cursor = { field: 'AEDAT', from: null, to: '2026-11-24' }
  await worker.commit({ stream: 'bseg', mode: 'INCREMENTAL', counts, controlTotals, cursor })
  await worker.commit({ stream: 'bkpf' })
  const { jobRun } = await api.get<{ jobRun: unknown }>(
    `query ($id: ID!) { jobRun(id: $id) { receipt { stream mode counts { read rejected superseded inserted updated unchanged deleted ingested bytes expected }
      controlTotals { rows { source committed } sums { column source committed } } cursor { field from to } } } }`,
    { id: run.id },
  )
  expect(jobRun).toEqual({
    receipt: [
      { stream: 'bseg', mode: 'INCREMENTAL', counts: { ...counts, ingested: 5 }, controlTotals, cursor },
      { stream: 'bkpf', mode: 'FULL_REFRESH', counts: expect.objectContaining({ read: 0 }), controlTotals: null, cursor: null },
    ],
  })
})

test('a stream that an earlier release committed has no receipt', async () => {
  const run = await triggerSync(api, await connector())
  await (await holdRun(api, run)).commit({ stream: 'bseg' })
  await api.prisma
    .$executeRaw`UPDATE platform.stream_commits SET receipt = NULL WHERE run_id = (SELECT id FROM platform.job_runs WHERE number = ${run.number})`
  expect(await api.get('query ($id: ID!) { jobRun(id: $id) { receipt { stream } } }', { id: run.id })).toEqual({ jobRun: { receipt: [] } })
})

const replay = 'mutation ($id: ID!) { replayRejectedRows(jobRunId: $id) { id number status trigger requestedBy retryOf { number } } }'
const retry = 'mutation ($id: ID!) { retryJobRun(id: $id) { id retryOf { number } } }'
const replayOf = async ({ number }: { number: number }) => (await api.prisma.jobRun.findUniqueOrThrow({ where: { number } })).configuration

/** A run that completed but for a row that can be replayed. */
const rejectingRun = async (connectorId: string): Promise<StartedRun> => {
  const run = await triggerSync(api, connectorId)
  const worker = await holdRun(api, run)
  await worker.reject([{ place: 'in/a.csv, line 17', row: { BELNR: '1', AEDAT: null } }])
  await worker.commit({ stream: 'bseg' })
  await worker.complete()
  return run
}

test('a rejected row is offered with its place and whole', async () => {
  const run = await rejectingRun(await connector())
  const query = 'query ($id: ID!) { jobRun(id: $id) { rejectedRows { nodes { stream place row column rule } } } }'
  expect(await api.get(query, { id: run.id })).toMatchObject({
    jobRun: { rejectedRows: { nodes: [{ stream: 'bseg', place: 'in/a.csv, line 17', row: { BELNR: '1', AEDAT: null } }] } },
  })
})

test('rejected rows are replayed by a new run, delivered at once; a retry of that one replays again', async () => {
  const run = await rejectingRun(await connector())
  const { replayRejectedRows: again } = await api.get<{ replayRejectedRows: StartedRun }>(replay, { id: run.id })
  expect(again).toMatchObject({ status: 'PENDING', trigger: 'RETRY', requestedBy: 'first administrator', retryOf: { number: run.number } })
  expect(await replayOf(again)).toMatchObject({ replay: { number: run.number }, streams: [{ name: 'bseg' }] })
  await expect.poll(() => api.prisma.outboxEntry.count()).toBe(0)
  expect(await codeOf(replay, run.id)).toMatchObject({ extensions: { code: 'CONFLICT', jobRunId: again.id, number: again.number } })
  await (await holdRun(api, again)).fail('INVALID_CREDENTIALS')
  const { retryJobRun: third } = await api.get<{ retryJobRun: StartedRun }>(retry, { id: again.id })
  expect(third).toMatchObject({ retryOf: { number: again.number } })
  const { number } = await api.prisma.jobRun.findFirstOrThrow({ orderBy: { number: 'desc' } })
  expect(await replayOf({ number })).toMatchObject({ replay: { number: run.number } })
})

test('what cannot be replayed is a conflict that says what to do', async () => {
  const run = await triggerSync(api, await connector())
  const worker = await holdRun(api, run)
  await worker.reject([{ row: { BELNR: '1' } }])
  expect(await codeOf(replay, run.id)).toMatchObject({
    message: expect.stringContaining(`#${run.number}`),
    extensions: { code: 'CONFLICT' },
  })
  await worker.fail('ROWS_REJECTED')
  expect(await codeOf(replay, run.id)).toMatchObject({
    message: `Nothing of stream "bseg" was committed by run #${run.number}, so run Sync Now instead.`,
    extensions: { code: 'CONFLICT', jobRunId: run.id, number: run.number },
  })
  expect(await codeOf(replay, 'nonsense')).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', fields: { jobRunId: expect.any(String) } },
  })
})

const type = { sourceType: 'DATE', type: 'date', nullable: true }
const proposal: MappingProposal = {
  stream: 'bseg',
  changes: [
    { kind: 'RENAMED', column: 'AEDAT', to: 'CHANGED_ON', before: type, now: { ...type, nullable: false } },
    { kind: 'ADDED', column: 'NEW', now: type },
    { kind: 'REMOVED', column: 'OLD', before: type },
  ],
  fields: [{ source: 'CHANGED_ON', destination: 'AEDAT', type: null, nullable: null, default: null, transforms: [{ kind: 'TRIM' }] }],
}
const apply = 'mutation ($id: ID!) { applyMappingProposal(jobRunId: $id) { id status trigger retryOf { number } } }'

const failedRun = async (connectorId: string): Promise<StartedRun> => {
  const run = await triggerSync(api, connectorId)
  await (await holdRun(api, run)).fail('COLUMN_MISSING', proposal)
  return run
}

test('a failure brings the mapping that would do', async () => {
  const run = await failedRun(await connector())
  const query = `query ($id: ID!) { jobRun(id: $id) { failure { code proposal { stream changes { kind column to before now } fields { source destination transform } } }
    attempts { failure { proposal { stream } } } } }`
  expect(await api.get(query, { id: run.id })).toEqual({
    jobRun: {
      failure: {
        code: 'COLUMN_MISSING',
        proposal: {
          stream: 'bseg',
          changes: [
            { kind: 'RENAMED', column: 'AEDAT', to: 'CHANGED_ON', before: 'DATE', now: 'DATE NOT NULL' },
            { kind: 'ADDED', column: 'NEW', to: null, before: null, now: 'DATE' },
            { kind: 'REMOVED', column: 'OLD', to: null, before: 'DATE', now: null },
          ],
          fields: [{ source: 'CHANGED_ON', destination: 'AEDAT', transform: [{ kind: 'TRIM' }] }],
        },
      },
      attempts: [{ failure: { proposal: { stream: 'bseg' } } }],
    },
  })
})

test('a proposal is applied with one click: the mapping, and a new run with it', async () => {
  const connectorId = await connector()
  const run = await failedRun(connectorId)
  const { applyMappingProposal: again } = await api.get<{ applyMappingProposal: StartedRun }>(apply, { id: run.id })
  expect(again).toMatchObject({ status: 'PENDING', trigger: 'RETRY', retryOf: { number: run.number } })
  const query = 'query ($id: ID!) { connector(id: $id) { streams { fields { source destination } } activeRun { id } } }'
  expect(await api.get(query, { id: connectorId })).toEqual({
    connector: { streams: [{ fields: [{ source: 'CHANGED_ON', destination: 'AEDAT' }] }], activeRun: { id: again.id } },
  })
})

test('a proposal for a stream that has changed since is a conflict', async () => {
  const connectorId = await connector()
  const run = await failedRun(connectorId)
  const streams = [{ ...stream, destinationTable: `again_${tables}`, rejectLimit: 5 }]
  const update = 'mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }'
  await api.get(update, { id: connectorId, input: { streams } })
  expect(await codeOf(apply, run.id)).toMatchObject({
    message: expect.stringContaining('was changed or removed'),
    extensions: { code: 'CONFLICT', jobRunId: run.id },
  })
})

test('to change a mapping takes an administrator', async () => {
  const run = await failedRun(await connector())
  const { token } = await issueToken({ prisma: api.prisma }, { name: 'operator', role: 'OPERATOR', createdBy: 'test' })
  const { errors } = await api.ask(apply, { id: run.id }, { authorization: `Bearer ${token}` })
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})
