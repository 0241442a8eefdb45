/** Brings a fresh or updated clone to where it can run: checks Node, installs what is missing, builds what is stale. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const stamp = join(root, 'node_modules', '.installed-from')

/** Ends the process with the tool's output when it fails; says nothing when it succeeds. */
const must = (what, command, args, cwd = root) => {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_DAEMON: 'false' },
  })
  if (status === 0) return
  console.error(`${stdout ?? ''}\n${what} failed${error ? `: ${error.message}` : ''}. The lines above say why.`)
  process.exit(1)
}

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 9)) return
  console.error(`Node ${process.versions.node} is too old: this needs Node 20.9 or newer.`)
  process.exit(1)
}

/** Runs `npm ci` when node_modules is missing, unfinished, or from another lockfile. */
export const install = () => {
  checkNode()
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing packages (a minute or two, once) …')
  must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

const turbo = (what, ...args) =>
  must(what, process.execPath, [join(root, 'node_modules', 'turbo', 'bin', 'turbo'), 'run', 'build', '--output-logs=errors-only', ...args])

/** What type checks need: the Prisma client, and the console's GraphQL documents. */
export const generate = () => {
  turbo('Generating the database client', '--filter=@aiia/prisma')
  must('Generating the GraphQL documents', 'npm', ['run', '--silent', 'codegen', '-w', '@aiia/web'])
}

export const prepare = () => {
  install()
  console.log('Building what is stale …')
  turbo('The build')
}
