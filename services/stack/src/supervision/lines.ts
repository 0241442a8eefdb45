/** Reads what a child writes, line by line. */

import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export type LineSink = (line: string, from: 'stdout' | 'stderr') => void

/** @returns what gives the last lines, newest last */
export const readLines = (child: ChildProcess, sink: LineSink): (() => string[]) => {
  const last: string[] = []
  for (const from of ['stdout', 'stderr'] as const) {
    const stream = child[from]
    if (stream === null) continue
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      if (line.trim() === '') return
      last.push(line)
      if (last.length > 20) last.shift()
      sink(line, from)
    })
  }
  return () => last
}
