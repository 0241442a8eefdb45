import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Claim } from './claim-run.ts'
import { fenceQuery, intentQuery } from './fence.ts'
import { failAttempt } from './finish-run.ts'
import { recordProgress } from './record-progress.ts'
import { rejectedRowPages, type StoredRejectedRow } from './rejected-rows.ts'
import { claim, failureOf, heldRun, receiptOf, rejectedRow, streamOf, upTo } from './testing/fixtures.ts'
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

const pagesOf = async (runId: string, size: number): Promise<StoredRejectedRow[][]> => {
  const pages: StoredRejectedRow[][] = []
  for await (const page of rejectedRowPages(store, runId, size)) pages.push(page)
  return pages
}

test('a rejected row is kept with its place and whole', async () => {
  const held = await heldRun(store)
  const row = { id: '1', 'Größe "of"': 'ä', nothing: null }
  await recordProgress(store, held, { rejected: [rejectedRow({ place: 'in/a.csv, line 17', row }), rejectedRow({ position: 2 })] })
  expect((await pagesOf(held.runId, 10)).flat()).toMatchObject([
    { ordinal: 1, place: 'in/a.csv, line 17', row },
    { ordinal: 2, place: null, row: null },
  ])
})

test.each([
  ['in a value', { id: 'a\0b' }],
  ['in a name', { 'i\0d': 'a' }],
  ['half a character', { id: '\ud83d' }],
])('a row that Postgres cannot hold as it is is not kept to be replayed: %s', async (_where, row) => {
  const held = await heldRun(store)
  await recordProgress(store, held, { rejected: [rejectedRow({ place: 'a\0b', rawValue: 'a\0b', row })] })
  expect((await pagesOf(held.runId, 10)).flat()).toMatchObject([{ place: 'a\\u0000b', rawValue: 'a\\u0000b', row: null }])
})

test('pages follow one another without a hole, and the last one may be full', async () => {
  const held = await heldRun(store)
  await recordProgress(store, held, { rejected: upTo(6).map((position) => rejectedRow({ position })) })
  const pages = await pagesOf(held.runId, 3)
  expect(pages.map((page) => page.map(({ ordinal }) => ordinal))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
  expect(await pagesOf((await heldRun(store)).runId, 3)).toEqual([])
})

test('a new attempt begins without what the last one rejected, but for what is committed, may be, or is of a chunk', async () => {
  const names = ['committed', 'meant', 'chunked', 'whole']
  const streams = names.map((name) => streamOf({ name, destinationTable: `again_${name}`, chunkRows: name === 'chunked' ? 1_000 : null }))
  const first = await heldRun(store, { streams })
  await recordProgress(store, first, { rejected: names.map((stream) => rejectedRow({ stream })) })
  const connection = await store.connect()
  await connection.query(fenceQuery(first, receiptOf('committed')))
  await connection.query(intentQuery(first, 'meant'))
  await failAttempt(store, first, { failure: failureOf('CONNECTION_LOST'), random: 0 })
  const second = (await claim(store, { id: first.runId, attempt: 2 })) as Claim
  expect((await pagesOf(first.runId, 10)).flat().map(({ stream }) => stream)).toEqual(['committed', 'meant', 'chunked'])
  await recordProgress(store, second, { rejected: [rejectedRow({ stream: 'whole' })] })
  expect((await pagesOf(first.runId, 10)).flat().map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4])
})

test('where a stream begins again, the rows that were rejected behind that are gone, and those in front stay', async () => {
  const held = await heldRun(store)
  const positions = [1, 5, 6, 9, null]
  await recordProgress(store, held, {
    rejected: ['one', 'other'].flatMap((stream) => positions.map((position) => rejectedRow({ stream, position }))),
  })
  await recordProgress(store, held, { begun: [{ stream: 'one', behind: 5 }], rejected: [rejectedRow({ stream: 'one', position: 7 })] })
  const left = (await pagesOf(held.runId, 20)).flat()
  const of = (name: string) => left.filter(({ stream }) => stream === name).map(({ position }) => position && Number(position))
  expect(of('one')).toEqual([1, 5, 7])
  expect(of('other')).toEqual(positions)
})
