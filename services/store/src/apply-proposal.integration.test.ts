import { SyncError, toFailure } from '@aiia/core/failures/failure'
import type { MappingProposal } from '@aiia/core/sync/schema-change'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyMappingProposal } from './apply-proposal.ts'
import type { Claim } from './claim-run.ts'
import { updateConnector } from './connectors.ts'
import { ActiveRunError, RunRefusedError } from './errors.ts'
import { failAttempt } from './finish-run.ts'
import { claim, failureOf, heldRun, makeConnector, streamOf, trigger, upTo } from './testing/fixtures.ts'
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

const column = { sourceType: 'date', type: 'date', nullable: true }
const proposal: MappingProposal = {
  stream: 'bseg',
  changes: [{ kind: 'RENAMED', column: 'AEDAT', to: 'CHANGED_ON', before: column, now: column }],
  fields: [{ source: 'CHANGED_ON', destination: 'AEDAT', type: null, nullable: null, default: null, transforms: [] }],
}
const failure = toFailure(new SyncError('COLUMN_MISSING', 'The source no longer has "AEDAT".', { proposal }))

let tables = 0
/** A run that ended with the proposal, of a connector with two streams. */
const failedRun = async (names = ['bseg', 'bkpf']): Promise<Claim> => {
  tables += 1
  const streams = ['bseg', 'bkpf'].map((name) => streamOf({ name, destinationTable: `${name}_${tables}` }))
  const { run } = await trigger(store, await makeConnector(store, { streams }), { streams: names })
  const held = (await claim(store, run)) as Claim
  await failAttempt(store, held, { failure, random: 0 })
  return held
}

const apply = (runId: string) => applyMappingProposal(store, { runId, requestedBy: 'Ada' })

test('the stream gets the mapping that was proposed, and the run is done again with it', async () => {
  const { runId, number } = await failedRun()
  const run = await apply(runId)
  expect(run).toMatchObject({ trigger: 'RETRY', retryOfId: runId, requestedBy: 'Ada' })
  const held = await claim(store, run)
  expect(held?.configuration.streams).toMatchObject([
    { name: 'bseg', fields: proposal.fields },
    { name: 'bkpf', fields: null },
  ])
  const [request] = await store.prisma.jobRunTransition.findMany({ where: { runId: run.id }, orderBy: { revision: 'asc' } })
  expect(request?.reason).toContain(`run #${number} proposed for stream "bseg"`)
})

test('a run of a part of the streams is done again as that part', async () => {
  const { runId } = await failedRun(['bseg'])
  expect((await claim(store, await apply(runId)))?.configuration.streams).toMatchObject([{ name: 'bseg' }])
})

test('of many clicks one applies it', async () => {
  const { runId, connectorId } = await failedRun()
  const answers = await Promise.allSettled(upTo(8).map(() => apply(runId)))
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
  expect(refusals).toHaveLength(7)
  for (const refused of refusals) expect(refused).toBeInstanceOf(ActiveRunError)
  expect(await store.prisma.jobRun.count({ where: { connectorId } })).toBe(2)
})

test.each([
  ['was changed', (name: string) => streamOf({ destinationTable: name, cursorField: 'id' })],
  ['was removed', (name: string) => streamOf({ name: 'other', destinationTable: name })],
])('a proposal for a stream that %s since is refused, and changes nothing', async (_how, changed) => {
  const { runId, connectorId, configuration } = await failedRun()
  const streams = [changed(configuration.streams[0]?.destinationTable ?? '')]
  await updateConnector(store, { id: connectorId, streams })
  await expect(apply(runId)).rejects.toThrow(/Stream "bseg" was changed or removed after run #\d+ was asked for/)
  expect(await store.prisma.stream.findMany({ where: { connectorId } })).toMatchObject([{ name: streams[0]?.name, fields: null }])
  expect(await store.prisma.jobRun.count({ where: { connectorId } })).toBe(1)
})

test('a change of the connector that leaves the stream as it was is no hindrance', async () => {
  const { runId, connectorId } = await failedRun()
  await updateConnector(store, { id: connectorId, settings: { host: 'moved.internal' } })
  expect((await claim(store, await apply(runId)))?.configuration).toMatchObject({ settings: { host: 'moved.internal' } })
})

test('a run without a proposal has nothing to apply', async () => {
  const held = await heldRun(store)
  await failAttempt(store, held, { failure: failureOf('COLUMN_MISSING'), random: 0 })
  await expect(apply(held.runId)).rejects.toBeInstanceOf(RunRefusedError)
})
