/** Transforms of characters: blanks, case, hashes, masks, and texts that stand for no value. */

import { isUtf8 } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { BadValueError } from '../bad-value.ts'
import { replace, Scratch, type Step } from './text.ts'

export const trimmed: Step = (text) => {
  const { source } = text
  while (text.from < text.to) {
    const blank = blankAt(source, text.from, text.to)
    if (blank === 0) break
    text.from += blank
  }
  while (text.from < text.to) {
    const blank = blankBefore(source, text.from, text.to)
    if (blank === 0) break
    text.to -= blank
  }
  return true
}

/** White space of Unicode beyond ASCII, and the mark that some files begin with, as UTF-8. */
const isBlank = (first: number, second: number, third: number): boolean =>
  (first === 0xe2 && second === 0x80 && ((third >= 0x80 && third <= 0x8a) || third === 0xa8 || third === 0xa9 || third === 0xaf)) ||
  (first === 0xe2 && second === 0x81 && third === 0x9f) ||
  (first === 0xe3 && second === 0x80 && third === 0x80) ||
  (first === 0xe1 && second === 0x9a && third === 0x80) ||
  (first === 0xef && second === 0xbb && third === 0xbf)

const isAsciiBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)

/** @returns how many bytes the blank takes that stands there; 0: there is none */
const blankAt = (source: Buffer, at: number, to: number): number => {
  const first = source[at] as number
  if (first < 0x80) return isAsciiBlank(first) ? 1 : 0
  const [second, third] = [at + 1 < to ? (source[at + 1] as number) : 0, at + 2 < to ? (source[at + 2] as number) : 0]
  if (first === 0xc2) return second === 0x85 || second === 0xa0 ? 2 : 0
  return isBlank(first, second, third) ? 3 : 0
}

const blankBefore = (source: Buffer, from: number, to: number): number => {
  if ((source[to - 1] as number) < 0x80) return isAsciiBlank(source[to - 1] as number) ? 1 : 0
  for (const size of [2, 3]) if (to - size >= from && blankAt(source, to - size, to) === size) return size
  return 0
}

export const asUpper = (): Step => inCase(0x61, (text) => text.toUpperCase())
export const asLower = (): Step => inCase(0x41, (text) => text.toLowerCase())

/** @param first of the 26 letters of ASCII that change */
const inCase = (first: number, change: (text: string) => string): Step => {
  const scratch = new Scratch()
  return (text) => {
    const { source, from, to } = text
    const buffer = scratch.take(to - from)
    for (let at = from; at < to; at += 1) {
      const byte = source[at] as number
      if (byte >= 0x80) return replaceByString(text.source.subarray(from, to))
      buffer[at - from] = byte >= first && byte < first + 26 ? byte ^ 0x20 : byte
    }
    return replace(text, buffer, to - from)

    function replaceByString(bytes: Buffer): true {
      if (!isUtf8(bytes)) throw new BadValueError('is not valid UTF-8')
      const changed = Buffer.from(change(bytes.toString()))
      return replace(text, changed, changed.length)
    }
  }
}

/** @param values texts that stand for no value */
export const nullAt = (values: readonly string[]): Step => {
  const known = values.map((value) => Buffer.from(value))
  return ({ source, from, to }) => {
    for (const value of known) if (value.length === to - from && source.compare(value, 0, value.length, from, to) === 0) return false
    return true
  }
}

/** The hash of the bytes in hex, which without the key cannot be found again by hashing what may have been there. */
export const salted =
  (salt: Buffer): Step =>
  (text) => {
    const hash = createHmac('sha256', salt).update(text.source.subarray(text.from, text.to)).digest('hex')
    return replace(text, Buffer.from(hash, 'latin1'), hash.length)
  }

const star = 0x2a

/** A star for each character but the last ones. */
export const masked = (keep: number): Step => {
  const scratch = new Scratch()
  return (text) => {
    const { source, from, to } = text
    let kept = to
    for (let left = keep; left > 0 && kept > from; left -= 1) {
      kept -= 1
      while (kept > from && isContinuation(source[kept] as number)) kept -= 1
    }
    const buffer = scratch.take(to - from)
    let size = 0
    for (let at = from; at < kept; at += 1) {
      if (isContinuation(source[at] as number)) continue
      buffer[size] = star
      size += 1
    }
    return replace(text, buffer, size + source.copy(buffer, size, kept, to))
  }
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80
