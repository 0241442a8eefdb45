/** The kind `file` under the contract suite: CSV files in a folder of the worker. */

import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile, copyFile, readdir, readlink, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { typesFile } from './csv-types.ts'
import { badFiles, fileFailures } from './file-failures.ts'
import type { KindUnderTest } from './kind-under-test.ts'
import { parquetTypeColumns, parquetTypesFile } from './parquet-types.ts'
import { rowCodes } from './row-failures.ts'
import { declared, fileTypeColumns } from './text-types.ts'
import { csvBody, csvHead, csvOf } from './written-rows.ts'

/** A disk is never slow, but a file can be long: the same rows so many times. */
const repeats = 20

export const file: KindUnderTest = {
  kind: 'file',
  codes: ['PERMISSION_DENIED', 'SOURCE_UNAVAILABLE', 'INVALID_FILE', ...rowCodes],
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
    for (const [name, content] of Object.entries(badFiles)) await writeFile(join(folder, name), content)
    // Root may read every file, but nobody may leave the folder.
    await symlink(import.meta.filename, join(folder, 'outside.csv'))
    const missing = join(folder, 'missing')
    const slow = () => copyFile(long, pathOf('large'))
    const cut = () => truncate(pathOf('large'), 100_000)
    const { INVALID_FILE } = fileFailures('')
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
      failures: {
        PERMISSION_DENIED: [{ by: 'a link out of the folder', stream: { path: 'outside.csv' }, names: 'outside.csv' }],
        SOURCE_UNAVAILABLE: [
          { by: 'a file that is cut in mid-run', stream: { path: 'large.csv' }, before: slow, meanwhile: cut, names: 'large.csv changed' },
        ],
        INVALID_FILE: [{ by: 'a folder that is not there', settings: { folder: missing }, names: missing }, ...INVALID_FILE],
      },
      trouble: {
        slow,
        lose: cut,
        loss: 'SOURCE_UNAVAILABLE',
        heal: () => put('large', csvOf(datasets.large)),
      },
      untilLeft: async (worker) => {
        while (await isOpenBy(worker, folder));
      },
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}

/** Asked of the kernel, where it has the files of its processes in /proc. */
const isOpenBy = async (pid: number, folder: string): Promise<boolean> => {
  for (const name of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    // What is gone by now is not open.
    const path = await readlink(`/proc/${pid}/fd/${name}`).catch(() => '')
    if (path.startsWith(folder)) return true
  }
  return false
}
