import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completeRun } from './finish-run.ts'
import { recordProgress } from './record-progress.ts'
import { atOnce, heldRun, info, inserted, logOf, rejectedRow, runOf, upTo } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

/** Reports under way at once, and connections of the store. */
const reporters = 20

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server, { connections: reporters })
})
afterAll(async () => {
  await store.close()
  await server.stop()
})

test('lines of many reports at once are numbered 1 to n, and those of one report stay together in order', async () => {
  const held = await heldRun(store)
  await atOnce(reporters, async (reporter) => {
    for (const report of upTo(4)) {
      await recordProgress(store, held, { lines: upTo(5).map((line) => info(`${reporter}.${report}.${line}`)) })
    }
  })
  const log = await logOf(store, held.runId)
  expect(log.map(({ seq }) => seq)).toEqual(upTo(reporters * 4 * 5))
  expect((await runOf(store, held.runId)).lastLogSeq).toBe(log.length)
  const starts = log.filter((_line, index) => index % 5 === 0).map(({ message }) => message.split('.').slice(0, 2).join('.'))
  expect(new Set(starts).size).toBe(reporters * 4)
  expect(log.map(({ message }) => message)).toEqual(starts.flatMap((report) => upTo(5).map((line) => `${report}.${line}`)))
})

test('each report tells another revision and the newest line as of then', async () => {
  const held = await heldRun(store)
  const notices = await atOnce(reporters, () => recordProgress(store, held, { lines: [info('one'), info('two')] }))
  const told = notices.map((notice) => [notice?.revision, notice?.lastLogSeq]).toSorted(([a = 0], [b = 0]) => a - b)
  expect(told).toEqual(upTo(reporters).map((index) => [held.revision + index, index * 2]))
})

test('reports of two runs at once keep their own numbers', async () => {
  const runs = [await heldRun(store), await heldRun(store)]
  await atOnce(reporters, (index) => {
    const held = runs[index % 2]
    if (held === undefined) throw new Error('there are two runs')
    return recordProgress(store, held, { lines: [info(held.runId)] })
  })
  for (const { runId } of runs) {
    const log = await logOf(store, runId)
    expect(log.map(({ seq, message }) => [seq, message])).toEqual(upTo(reporters / 2).map((seq) => [seq, runId]))
  }
})

test('a message of several lines is stored as one, and what could steer a terminal is made visible', async () => {
  const held = await heldRun(store)
  await recordProgress(store, held, { lines: [info('first\nsecond\r\n\tthird \u001b[31mred\u0000')] })
  expect((await logOf(store, held.runId)).map(({ message }) => message)).toEqual([String.raw`first\nsecond\r\n\tthird \u001b[31mred\u0000`])
})

test('a message keeps its letters, its level and its time', async () => {
  const held = await heldRun(store)
  const at = new Date('2026-05-24T02:00:03.123Z')
  await recordProgress(store, held, { lines: [{ at, level: 'DEBUG', message: `Straße "ä" {1,2} 'x' \\ 漢字 😀` }] })
  expect(await logOf(store, held.runId)).toEqual([
    { runId: held.runId, seq: 1, at, level: 'DEBUG', message: `Straße "ä" {1,2} 'x' \\ 漢字 😀` },
  ])
})

test('the lines of the end follow those of the reports that came before', async () => {
  const held = await heldRun(store)
  await recordProgress(store, held, { lines: [info('one')] })
  await recordProgress(store, held, {})
  await completeRun(store, held, { counts: inserted(1), lines: [info('two'), info('three')] })
  const log = (await logOf(store, held.runId)).map(({ seq, message }) => `${seq} ${message}`)
  expect(log).toEqual(['1 one', '2 two', '3 three', expect.stringMatching(/^4 Job completed\./)])
})

test('rejected rows of many reports at once are numbered 1 to n', async () => {
  const held = await heldRun(store)
  await atOnce(reporters, (position) => {
    const rejected = [rejectedRow({ position }), rejectedRow({ position: null, rawValue: null })]
    return recordProgress(store, held, { rejected })
  })
  const rows = await store.prisma.rejectedRow.findMany({ where: { runId: held.runId }, orderBy: { ordinal: 'asc' } })
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(upTo(reporters * 2))
  const positions = rows.flatMap(({ position }) => (position === null ? [] : [Number(position)]))
  expect(positions.toSorted((a, b) => a - b)).toEqual(upTo(reporters))
})
