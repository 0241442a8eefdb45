/** Strings of JSON as UTF-8, without their escapes. */

import { backslash, hexDigit } from './json-syntax.ts'

const letters: Readonly<Record<number, number>> = { 0x62: 0x08, 0x66: 0x0c, 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09 }
const letterU = 0x75

const codeUnitAt = (source: Buffer, at: number): number =>
  (hexDigit(source[at] as number) << 12) |
  (hexDigit(source[at + 1] as number) << 8) |
  (hexDigit(source[at + 2] as number) << 4) |
  hexDigit(source[at + 3] as number)

/**
 * Writes a string that was found valid; it never grows. Half of a pair of surrogates, which is no character, becomes bytes
 * that are no UTF-8 either, so that the value is rejected instead of changed.
 *
 * @returns behind what was written
 */
export const unescape = (source: Buffer, from: number, to: number, target: Buffer, start: number): number => {
  let [at, out] = [from, start]
  while (at < to) {
    const byte = source[at] as number
    if (byte !== backslash) {
      target[out] = byte
      at += 1
      out += 1
      continue
    }
    const kind = source[at + 1] as number
    if (kind !== letterU) {
      target[out] = letters[kind] ?? kind
      at += 2
      out += 1
      continue
    }
    const unit = codeUnitAt(source, at + 2)
    at += 6
    let point = unit
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const low = unit < 0xdc00 && at + 6 <= to && source[at] === backslash && source[at + 1] === letterU ? codeUnitAt(source, at + 2) : 0
      const paired = low >= 0xdc00 && low <= 0xdfff
      point = paired ? 0x1_0000 + ((unit & 0x3ff) << 10) + (low & 0x3ff) : unit
      if (paired) at += 6
    }
    out = writePoint(point, target, out)
  }
  return out
}

const writePoint = (point: number, target: Buffer, at: number): number => {
  if (point < 0x80) {
    target[at] = point
    return at + 1
  }
  if (point < 0x800) {
    target[at] = 0xc0 | (point >> 6)
    target[at + 1] = 0x80 | (point & 0x3f)
    return at + 2
  }
  if (point < 0x1_0000) {
    target[at] = 0xe0 | (point >> 12)
    target[at + 1] = 0x80 | ((point >> 6) & 0x3f)
    target[at + 2] = 0x80 | (point & 0x3f)
    return at + 3
  }
  target[at] = 0xf0 | (point >> 18)
  target[at + 1] = 0x80 | ((point >> 12) & 0x3f)
  target[at + 2] = 0x80 | ((point >> 6) & 0x3f)
  target[at + 3] = 0x80 | (point & 0x3f)
  return at + 4
}

/**
 * A string as one of JavaScript, for names and other short ones. Half of a pair of surrogates stays the escape that it is
 * printed as: names that differ in nothing else stay apart.
 */
export const readString = (source: Buffer, from: number, to: number): string => {
  const target = Buffer.allocUnsafe(to - from)
  const text = target.toString('utf8', 0, unescape(source, from, to, target, 0))
  if (!text.includes('\ufffd')) return text
  const parsed = JSON.parse(`"${source.toString('utf8', from, to)}"`) as string
  return parsed.replaceAll(/[\ud800-\udfff]/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
}
