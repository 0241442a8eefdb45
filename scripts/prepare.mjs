/** Brings a fresh or updated clone to where it can run: checks Node, installs what is missing, builds what is stale. */

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const quiet = { NEXT_TELEMETRY_DISABLED: '1', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a tool in a process group of its own, which a signal to us ends whole, so that nothing stays behind. */
const run = (command, args) =>
  new Promise((resolve) => {
    const windows = process.platform === 'win32'
    const tool = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: !windows,
      shell: windows,
      env: { ...process.env, ...quiet },
    })
    const output = []
    let stopped = false
    const stop = (signal) => {
      stopped = true
      if (windows) tool.kill(signal)
      else process.kill(-(tool.pid ?? 0), signal)
    }
    for (const signal of stopSignals) process.on(signal, stop)
    const end = (fault) => {
      for (const signal of stopSignals) process.off(signal, stop)
      if (stopped) process.exit(0)
      resolve({ fault, output: output.join('') })
    }
    tool.stdout.on('data', (data) => output.push(data))
    tool.once('error', (error) => end(error.message))
    tool.once('close', (code, signal) => end(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`))
  })

/** Ends the process with the tool's output when it fails; says nothing when it succeeds. */
const must = async (what, command, args) => {
  const { fault, output } = await run(command, args)
  if (fault === undefined) return
  console.error(`${output}\n${what} failed: ${fault}. The lines above say why.`)
  process.exit(1)
}

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 9)) return
  console.error(`Node ${process.versions.node} is too old: this needs Node 20.9 or newer.`)
  process.exit(1)
}

const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages

/** npm writes down what it installed as its last act; what is optional may be for another platform. */
const isInstalled = () => {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const installed = packagesOf('node_modules/.package-lock.json')
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, { version, optional }]) => (installed[path] ? installed[path].version === version : optional))
}

/** Runs `npm ci` when node_modules is missing, unfinished, or from another lockfile. */
export const install = async () => {
  checkNode()
  if (isInstalled()) return
  console.log('Installing packages (a minute or two, once) …')
  await must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

const turbo = (what, packages) => {
  const filters = packages.map((name) => `--filter=@aiia/${name}`)
  return must(what, process.execPath, [
    join(root, 'node_modules', 'turbo', 'bin', 'turbo'),
    'run',
    'build',
    '--output-logs=errors-only',
    ...filters,
  ])
}

/** What type checks need: the Prisma client, and the console's GraphQL documents. */
export const generate = async () => {
  await turbo('Generating the database client', ['prisma'])
  await must('Generating the GraphQL documents', 'npm', ['run', '--silent', 'codegen', '-w', '@aiia/web'])
}

/** @param packages that are built with what they need; none: all */
export const prepare = async (...packages) => {
  await install()
  console.log('Building what is stale …')
  await turbo('The build', packages)
}
