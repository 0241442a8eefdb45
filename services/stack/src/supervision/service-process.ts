/** One of our services as a child process: it says `ready` over its IPC channel, and ends when that channel does. */

import { type ChildProcess, fork } from 'node:child_process'
import { type Child, type Ending, howItEnded } from './child.ts'
import { type LineSink, readLines } from './lines.ts'

export type ServiceOptions = {
  /** Its `main.js`. */
  module: string
  env: NodeJS.ProcessEnv
  /** It is killed when it takes longer than this to end. */
  graceMs: number
  lines: LineSink
}

/** In a session of its own: a Ctrl-C in our terminal does not reach it, we decide the order. */
export const startService = ({ module, env, graceMs, lines }: ServiceOptions): Child => {
  const child = fork(module, [], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true, execArgv: ['--enable-source-maps'] })
  const lastLines = readLines(child, lines)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ how: howItEnded(code, signal), lastLines: lastLines() }))
  })
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => message === 'ready' && resolve())
  })
  return { pid: child.pid ?? 0, ready, ended, stop: () => stopChild(child, ended, graceMs) }
}

const stopChild = (child: ChildProcess, ended: Promise<Ending>, graceMs: number): Promise<Ending> => {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs)
  return ended.finally(() => clearTimeout(late))
}
