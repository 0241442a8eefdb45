/** Types of bits and bytes: boolean, bytea, bit(n), bit varying(n) and uuid. */

import { BadValueError } from '../bad-value.ts'
import { minus, spells, zero } from './ascii.ts'
import { putInt32 } from './big-endian.ts'
import type { Encoder } from './encoder.ts'

const words = ['false', 'true', 'f', 't', '0', '1', 'no', 'yes', 'n', 'y', 'off', 'on'] as const

export const boolean: Encoder = (source, from, to, out) => {
  let word = 0
  while (word < words.length && !spells(source, from, to, words[word] as string)) word += 1
  if (word === words.length) throw new BadValueError('is not a boolean')
  out.reserve(5)
  out.at = putInt32(out.buffer, 1, out.at) + 1
  // Each that is false stands before the one that is true.
  out.buffer[out.at - 1] = word & 1
}

/** The bytes as they are. */
export const bytes: Encoder = (source, from, to, out) => {
  out.reserve(4 + to - from)
  const at = putInt32(out.buffer, to - from, out.at)
  out.at = at + source.copy(out.buffer, at, from, to)
}

/**
 * `0101`, the highest first.
 *
 * @param least how many there must be; `most` how many there may be
 */
export const bitsOf =
  (least: number, most: number): Encoder =>
  (source, from, to, out) => {
    const count = to - from
    for (let at = from; at < to; at += 1) if (((source[at] as number) & 0xfe) !== zero) throw new BadValueError('is not made of bits')
    if (count > most || count < least)
      throw new BadValueError(count > most ? `has more than ${bitCount(most)}` : `has fewer than ${bitCount(least)}`)
    const size = (count + 7) >> 3
    out.reserve(8 + size)
    const { buffer } = out
    const start = putInt32(buffer, count, putInt32(buffer, 4 + size, out.at))
    out.at = start + size
    for (let byte = 0; byte < size; byte += 1) {
      let value = 0
      for (let bit = byte * 8; bit < byte * 8 + 8; bit += 1) value = value * 2 + (bit < count ? (source[from + bit] as number) - zero : 0)
      buffer[start + byte] = value
    }
  }

const bitCount = (count: number): string => `${count} bit${count === 1 ? '' : 's'}`

const hexDigits = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16)
  hexDigits[digit.charCodeAt(0)] = value
  hexDigits[digit.toUpperCase().charCodeAt(0)] = value
}

const [openBrace, closeBrace] = [0x7b, 0x7d]

/** With braces or without; hyphens may stand behind every fourth digit, as Postgres reads them. */
export const uuid: Encoder = (source, from, to, out) => {
  const braced = source[from] === openBrace
  const end = braced ? to - 1 : to
  if (to - from < 32 || (braced && source[end] !== closeBrace)) throw notUuid()
  out.reserve(20)
  const { buffer } = out
  const start = putInt32(buffer, 16, out.at)
  let at = braced ? from + 1 : from
  for (let byte = 0; byte < 16; byte += 1) {
    const high = hexDigits[source[at] as number] as number
    const low = hexDigits[source[at + 1] as number] as number
    if (high < 0 || low < 0) throw notUuid()
    buffer[start + byte] = high * 16 + low
    at += 2
    if (byte % 2 === 1 && byte < 15 && at < end && source[at] === minus) at += 1
  }
  if (at !== end) throw notUuid()
  out.at = start + 16
}

const notUuid = (): BadValueError => new BadValueError('is not a UUID')
