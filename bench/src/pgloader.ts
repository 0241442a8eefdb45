/** The peer: pgloader, which moves a table of MySQL or a CSV file into Postgres. https://pgloader.readthedocs.io */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

export const hasPgloader = (): boolean => spawnSync('pgloader', ['--version'], { stdio: 'ignore' }).status === 0

/** Into the schema that the source's database is named after. @returns seconds */
export const loadMysql = (mysqlUrl: string, postgresUrl: string): Promise<number> =>
  run(`LOAD DATABASE FROM ${mysqlUrl} INTO ${postgresUrl}
    WITH include drop, create tables, create indexes, reset no sequences, workers = 2, concurrency = 1
    INCLUDING ONLY TABLE NAMES MATCHING 'line_items';`)

/** Into an empty table of these columns. @returns seconds */
export const loadCsv = (file: string, columns: readonly string[], postgresUrl: string, table: string): Promise<number> =>
  run(`LOAD CSV FROM '${file}' (${columns.join(', ')}) INTO ${postgresUrl} TARGET TABLE ${table} (${columns.join(', ')})
    WITH skip header = 1, fields optionally enclosed by '"', fields escaped by double-quote, fields terminated by ',';`)

const run = async (command: string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-bench-pgloader-'))
  const file = join(folder, 'command.load')
  writeFileSync(file, command)
  const started = performance.now()
  const loader = spawn('pgloader', ['--quiet', '--on-error-stop', '--root-dir', folder, file], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(loader, 'exit')
  const seconds = (performance.now() - started) / 1_000
  rmSync(folder, { recursive: true })
  if (code !== 0) throw new Error('pgloader failed; its message is above.')
  return seconds
}
