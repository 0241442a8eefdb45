import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Claim } from './claim-run.ts'
import { deleteConnector, updateConnector } from './connectors.ts'
import { ActiveRunError, ConnectorNotFoundError, RunNotFoundError, RunRefusedError } from './errors.ts'
import { fenceQuery } from './fence.ts'
import { completeRun, failAttempt } from './finish-run.ts'
import { recordProgress } from './record-progress.ts'
import { replayRejectedRows } from './replay-run.ts'
import { claim, failureOf, heldRun, inserted, receiptOf, rejectedRow, streamOf, upTo } from './testing/fixtures.ts'
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

const row = { id: '1' }
let tables = 0
const stream = (name: string) => {
  tables += 1
  return streamOf({ name, destinationTable: `replayed_${tables}` })
}

type Past = { rejected: Partial<RejectedRow>[]; committed: string[]; completes?: boolean }

/** A run with the streams `a` and `b` that has ended. */
const endedRun = async ({ rejected, committed, completes = true }: Past): Promise<Claim> => {
  const held = await heldRun(store, { streams: [stream('a'), stream('b')] })
  await recordProgress(store, held, { rejected: rejected.map(rejectedRow) })
  const destination = await store.connect()
  for (const name of committed) await destination.query(fenceQuery(held, receiptOf(name)))
  if (completes) await completeRun(store, held, { counts: { ...inserted(3), read: 3 + rejected.length, rejected: rejected.length } })
  else await failAttempt(store, held, { failure: failureOf('ROWS_REJECTED'), random: 0 })
  return held
}

const replay = (runId: string) => replayRejectedRows(store, { runId, requestedBy: 'Ada' })
const refusal = async (past: Past) => {
  const { runId, number } = await endedRun(past)
  const error = await replay(runId).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RunRefusedError)) throw new Error('not refused', { cause: error })
  expect(error.run).toEqual({ id: runId, number })
  return error.message.replaceAll(`#${number}`, '#N')
}

test('a replay is a run of the streams that have rows to replay, with the connector as it is now', async () => {
  const { runId, number, connectorId } = await endedRun({ rejected: [{ stream: 'b', row }], committed: ['a', 'b'] })
  const now = [stream('b'), stream('c')]
  await updateConnector(store, { id: connectorId, settings: { host: 'moved.internal' }, streams: now })
  const run = await replay(runId)
  expect(run).toMatchObject({ trigger: 'RETRY', retryOfId: runId, requestedBy: 'Ada', status: 'PENDING' })
  const held = await claim(store, run)
  expect(held?.configuration).toMatchObject({
    settings: { host: 'moved.internal' },
    streams: now.slice(0, 1),
    full: false,
    replay: { runId, number },
  })
  const [request] = await store.prisma.jobRunTransition.findMany({ where: { runId: run.id }, orderBy: { revision: 'asc' } })
  expect(request?.reason).toBe(`Replay of the rows that run #${number} rejected.`)
})

test('a run that failed is replayed where it committed', async () => {
  const rejected = [
    { stream: 'a', row },
    { stream: 'b', row },
  ]
  const { runId } = await endedRun({ rejected, committed: ['a'], completes: false })
  expect((await claim(store, await replay(runId)))?.configuration.streams).toMatchObject([{ name: 'a' }])
})

test('what cannot be replayed is refused, with what to do instead', async () => {
  expect(await refusal({ rejected: [], committed: ['a', 'b'] })).toBe('Run #N has no rejected rows, so there is nothing to replay.')
  expect(await refusal({ rejected: [{ stream: 'a', row }], committed: ['b'], completes: false })).toBe(
    'Nothing of stream "a" was committed by run #N, so run Sync Now instead.',
  )
  expect(await refusal({ rejected: [{ stream: 'a' }], committed: ['a', 'b'] })).toMatch(/stream "a" were not kept whole.* Sync Now/)
  expect(await refusal({ rejected: [{ stream: 'gone', row }], committed: ['a', 'b'] })).toBe(
    'The connector no longer has the stream "gone".',
  )
})

test('rows that retention has taken are not replayed', async () => {
  const { runId } = await endedRun({ rejected: [{ stream: 'a', row }], committed: ['a', 'b'] })
  await store.prisma.rejectedRow.deleteMany({ where: { runId } })
  await store.prisma.jobRun.update({ where: { id: runId }, data: { rejectedRowsRemovedAt: new Date() } })
  await expect(replay(runId)).rejects.toThrow(/retention has removed them.*Sync Now/)
})

test('of many replays at once one is made, and none while the run itself goes on', async () => {
  const { runId } = await endedRun({ rejected: [{ stream: 'a', row }], committed: ['a', 'b'] })
  const answers = await Promise.allSettled(upTo(8).map(() => replay(runId)))
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
  expect(refusals).toHaveLength(7)
  for (const refused of refusals) expect(refused).toBeInstanceOf(ActiveRunError)
  const held = await heldRun(store)
  await expect(replay(held.runId)).rejects.toBeInstanceOf(ActiveRunError)
})

test('a run that is not there, and one of a deleted connector', async () => {
  await expect(replay('nowhere')).rejects.toBeInstanceOf(RunNotFoundError)
  const { runId, connectorId } = await endedRun({ rejected: [{ stream: 'a', row }], committed: ['a', 'b'] })
  await deleteConnector(store, { id: connectorId })
  await expect(replay(runId)).rejects.toBeInstanceOf(ConnectorNotFoundError)
})
