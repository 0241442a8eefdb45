import { streamDefaults } from '@aiia/core/sync/configuration'
import type { CopyChunk, ExtractRequest, RowWriter, Source, SourceColumn } from '@aiia/core/sync/source'
import { recordProgress } from '@aiia/store/record-progress'
import { heldRun, rejectedRow, streamOf, upTo } from '@aiia/store/testing/fixtures'
import { openStore, type TestStore } from '@aiia/store/testing/test-store'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { replaySource } from './replay-source.ts'

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

const column = (name: string): SourceColumn => ({ name, sourceType: 'text', type: 'text', nullable: true })
const shape = { columns: [column('id'), column('name')], primaryKey: ['id'], expectedRows: 5_000_000 }
const stream = streamOf({ ...streamDefaults, name: 'items' })

let closed = 0
const real: Source = {
  copiesBinary: true,
  readsSince: true,
  vouchesForKeys: true,
  guessesTypes: true,
  describe: async () => shape,
  // oxlint-disable-next-line require-yield -- what must not be asked
  extract: async function* () {
    throw new Error('the real source was read')
  },
  boundAfter: async () => null,
  close: async () => {
    closed += 1
  },
}

let open: Source[] = []
afterEach(async () => {
  await Promise.all(open.map((source) => source.close()))
  open = []
})
const replaying = (runId: string, number: number, signal = new AbortController().signal): Source => {
  const source = replaySource(real, { replay: { runId, number }, databaseUrl: store.url, signal })
  open.push(source)
  return source
}

/** Notes rows as texts; every second one makes it full. */
const recordRows = () => {
  const [rows, places, refused]: [(string | null)[][], (string | undefined)[], string[][]] = [[], [], []]
  const chunk: CopyChunk = { data: Buffer.alloc(0), rows: 0, bytes: 0 }
  let row: (string | null)[] = []
  const writer: RowWriter = {
    placeOf: null,
    set: (at, source, from, to) => {
      row[at] = source.toString('utf8', from, to)
    },
    push: () => {
      rows.push(row)
      row = []
      places.push(writer.placeOf?.())
    },
    reject: (raw, rule) => refused.push([raw, rule]),
    get isFull() {
      return rows.length % 2 === 0
    },
    take: () => chunk,
    end: () => chunk,
  }
  return { writer, rows, places, refused }
}

const read = async (source: Source, names = ['id', 'name']) => {
  const { writer, ...recorded } = recordRows()
  const columns = names.map((name) => ({ ...column(name), as: 'text' as const }))
  const request: ExtractRequest = { columns, rows: writer, range: null, since: null, state: null, parallel: null }
  let chunks = 0
  for await (const _ of source.extract(stream, await source.describe(stream), request)) chunks += 1
  return { ...recorded, chunks }
}

/** A run with rejected rows of the stream. */
const rejecting = async (rows: Parameters<typeof rejectedRow>[0][]) => {
  const held = await heldRun(store)
  await recordProgress(store, held, { rejected: rows.map((row) => rejectedRow({ stream: 'items', ...row })) })
  return held
}

test('the columns are those of the real source, the rows those that were kept', async () => {
  const { runId, number } = await rejecting([
    { position: 7, row: { id: '1', name: 'Größe', other: 'not asked' } },
    { stream: 'another', row: { id: '9', name: 'not of this stream' } },
    { row: null },
    { position: null, place: 'in/a.csv, line 3', row: { id: '2', name: null } },
    { position: null, row: { id: '', name: '' } },
  ])
  const source = replaying(runId, number)
  expect(await source.describe(stream)).toEqual({ ...shape, expectedRows: 3 })
  expect(await read(source)).toMatchObject({
    rows: [['1', 'Größe'], ['2'], ['', '']],
    places: [`row 7 of run #${number}`, 'in/a.csv, line 3', `run #${number}`],
    refused: [],
    chunks: 2,
  })
})

test('columns are found by their names, in the order in which they are wanted', async () => {
  const { runId, number } = await rejecting([{ row: { id: '1', name: 'a' } }])
  expect((await read(replaying(runId, number), ['name', 'id'])).rows).toEqual([['a', '1']])
})

test('a row that was kept without a column that is wanted by now is rejected, not filled up', async () => {
  const { runId, number } = await rejecting([{ row: { id: '1' } }, { row: { id: '2', name: 'b' } }])
  const { rows, refused } = await read(replaying(runId, number))
  expect(rows).toEqual([['2', 'b']])
  expect(refused).toEqual([['{"id":"1"}', expect.stringContaining('without the column "name"')]])
})

test('many rows come page by page, each once and in order', async () => {
  const { runId, number } = await rejecting(upTo(1_001).map((id) => ({ row: { id: String(id), name: 'x' } })))
  const { rows } = await read(replaying(runId, number))
  expect(rows.map(([id]) => Number(id))).toEqual(upTo(1_001))
})

test('it claims nothing that only the real source can do, and closes it', async () => {
  const { runId, number } = await rejecting([])
  const source = replaying(runId, number)
  const { copiesBinary, readsSince, keepsState, vouchesForKeys, boundAfter, totals, guessesTypes } = source
  expect([copiesBinary, readsSince, keepsState, vouchesForKeys, boundAfter, totals].filter(Boolean)).toEqual([])
  expect(guessesTypes).toBe(true)
  const before = closed
  await source.close()
  expect(closed).toBe(before + 1)
})

test('rows that are gone are not replayed as if there were none', async () => {
  const { runId, number } = await rejecting([{ row: { id: '1', name: 'a' } }])
  await store.prisma.jobRun.update({ where: { id: runId }, data: { rejectedRowsRemovedAt: new Date() } })
  await expect(replaying(runId, number).describe(stream)).rejects.toThrow('were removed')
})

test('an abort ends what is asked of the platform', async () => {
  const { runId, number } = await rejecting([{ row: { id: '1', name: 'a' } }])
  const abort = new AbortController()
  const source = replaying(runId, number, abort.signal)
  await source.describe(stream)
  const blocker = await store.connect()
  await blocker.query('BEGIN; LOCK TABLE platform.rejected_rows IN ACCESS EXCLUSIVE MODE')
  const failed = expect(read(source)).rejects.toThrow('terminated')
  await expect.poll(() => store.waiting()).toBe(1)
  abort.abort()
  await failed
  await blocker.query('ROLLBACK')
})
