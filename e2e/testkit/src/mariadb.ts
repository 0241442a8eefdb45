/** A real MariaDB of a test's own: a temporary data folder, a free port, nothing forced to disk. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { freePort } from './free-port.ts'

export type TestMariadb = {
  /** Of the database "source", as a user who may do anything. */
  url: string
  port: number
  stop(): Promise<void>
}

/** @param options for the server, such as `--ssl-cert=…` */
export const startMariadb = async ({ options = [] }: { options?: string[] } = {}): Promise<TestMariadb> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-mariadb-'))
  const data = join(folder, 'data')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const installed = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot],
    { encoding: 'utf8' },
  )
  if (installed.error) throw new Error('The tests need MariaDB: install the package mariadb-server.', { cause: installed.error })
  if (installed.status !== 0) throw new Error(`MariaDB made no data folder: ${installed.stdout}${installed.stderr}`)
  const port = await freePort()
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'socket')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=64M',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-flush-method=nosync',
      '--character-set-server=utf8mb4',
      ...asRoot,
      ...options,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  )
  const exited = once(server, 'exit')
  await untilReady(server.stderr)
  const prepared = spawnSync(
    'mariadb',
    ['--no-defaults', `--socket=${join(folder, 'socket')}`, '--user=root', '--skip-ssl', '--execute', account],
    { encoding: 'utf8' },
  )
  if (prepared.status !== 0) throw new Error(`MariaDB refused the account of the tests: ${prepared.stderr}`)
  return {
    url: `mysql://owner:owner-password@127.0.0.1:${port}/source`,
    port,
    stop: async () => {
      server.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const account = `CREATE DATABASE source; CREATE USER 'owner'@'%' IDENTIFIED BY 'owner-password'; GRANT ALL PRIVILEGES ON *.* TO 'owner'@'%' WITH GRANT OPTION;`

/** It says so itself, in its log. */
const untilReady = async (log: Readable): Promise<void> => {
  let text = ''
  log.setEncoding('utf8')
  for await (const piece of log.iterator({ destroyOnReturn: false })) {
    text += piece
    if (text.includes('ready for connections')) {
      log.resume()
      return
    }
  }
  throw new Error(`MariaDB did not start: ${text}`)
}
