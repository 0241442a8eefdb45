/** What every kind of files can do, whatever keeps them: the same tests for each. */

import { gzipSync } from 'node:zlib'
import type { ConnectorDriver, CopyChunk, Source, SourceAccess } from '@aiia/core/sync/source'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collectRows } from './collected-rows.ts'
import { requestAll } from './extract.ts'
import { streamOf } from './source-access.ts'

/** A store of its own for each test, empty. */
export type TestStore = {
  access: SourceAccess
  put(path: string, content: Buffer | string): Promise<void>
  /** Resolves when the server has nothing open for us any more. */
  untilLeft(): Promise<void>
}

/** @param startStore is given the signal of the sessions */
export const testFileKind = (driver: ConnectorDriver, startStore: (signal: AbortSignal) => Promise<TestStore>): void => {
  describe(`files by ${driver.kind}`, () => {
    testFiles(driver, startStore)
  })
}

const testFiles = (driver: ConnectorDriver, startStore: (signal: AbortSignal) => Promise<TestStore>): void => {
  let cancel: AbortController
  let store: TestStore
  let source: Source
  beforeEach(async () => {
    cancel = new AbortController()
    store = await startStore(cancel.signal)
    source = await driver.open(store.access)
  })
  afterEach(async () => {
    await source.close()
    await store.untilLeft()
  })

  const rowsOf = async (from: object, state: unknown = null) => {
    const stream = streamOf(from)
    const shape = await source.describe(stream)
    const rows = collectRows(shape.columns.length)
    let left: unknown
    for await (const chunk of source.extract(stream, shape, requestAll(source, shape, { rows, state }))) left = chunk.state
    expect(rows.rejected).toEqual([])
    return { rows: rows.collected, columns: shape.columns, state: left }
  }

  describe('formats', () => {
    const rows = [
      ['1', 'one'],
      ['2', 'zwei ä'],
      ['3', null],
    ]
    const columns = [
      { name: 'id', type: 'bigint' },
      { name: 'name', type: 'text' },
    ]

    test('CSV', async () => {
      await store.put('in/a.csv', 'id,name\n1,one\n2,zwei ä\n3,\n')
      expect(await rowsOf({ path: 'in/a.csv', columns })).toMatchObject({ rows, columns })
    })

    test('JSON Lines, compressed', async () => {
      await store.put('in/a.jsonl.gz', gzipSync('{"id":1,"name":"one"}\n{"id":2,"name":"zwei ä"}\n{"id":3,"name":null}\n'))
      expect(await rowsOf({ path: 'in/a.jsonl.gz', columns })).toMatchObject({ rows, columns })
    })

    test('Parquet', async () => {
      const content = parquetWriteBuffer({
        columnData: [
          { name: 'id', data: [1n, 2n, 3n], type: 'INT64' },
          { name: 'name', data: ['one', 'zwei ä', null], type: 'STRING' },
        ],
      })
      await store.put('in/a.parquet', Buffer.from(content))
      expect(await rowsOf({ path: 'in/a.parquet' })).toMatchObject({ rows, columns })
    })
  })

  test('many files of a pattern are one stream, in the order of their names', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `2026-${String(index).padStart(3, '0')}.csv`)
    for (const name of names) await store.put(`in/${name}`, `name\n${name}\n`)
    await store.put('in/other.txt', 'name\nother\n')
    await store.put('out/2026-000.csv', 'name\nout\n')
    expect((await rowsOf({ path: 'in/*.csv' })).rows).toEqual(names.map((name) => [name]))
  })

  test('with the state of the last run only new and changed files are read', async () => {
    await store.put('in/a.csv', 'name\na\n')
    await store.put('in/b.csv', 'name\nb\n')
    const first = await rowsOf({ path: 'in/*.csv' })
    expect(first.rows).toEqual([['a'], ['b']])
    expect((await rowsOf({ path: 'in/*.csv' }, first.state)).rows).toEqual([])
    await store.put('in/a.csv', 'name\nanother\n')
    await store.put('in/c.csv', 'name\nc\n')
    const second = await rowsOf({ path: 'in/*.csv' }, first.state)
    expect(second.rows).toEqual([['another'], ['c']])
    expect((await rowsOf({ path: 'in/*.csv' }, second.state)).rows).toEqual([])
  })

  test('files are found, and what they hold', async () => {
    await store.put('in/orders-2026-10.csv', 'id,name\n1,one\n')
    await store.put('in/orders-2026-11.csv', 'id,name\n2,two\n')
    await store.put('events.jsonl', '{"at":"2026-11-24T10:35:00Z"}\n')
    const found = await driver.discover(store.access)
    expect(found.map(({ source }) => (source as { path: string }).path).toSorted()).toEqual(['events.jsonl', 'in/orders-*.csv'])
    expect(found.find(({ name }) => name === 'in_orders')?.columns.map(({ name }) => name)).toEqual(['id', 'name'])
  })

  test('a path that nothing matches is INVALID_FILE', async () => {
    await expect(source.describe(streamOf({ path: 'in/*.csv' }))).rejects.toMatchObject({ code: 'INVALID_FILE' })
  })

  describe('in the middle of a large file', () => {
    const start = async (): Promise<AsyncIterator<CopyChunk>> => {
      await store.put('in/large.csv', `name\n${'a line of some forty characters or so\n'.repeat(200_000)}`)
      const stream = streamOf({ path: 'in/large.csv' })
      const shape = await source.describe(stream)
      const chunks = source.extract(stream, shape, requestAll(source, shape))[Symbol.asyncIterator]()
      expect((await chunks.next()).value.rows).toBeGreaterThan(0)
      return chunks
    }

    test('it can be left, and another one be read', async () => {
      const chunks = await start()
      await chunks.return?.()
      await store.put('in/small.csv', 'name\nsmall\n')
      expect((await rowsOf({ path: 'in/small.csv' })).rows).toEqual([['small']])
    })

    test('a cancel ends it at once, with its own reason', async () => {
      const chunks = await start()
      cancel.abort(new Error('cancelled by the test'))
      const drain = async () => {
        while ((await chunks.next()).done !== true);
      }
      await expect(drain()).rejects.toThrow('cancelled by the test')
      await store.untilLeft()
    })

    test('it can be closed, and nobody stays', async () => {
      const chunks = await start()
      await source.close()
      await store.untilLeft()
      await chunks.return?.()
    })
  })
}
