/** Keeps a child running: one that ends unasked is started again, later each time. */

import type { Child, Ending } from './child.ts'

export type Supervised = {
  /** Of the process that runs now. */
  pid: () => number
  /** Resolves when it is ready for the first time; rejects with EndedAtStart where it ends before, since a restart would not help. */
  ready: Promise<void>
  stop: () => Promise<void>
}

export type SuperviseOptions = {
  name: string
  /** @param restarts how often it was started before */
  start: (restarts: number) => Child
  /** Gets one line for every ending that nobody asked for, and for the return. */
  say: (line: string) => void
}

/** After so long a run, what ended it is a new fault, and the waiting begins anew. */
const steadyMs = 60_000

/** 0.5 s, 1 s, 2 s … 30 s */
export const backoffMs = (failures: number): number => Math.min(250 * 2 ** failures, 30_000)

export class EndedAtStart extends Error {
  override name = 'EndedAtStart'
  readonly ending: Ending
  constructor(name: string, ending: Ending) {
    super(`The ${name} ${ending.how} while it started`)
    this.ending = ending
  }
}

export const supervise = ({ name, start, say }: SuperviseOptions): Supervised => {
  let child = start(0)
  let restarts = 0
  let failures = 0
  let startedAt = Date.now()
  let stopping = false
  let timer: NodeJS.Timeout | undefined

  const restart = () => {
    restarts += 1
    startedAt = Date.now()
    child = start(restarts)
    void child.ready.then(() => say(`The ${name} is back.`))
    void watch()
  }
  const watch = async () => {
    const { how } = await child.ended.catch((error: Error) => ({ how: `did not start: ${error.message}` }))
    if (stopping) return
    failures = Date.now() - startedAt > steadyMs ? 1 : failures + 1
    const waitMs = backoffMs(failures)
    say(`The ${name} ${how}. It is started again in ${waitMs / 1000} s.`)
    timer = setTimeout(restart, waitMs)
  }
  const firstReady = async () => {
    const ended = child.ended.then((ending) => {
      throw new EndedAtStart(name, ending)
    })
    await Promise.race([child.ready, ended])
    ended.catch(() => {})
    void watch()
  }
  return {
    pid: () => child.pid,
    ready: firstReady(),
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await child.stop()
    },
  }
}
