import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collectRows, drained } from '../testing/collected-rows.ts'
import { extractAll, requestAll } from '../testing/extract.ts'
import { streamOf } from '../testing/source-access.ts'
import { createTestFolder, refusal, type TestFolder } from '../testing/test-folder.ts'
import { fileDriver } from './driver.ts'

let at: TestFolder
beforeEach(() => {
  at = createTestFolder()
})
afterEach(() => {
  at.remove()
})

const parquet = (ids: number[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ids, type: 'INT32' },
        { name: 'name', data: ids.map((id) => `n${id}`), type: 'STRING' },
      ],
    }),
  )

describe('a connection test', () => {
  test('counts the files', async () => {
    at.write({ 'a.csv': 'x'.repeat(50), 'in/b.txt': 'y'.repeat(60) })
    expect(await fileDriver.test(at.access())).toMatchObject({ serverVersion: 'Folder, 2 files of 0.1 kB in it', warnings: [] })
  })

  test('warns of an empty folder', async () => {
    expect((await fileDriver.test(at.access())).warnings).toEqual([`There are no files in the folder ${at.path}.`])
  })

  test('names a folder that is none', async () => {
    at.write({ file: '' })
    expect(await refusal(fileDriver.test(at.access({ settings: { folder: join(at.path, 'no') } })))).toEqual({
      code: 'INVALID_FILE',
      message: `The folder ${at.path}/no does not exist where the worker runs.`,
    })
    expect(await refusal(fileDriver.test(at.access({ settings: { folder: join(at.path, 'file') } })))).toEqual({
      code: 'INVALID_FILE',
      message: `The folder ${at.path}/file is no folder.`,
    })
  })
})

test('discovery offers files that differ in numbers alone as one stream, with the types that were found', async () => {
  at.write({
    'in/orders-2026-11-01.csv': 'id,price\n1,1.5\n',
    'in/orders-2026-11-02.csv': 'id,price\n2,2.5\n',
    'in/customers.jsonl.gz': gzipSync('{"id":1,"tags":["a"]}\n'),
    'items.parquet': parquet([1, 2, 3]),
    'broken.parquet': 'no',
    'readme.md': '# no stream',
  })
  const streams = await fileDriver.discover(at.access())
  expect(streams.map(({ name, source, expectedRows }) => ({ name, source, expectedRows }))).toEqual([
    {
      name: 'in_customers',
      source: {
        path: 'in/customers.jsonl.gz',
        columns: [
          { name: 'id', type: 'bigint' },
          { name: 'tags', type: 'jsonb' },
        ],
      },
      expectedRows: null,
    },
    {
      name: 'in_orders',
      source: {
        path: 'in/orders-*.csv',
        columns: [
          { name: 'id', type: 'bigint' },
          { name: 'price', type: 'numeric' },
        ],
      },
      expectedRows: null,
    },
    { name: 'items', source: { path: 'items.parquet' }, expectedRows: 3 },
  ])
  expect(at.logged).toEqual(['WARN: The file broken.parquet is no Parquet file. It is not offered as a stream.'])
  for (const { source } of streams) expect((await at.rowsOf(source as object)).rows.length).toBeGreaterThan(0)
})

