/** A process of the platform under test, that a test may kill and start again. */

import type { Child } from '@aiia/stack/supervision/child'
import type { LineSink } from '@aiia/stack/supervision/lines'

export type PlatformProcess = {
  /** Of the process that runs now, or of the last one. */
  readonly pid: number
  /** Resolves when the process has ended; after SIGSTOP, SIGCONT and the like at once. */
  kill: (signal: NodeJS.Signals) => Promise<void>
  /** Starts it again, ending it first where it still runs; resolves when it is ready. */
  restart: () => Promise<void>
  /** All that it wrote so far, over all its starts. */
  output: () => string
  stop: () => Promise<void>
}

const ending = new Set<NodeJS.Signals>(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGABRT'])

/** Resolves when it is ready. */
export const startProcess = async (name: string, start: (lines: LineSink) => Child): Promise<PlatformProcess> => {
  const lines: string[] = []
  let child: Child
  let running = false
  const launch = async (): Promise<void> => {
    child = start((line) => lines.push(line))
    running = true
    const started = child
    const ended = started.ended.then(({ how, lastLines }) => {
      running = running && child !== started
      throw new Error(`The ${name} ${how} while it started:\n${lastLines.join('\n')}`)
    })
    ended.catch(() => {})
    await Promise.race([started.ready, ended])
  }
  const stop = async (): Promise<void> => {
    if (running) await child.stop()
  }
  await launch()
  return {
    get pid() {
      return child.pid
    },
    kill: async (signal) => {
      process.kill(child.pid, signal)
      if (ending.has(signal)) await child.ended
    },
    restart: async () => {
      await stop()
      await launch()
    },
    output: () => lines.join('\n'),
    stop,
  }
}
