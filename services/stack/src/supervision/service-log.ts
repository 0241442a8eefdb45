/** Turns the JSON log lines of the services into short ones for a terminal. */

import { z } from 'zod'
import type { LineSink } from './lines.ts'

const shown = new Set(['warn', 'error', 'fatal'])

const logLine = z.looseObject({
  level: z.string(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string().optional(), stack: z.string().optional() }).optional(),
})
type LogLine = z.output<typeof logLine>

// What the line says in another place, or nobody asks for here.
const left = new Set(['level', 'time', 'msg', 'err', 'service'])

/**
 * Shows warnings and errors; with `all` every line, with its fields.
 *
 * @param print gets one line
 */
export const serviceLog =
  (service: string, all: boolean, print: (line: string) => void): LineSink =>
  (line, from) => {
    const entry = parse(line)
    if (entry === undefined) {
      // Not a log line: a crash of Node itself, or Next's own words.
      if (all || from === 'stderr') print(`${service}: ${line}`)
    } else if (all || shown.has(entry.level)) {
      print(`${service} ${entry.level.toUpperCase()}: ${briefly(entry, all)}`)
    }
  }

const parse = (line: string): LogLine | undefined => {
  if (!line.startsWith('{')) return undefined
  try {
    return logLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

const briefly = (entry: LogLine, all: boolean): string => {
  const { msg = '', err } = entry
  const why = err?.message && err.message !== msg ? `${msg === '' ? '' : ': '}${all ? (err.stack ?? err.message) : err.message}` : ''
  const fields = Object.entries(entry)
    .filter(([name]) => !left.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return `${msg}${why}${fields.length === 0 ? '' : ` (${fields.join(' ')})`}`
}
