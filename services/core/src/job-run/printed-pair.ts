/** Two values beside each other, each short enough to be read, with what differs in sight. */

import { toSingleLine } from './log-line.ts'

const longest = 80
/** What stays of the same text before the difference. */
const leadIn = 16

export const printPair = (before: unknown, now: unknown): { before: string | null; now: string | null } => {
  const [was, is] = [print(before), print(now)]
  if (was === null || is === null) return { before: was && clip(was, 0), now: is && clip(is, 0) }
  const from = Math.max(was.length, is.length) <= longest ? 0 : Math.max(0, lengthOfSame(was, is) - leadIn)
  return { before: clip(was, from), now: clip(is, from) }
}

const print = (value: unknown): string | null => {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.length === 0 ? 'none' : toSingleLine(value.map(textOf).join(', '))
  return toSingleLine(textOf(value))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const lengthOfSame = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

const clip = (text: string, from: number): string => {
  const part = text.slice(from, from + longest)
  return `${from > 0 ? '…' : ''}${part}${from + longest < text.length ? '…' : ''}`
}
