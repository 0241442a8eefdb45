/** A folder with files, and sessions of the kind `file` with it, for tests. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Source, SourceAccess } from '@aiia/core/sync/source'
import { fileDriver } from '../file/driver.ts'
import { collectRows } from './collected-rows.ts'
import { requestAll } from './extract.ts'
import { streamOf } from './source-access.ts'

/** What one extract gave, as strings. */
type Extracted = { columns: string[]; expectedRows: number | null; rows: (string | null)[][]; rejected: string[]; state: unknown }

export type TestFolder = {
  path: string
  /** Lines of the log, with their level. */
  logged: string[]
  write(files: Record<string, string | Uint8Array>): void
  access(changes?: Partial<SourceAccess>): SourceAccess
  session<T>(work: (source: Source) => Promise<T>): Promise<T>
  /** Reads a stream with that `source`. */
  rowsOf(from: object, options?: { state: unknown }): Promise<Extracted>
  remove(): void
}

export const createTestFolder = (): TestFolder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'aiia-test-files-')))
  const logged: string[] = []
  const folder: TestFolder = {
    path,
    logged,
    write: (files) => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true })
        writeFileSync(join(path, name), content)
      }
    },
    access: (changes = {}) => ({
      settings: { folder: path },
      credentials: {},
      connectTimeoutMs: 10_000,
      targets: { refusal: () => null },
      signal: new AbortController().signal,
      log: (level, line) => logged.push(`${level}: ${line}`),
      ...changes,
    }),
    session: async (work) => {
      const source = await fileDriver.open(folder.access())
      try {
        return await work(source)
      } finally {
        await source.close()
      }
    },
    rowsOf: (from, { state } = { state: null }) =>
      folder.session(async (source) => {
        const stream = streamOf(from)
        const shape = await source.describe(stream)
        const rows = collectRows(shape.columns.length)
        let left: unknown
        for await (const chunk of source.extract(stream, shape, { ...requestAll(source, shape), rows, state })) left = chunk.state
        return {
          columns: shape.columns.map(({ name, type }) => `${name} ${type}`),
          expectedRows: shape.expectedRows,
          rows: rows.collected,
          rejected: rows.rejected.map(({ place, rule }) => `${place}: ${rule}`),
          state: left,
        }
      }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  return folder
}

/** How the work was refused. */
export const refusal = async (work: Promise<unknown>): Promise<{ code: string | undefined; message: string }> =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )
