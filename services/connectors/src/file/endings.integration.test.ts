import { execFileSync } from 'node:child_process'
import { createWriteStream, existsSync, readdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import type { CopyChunk, SourceAccess } from '@aiia/core/sync/source'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requestAll } from '../testing/extract.ts'
import { streamOf } from '../testing/source-access.ts'
import { createTestFolder, type TestFolder } from '../testing/test-folder.ts'
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

/** Open files of this process in a folder, where the system tells them. */
const openIn = (path: string): string[] =>
  (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd') : []).flatMap((fd) => {
    try {
      const target = realpathSync(join('/proc/self/fd', fd))
      return target.startsWith(path) ? [target] : []
    } catch {
      return []
    }
  })

const large = (): string => `id,text\n${Array.from({ length: 100_000 }, (_, row) => `${row},text of row ${row}\n`).join('')}`

describe.each([
  ['csv', () => ({ 'a.csv': large() })],
  ['csv.gz', () => ({ 'a.csv.gz': gzipSync(large()) })],
  ['parquet', () => ({ 'a.parquet': parquet(Array.from({ length: 100_000 }, (_, id) => id)) })],
  ['parquet.gz', () => ({ 'a.parquet.gz': gzipSync(parquet(Array.from({ length: 100_000 }, (_, id) => id))) })],
] as const)('an extract of %s', (_format, files) => {
  const begin = async (changes: Partial<SourceAccess> = {}) => {
    at.write(files())
    const source = await fileDriver.open(at.access(changes))
    const stream = streamOf({ path: 'a.*' })
    const shape = await source.describe(stream)
    const chunks = source.extract(stream, shape, requestAll(source, shape))[Symbol.asyncIterator]() as AsyncGenerator<CopyChunk>
    expect((await chunks.next()).value.rows).toBeGreaterThan(0)
    return chunks
  }
  const copies = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('aiia-file-'))

  test('that is left early leaves nothing open', async () => {
    const chunks = await begin()
    await chunks.return(undefined)
    await expect.poll(() => openIn(at.path)).toEqual([])
    expect(copies()).toEqual([])
  })

  test('that is cancelled ends at once', async () => {
    const cancel = new AbortController()
    const chunks = await begin({ signal: cancel.signal })
    cancel.abort(new Error('The run was cancelled.'))
    await expect(
      (async () => {
        for (;;) if ((await chunks.next()).done === true) return
      })(),
    ).rejects.toThrow('The run was cancelled.')
    await expect.poll(() => openIn(at.path)).toEqual([])
    expect(copies()).toEqual([])
  })
})

test('memory stays flat over a million rows', async () => {
  async function* rows(): AsyncGenerator<string> {
    yield 'id,name,note\n'
    for (let row = 0; row < 1_000_000; row += 1_000)
      yield Array.from(
        { length: 1_000 },
        (_, at) => `${row + at},"name ""${at}""",a note that is somewhat longer than the other cells\n`,
      ).join('')
  }
  await pipeline(rows, createWriteStream(join(at.path, 'a.csv')))
  await at.session(async (source) => {
    const stream = streamOf({ path: 'a.csv' })
    const shape = await source.describe(stream)
    const before = process.memoryUsage().rss
    let [count, most] = [0, 0]
    for await (const chunk of source.extract(stream, shape, requestAll(source, shape))) {
      count += chunk.rows
      most = Math.max(most, process.memoryUsage().rss)
    }
    expect(count).toBe(1_000_000)
    expect(most - before).toBeLessThan(100_000_000)
  })
})

test.runIf(existsSync('/usr/bin/zstd'))('what `zstd` packs is read', async () => {
  at.write({ 'a.csv': large() })
  execFileSync('zstd', ['-q', '--rm', join(at.path, 'a.csv')])
  expect((await at.rowsOf({ path: '*.zst' })).rows).toHaveLength(100_000)
})
