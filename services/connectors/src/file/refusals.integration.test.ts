import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { extractAll } from '../testing/extract.ts'
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

describe('files that do not belong together', () => {
  test('a column that a later file lacks is told with the file; one that it has besides is left out, and told once', async () => {
    at.write({ 'a.csv': 'id,name\n1,x\n', 'b.csv': 'id,name,more\n2,y,z\n', 'c.csv': 'other,id,name\n0,3,z\n' })
    expect((await at.rowsOf({ path: '*.csv' })).rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
      ['3', 'z'],
    ])
    expect(at.logged).toEqual([
      'WARN: Stream "stream": the file b.csv has columns that the first file does not have, and they are left out: "more".',
    ])
    at.write({ 'd.csv': 'id;name\n4;x\n' })
    expect(await refusal(at.rowsOf({ path: '*.csv' }))).toEqual({
      code: 'COLUMN_MISSING',
      message: 'The file d.csv has no column "id", "name". It has "id;name".',
    })
  })

  test('parquet files too', async () => {
    at.write({
      'a.parquet': parquet([1]),
      'b.parquet': new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'id', data: [2], type: 'INT32' }] })),
    })
    expect(await refusal(at.rowsOf({ path: '*.parquet' }))).toMatchObject({
      code: 'COLUMN_MISSING',
      message: 'The file b.parquet has no column "name". It has "id".',
    })
  })

  test('values of keys that the first lines do not have are counted', async () => {
    at.write({ 'a.jsonl': `${'{"id":1}\n'.repeat(1_000)}{"id":2,"late":1}\n` })
    expect((await at.rowsOf({ path: 'a.jsonl' })).rows).toHaveLength(1_001)
    expect(at.logged).toEqual([expect.stringContaining('WARN: Stream "stream": 1 values have keys that the first lines do not have')])
  })

  test('a column that is named and not there', async () => {
    at.write({ 'a.csv': 'id\n1\n' })
    expect(await refusal(at.rowsOf({ path: 'a.csv', columns: [{ name: 'price', type: 'numeric' }] }))).toEqual({
      code: 'COLUMN_MISSING',
      message: 'The file a.csv has no column "price". It has "id".',
    })
  })

  test('formats', async () => {
    at.write({ 'a.csv': 'id\n1\n', 'b.jsonl': '{"id":1}', c: 'id\n' })
    expect(await refusal(at.rowsOf({ path: '{a,b}*' }))).toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringContaining('The file b.jsonl is not of the same format'),
    })
    expect(await refusal(at.rowsOf({ path: 'c' }))).toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringContaining('does not tell its format'),
    })
  })
})

describe('files that cannot be read', () => {
  test.each([
    ['a.csv', '', 'The file a.csv has no header.'],
    ['a.csv.gz', 'id\n1\n', 'The file a.csv.gz is no gzip file, or is damaged: incorrect header check.'],
    ['a.csv.zst', 'id\n1\n', 'The file a.csv.zst is no Zstandard file, or is damaged: invalid zstd data.'],
    ['a.parquet', 'id\n1\n', 'The file a.parquet is no Parquet file.'],
    ['a.jsonl', '[1]\n', 'The file a.jsonl has no JSON object on its first lines, so that its columns are not known.'],
  ])('%s with %j', async (path, content, message) => {
    at.write({ [path]: content })
    expect(await refusal(at.rowsOf({ path }))).toEqual({ code: 'INVALID_FILE', message })
  })

  test('a later file that is empty, or damaged', async () => {
    at.write({ 'a.csv': `id\n${'1\n'.repeat(2_000)}`, 'b.csv': '' })
    expect(await refusal(at.rowsOf({ path: '*.csv' }))).toEqual({
      code: 'INVALID_FILE',
      message: 'The file b.csv is empty: it has no header.',
    })
    at.write({ 'c.csv.gz': gzipSync(`id\n${Array.from({ length: 50_000 }, (_, row) => `${row * 7_919}\n`).join('')}`).subarray(0, -9) })
    expect(await refusal(at.rowsOf({ path: 'c.csv.gz' }))).toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringContaining('The file c.csv.gz is no gzip file, or is damaged: unexpected end of file'),
    })
  })

  test('no file at all', async () => {
    expect(await refusal(at.rowsOf({ path: 'in/*.csv' }))).toEqual({
      code: 'INVALID_FILE',
      message: `No file matches in/*.csv in the folder ${at.path}.`,
    })
  })

  test('one that has changed since it was listed', async () => {
    at.write({ 'a.csv': 'id\n1\n' })
    await at.session(async (source) => {
      const stream = streamOf({ path: 'a.csv' })
      const shape = await source.describe(stream)
      utimesSync(join(at.path, 'a.csv'), 1, 1)
      expect(await refusal(extractAll(source, stream, shape))).toMatchObject({
        code: 'SOURCE_UNAVAILABLE',
        message: expect.stringContaining('The file a.csv changed while it was being read'),
      })
    })
  })

  test('one that leads out of the folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'aiia-test-outside-'))
    try {
      writeFileSync(join(outside, 'secret.csv'), 'id\n1\n')
      symlinkSync(join(outside, 'secret.csv'), join(at.path, 'link.csv'))
      symlinkSync(outside, join(at.path, 'in'))
      symlinkSync(at.path, join(at.path, 'again'))
      expect(await refusal(at.rowsOf({ path: 'link.csv' }))).toEqual({
        code: 'PERMISSION_DENIED',
        message: `The file link.csv leads out of the folder ${at.path}.`,
      })
      for (const path of ['in/secret.csv', '../*/secret.csv', join(outside, 'secret.csv')])
        expect((await refusal(at.rowsOf({ path }))).message).toMatch(/^No file matches/)
      at.write({ 'real.csv': 'id\n1\n' })
      symlinkSync(join(at.path, 'real.csv'), join(at.path, 'inside.csv'))
      expect((await at.rowsOf({ path: 'inside.csv' })).rows).toEqual([['1']])
    } finally {
      rmSync(outside, { recursive: true })
    }
  })

  test('a folder that is not absolute, or climbs', async () => {
    for (const path of ['data/in', '/data/../etc'])
      await expect(fileDriver.test(at.access({ settings: { folder: path } }))).rejects.toThrow('An absolute path')
  })
})
