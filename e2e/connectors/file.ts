/** The kind `file` under the contract suite: CSV files in a folder of the worker. */

import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile, copyFile, mkdir, readdir, readlink, rename, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { typesFile } from './csv-types.ts'
import type { KindUnderTest, Refusal } from './kind-under-test.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { declared, fileTypeColumns } from './text-types.ts'
import { csvBody, csvHead, csvOf } from './written-rows.ts'

/** A disk is never slow, but a file can be long: the same rows so many times. */
const repeats = 20

export const file: KindUnderTest = {
  kind: 'file',
  start: async (datasets) => {
    const folder = mkdtempSync(join(tmpdir(), 'aiia-test-folder-'))
    const pathOf = (name: string) => join(folder, `${name}.csv`)
    // Under another name first, as who writes files should.
    const put = async (name: string, content: string) => {
      await writeFile(join(folder, 'unfinished'), content)
      await rename(join(folder, 'unfinished'), pathOf(name))
    }
    for (const [name, dataset] of Object.entries(datasets)) await put(name, csvOf(dataset))
    await put('types', typesFile(fileTypeColumns))
    await writeFile(join(folder, 'types.parquet'), parquetTypesFile())
    const long = join(folder, 'long')
    await writeFile(long, csvHead(datasets.large))
    for (let count = 0; count < repeats; count += 1) await appendFile(long, csvBody(datasets.large))
    return {
      settings: { folder },
      credentials: {},
      streamOf: (name) => ({ path: `${name}.csv` }),
      types: [
        { stream: { path: 'types.csv', columns: declared(fileTypeColumns) }, columns: fileTypeColumns },
        { stream: { path: 'types.parquet' }, columns: parquetTypeColumns },
      ],
      change: (name, later) => put(name, csvOf(later)),
      retyped: 'COLUMN_TYPE_CHANGED',
      refusals: await refusalsIn(folder),
      trouble: {
        slow: () => copyFile(long, pathOf('large')),
        lose: () => truncate(pathOf('large'), 100_000),
        loss: 'SOURCE_UNAVAILABLE',
        silence: null,
        heal: () => put('large', csvOf(datasets.large)),
      },
      untilLeft: async () => {
        while (await isOpenAnywhere(folder));
      },
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}

const refusalsIn = async (folder: string): Promise<Refusal[]> => {
  const missing = join(folder, 'missing')
  const refusals: Refusal[] = [{ settings: { folder: missing }, code: 'INVALID_FILE', names: missing }]
  // Root may enter every folder.
  if (process.getuid?.() === 0) return refusals
  const closed = join(folder, 'closed')
  await mkdir(closed, { mode: 0o000 })
  return [...refusals, { settings: { folder: closed }, code: 'PERMISSION_DENIED', names: closed }]
}

/** Asked of the kernel, where it has the files of its processes in /proc. */
const isOpenAnywhere = async (folder: string): Promise<boolean> => {
  for (const pid of await entriesOf('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    for (const name of await entriesOf(`/proc/${pid}/fd`)) {
      // What is gone by now is not open.
      const path = await readlink(`/proc/${pid}/fd/${name}`).catch(() => '')
      if (path.startsWith(folder)) return true
    }
  }
  return false
}

const entriesOf = (path: string): Promise<string[]> => readdir(path).catch(() => [])
