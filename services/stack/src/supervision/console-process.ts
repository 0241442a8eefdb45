/** The Next.js console as a child process. It knows no IPC channel, so that the watchdog ends it when we are gone. */

import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { spawnWatched } from '../watchdog.ts'
import type { Child } from './child.ts'
import { type LineSink, readLines } from './lines.ts'

export type ConsoleOptions = {
  /** Next's command line. */
  next: string
  /** The console's folder, built. */
  folder: string
  /** Of 127.0.0.1. */
  port: number
  env: NodeJS.ProcessEnv
  lines: LineSink
}

export const startConsole = ({ next, folder, port, env, lines }: ConsoleOptions): Child => {
  const console = spawnWatched({
    command: process.execPath,
    args: [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    signal: 'TERM',
    graceMs: 5000,
    stdio: ['pipe', 'pipe'],
    env,
    cwd: folder,
  })
  let stopping = false
  // The watchdog's shell remarks on every program that a signal ended.
  const lastLines = readLines(console.process, (line, from) => stopping || lines(line, from))
  const ended = console.exited.then((code) => ({
    how: code > 128 ? `was ended by signal ${code - 128}` : `ended with code ${code}`,
    lastLines: lastLines(),
  }))
  return {
    pid: console.process.pid ?? 0,
    ready: untilItListens(port, ended),
    ended,
    stop: async () => {
      stopping = true
      await console.stop()
      return ended
    },
  }
}

const untilItListens = async (port: number, ended: Promise<unknown>): Promise<void> => {
  let over = false
  const end = () => {
    over = true
  }
  ended.then(end, end)
  while (!(await listens(port))) {
    // Never ready; `ended` tells.
    if (over) return new Promise(() => {})
    await wait(50)
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (listening: boolean) => {
      socket.destroy()
      resolve(listening)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
