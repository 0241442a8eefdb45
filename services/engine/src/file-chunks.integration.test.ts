import { mkdtemp, readdir, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectorDrivers } from '@aiia/connectors/drivers'
import type { RowRange, Source } from '@aiia/core/sync/source'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSyncFixture, type Stream, type SyncFixture, type SyncOptions } from './testing/sync-fixture.ts'

let server: TestPostgres
let fixture: SyncFixture
let folder: string
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  fixture = await openSyncFixture(server)
  folder = await mkdtemp(join(tmpdir(), 'files-'))
  for (let file = 0; file < 10; file += 1) await put(`${file}.csv`)
})
afterEach(async () => {
  await fixture.close()
  await rm(folder, { recursive: true })
})

const rowsOfFile = 100

/** A hundred rows, which say which file they are of. */
const put = (name: string, words = 'first') => {
  const lines = Array.from({ length: rowsOfFile }, (_, row) => `${name}-${row},${words}\n`)
  return writeFile(join(folder, name), `id,words\n${lines.join('')}`)
}

const items: Stream = {
  name: 'items',
  source: { path: '*.csv' },
  mode: 'INCREMENTAL',
  primaryKey: ['id'],
  // Three files or so: how long their rows are is not known before the first chunk.
  chunkRows: 40,
}

let ranges: (RowRange | null)[]

/** @param left extracts until the source breaks off */
const sync = async ({ left = Number.POSITIVE_INFINITY, ...options }: SyncOptions & { left?: number } = {}) => {
  const files = await openFiles()
  ranges = []
  const through = (plain: Source): Source => ({
    ...files,
    extract: async function* (stream, shape, request) {
      ranges.push(request.range)
      if (ranges.length > left) throw new Error('broken off')
      yield* files.extract(stream, shape, request)
    },
    close: async () => {
      await Promise.all([plain.close(), files.close()])
    },
  })
  return fixture.sync([items], { ...options, through })
}

const openFiles = async (): Promise<Source> => {
  const driver = connectorDrivers.get('file')
  if (driver === undefined) throw new Error('no driver')
  return driver.open({
    settings: { folder },
    credentials: {},
    connectTimeoutMs: 10_000,
    targets: { refusal: () => null },
    signal: new AbortController().signal,
    log: () => {},
  })
}

/** Rows by file and what they say. */
const stored = async (): Promise<Record<string, number>> => {
  const { rows } = await fixture.destination.query<{ file: string; rows: number }>(
    `SELECT split_part(id, '-', 1) || ' ' || words AS file, count(*)::int AS rows FROM destination.items GROUP BY 1`,
  )
  return Object.fromEntries(rows.map(({ file, rows: count }) => [file, count]))
}

test('a folder is read chunk by chunk, each of whole files, and arrives whole', async () => {
  expect(await sync()).toMatchObject({ read: 1_000, inserted: 1_000 })
  expect(ranges.length).toBeGreaterThan(2)
  for (const [at, range] of ranges.entries()) expect(range?.after ?? null).toEqual(ranges[at - 1]?.upTo ?? null)
  expect(Object.keys(await stored())).toHaveLength(10)
  expect(await fixture.leftOvers()).toEqual([])
})

test('a new attempt goes on behind the last file that was kept; what changed meanwhile in front of it is read by the next run', async () => {
  await expect(sync({ runId: 'resumed', left: 2 })).rejects.toThrow('broken off')
  const kept = ranges[1]?.upTo?.[0] ?? ''
  expect(kept > '0.csv' && kept < '8.csv').toBe(true)
  await put('0.csv', 'changed')
  await put('00.csv')
  await put('9.csv', 'changed')
  await put('99.csv')
  expect(await sync({ runId: 'resumed', attempt: 2 })).toMatchObject({ read: 1_100, inserted: 1_100 })
  expect(ranges[0]?.after).toEqual([kept])
  expect(await stored()).toMatchObject({ '0.csv first': 100, '9.csv changed': 100, '99.csv first': 100 })
  expect(await sync()).toMatchObject({ read: 200, inserted: 100, updated: 100 })
  expect(await stored()).toMatchObject({ '0.csv changed': 100, '00.csv first': 100 })
  expect(await sync()).toMatchObject({ read: 0 })
})

test('chunks of a later run are of the files that are new', async () => {
  await sync()
  for (const file of ['1.csv', '3.csv', '5.csv', '7.csv']) await put(file, 'changed')
  expect(await sync()).toMatchObject({ read: 400, updated: 400 })
  expect(ranges.length).toBeLessThanOrEqual(4)
})

test('a single file is read in one go, and the log says so', async () => {
  for (const file of (await readdir(folder)).slice(1)) await unlink(join(folder, file))
  await sync()
  expect(ranges).toEqual([null])
  expect(fixture.told.lines.map(([, line]) => line).join('\n')).toContain('Stream "items" is not read in chunks')
})