describe('extracts', () => {
  test('files in the order of their paths, with their columns in any order', async () => {
    at.write({ 'in/b.csv': 'name,id\ny,2\n', 'in/a.csv': 'id,name\n1,x\n', 'in/c/d.csv': 'id,name\n3,z\n', 'in/.hidden.csv': 'no' })
    expect(await at.rowsOf({ path: 'in/*.csv' })).toMatchObject({
      columns: ['id bigint', 'name text'],
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    })
    expect((await at.rowsOf({ path: '**/*.csv' })).rows.map(([id]) => id)).toEqual(['1', '2', '3'])
  })

  test('every format, packed in every way', async () => {
    const csv = 'id,name\n1,n1\n2,n2\n'
    const jsonl = '{"id":1,"name":"n1"}\n{"id":2,"name":"n2"}\n'
    at.write({
      'a.csv': csv,
      'b.csv.gz': gzipSync(csv),
      'c.data': gzipSync(csv),
      'd.jsonl': jsonl,
      'e.ndjson.gz': gzipSync(jsonl),
      'f.parquet': parquet([1, 2]),
      'g.parquet.gz': gzipSync(parquet([1, 2])),
    })
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('aiia-file-'))
    for (const source of [
      { path: 'a.csv' },
      { path: 'b.csv.gz' },
      { path: 'c.data', format: 'csv' },
      { path: 'd.jsonl' },
      { path: 'e.*' },
      { path: 'f.parquet' },
      { path: 'g.parquet.gz' },
    ])
      expect((await at.rowsOf(source)).rows).toEqual([
        ['1', 'n1'],
        ['2', 'n2'],
      ])
    expect(await at.rowsOf({ path: '{f,g}.parquet*', compression: 'none' }).catch((error: Error) => error.message)).toBe(
      'The file g.parquet.gz is no Parquet file, or is cut off.',
    )
    expect((await at.rowsOf({ path: 'f.parquet' })).expectedRows).toBe(2)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('aiia-file-'))).toEqual(before)
  })

  test('as a binary COPY, with rejected rows told by their file and line', async () => {
    at.write({ 'in/2026.csv': 'id,name\n1,x\ny,z\n3\n4,"\u00e4"\n' })
    await at.session(async (source) => {
      const stream = streamOf({ path: 'in/2026.csv', columns: [{ name: 'id', type: 'integer' }] })
      const shape = await source.describe(stream)
      const { chunks, rejections } = await extractAll(source, stream, shape)
      expect(chunks.reduce((rows, chunk) => rows + chunk.rows, 0)).toBe(4)
      expect(rejections.map(({ place, rule, raw }) => ({ place, rule, raw }))).toEqual([
        { place: 'in/2026.csv, line 3', rule: expect.stringContaining('whole number'), raw: null },
        { place: 'in/2026.csv, line 4', rule: 'The row must have 2 cells, and has 1.', raw: '3' },
      ])
    })
  })

  test('only the columns that are asked for, in their order', async () => {
    at.write({ 'a.csv': 'id,name,city\n1,x,z\n', 'a.parquet': parquet([7]), 'a.jsonl': '{"id":1,"name":"x","doc":{}}' })
    for (const [path, expected] of [
      ['a.csv', ['x', '1']],
      ['a.parquet', ['n7', '7']],
      ['a.jsonl', ['x', '1']],
    ] as const)
      await at.session(async (source) => {
        const stream = streamOf({ path })
        const shape = await source.describe(stream)
        const columns = ['name', 'id'].map((name) => ({ ...shape.columns.find((column) => column.name === name)!, as: 'text' as const }))
        const rows = collectRows(2)
        await drained(source.extract(stream, shape, { ...requestAll(source, shape), columns, rows }))
        expect(rows.collected).toEqual([expected])
      })
  })

  test('with encodings, short rows and lines to skip as the stream says', async () => {
    at.write({ 'a.csv': Buffer.from('made by somebody\nid;name;note\n1;M\xfcller\n', 'latin1') })
    const csv = { delimiter: ';', encoding: 'windows-1252', ragged: 'PAD', skipLines: 1 }
    expect((await at.rowsOf({ path: 'a.csv', csv })).rows).toEqual([['1', 'Müller', null]])
  })
})

describe('incremental', () => {
  test('reads what is new or has changed, and leaves the whole state behind', async () => {
    at.write({ 'a.csv': 'id\n1\n', 'b.csv': 'id\n2\n' })
    const first = await at.rowsOf({ path: '*.csv' })
    expect(first.rows).toEqual([['1'], ['2']])
    expect(Object.keys((first.state as { files: object }).files)).toEqual(['a.csv', 'b.csv'])
    expect((await at.rowsOf({ path: '*.csv' }, { state: first.state })).rows).toEqual([])
    at.write({ 'b.csv': 'id\n20\n', 'c.csv': 'id\n3\n' })
    const second = await at.rowsOf({ path: '*.csv' }, { state: first.state })
    expect(second.rows).toEqual([['20'], ['3']])
    expect(Object.keys((second.state as { files: object }).files)).toEqual(['a.csv', 'b.csv', 'c.csv'])
    expect((await at.rowsOf({ path: '*.csv' })).rows).toEqual([['1'], ['20'], ['3']])
  })

  test('the state comes with the last chunk alone', async () => {
    at.write({ 'a.csv': `id\n${'123456789\n'.repeat(60_000)}` })
    await at.session(async (source) => {
      const stream = streamOf({ path: 'a.csv' })
      const { chunks } = await extractAll(source, stream, await source.describe(stream))
      expect(chunks.length).toBeGreaterThan(1)
      expect(chunks.findIndex(({ state }) => state !== undefined)).toBe(chunks.length - 1)
    })
  })
})
