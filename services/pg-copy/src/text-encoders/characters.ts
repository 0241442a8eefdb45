/** Characters: text, character varying(n), character(n) and what else is stored as UTF-8. */

import { isUtf8 } from 'node:buffer'
import { BadValueError } from '../bad-value.ts'
import { space } from './ascii.ts'
import { putInt32 } from './big-endian.ts'
import type { Encoder } from './encoder.ts'

/** @param most characters; the server pads and cuts blanks at the end by itself */
export const charactersOf =
  (most: number): Encoder =>
  (source, from, to, out) => {
    const size = to - from
    if (size > most) refuseLonger(source, from, to, most)
    out.reserve(4 + size)
    putCharacters(source, from, to, out.buffer, out.at + 4)
    putInt32(out.buffer, size, out.at)
    out.at += 4 + size
  }

/** Shorter than this, a loop is faster than calls that copy and check. */
const shortText = 48

/** @throws BadValueError for what Postgres does not take as text; there may be rubbish at `at` then */
export const putCharacters = (source: Buffer, from: number, to: number, buffer: Buffer, at: number): void => {
  if (to - from >= shortText) return putLongText(source.subarray(from, to), buffer, at)
  let all = 0
  for (let place = from, behind = at; place < to; place += 1, behind += 1) {
    const byte = source[place] as number
    if (byte === 0) throw new BadValueError(holdsNul)
    all |= byte
    buffer[behind] = byte
  }
  if (all >= 0x80 && !isShortUtf8(source, from, to)) throw new BadValueError(notUtf8)
}

const putLongText = (text: Buffer, buffer: Buffer, at: number): void => {
  if (text.includes(0)) throw new BadValueError(holdsNul)
  if (!isUtf8(text)) throw new BadValueError(notUtf8)
  buffer.set(text, at)
}

/** As `isUtf8`, whose call takes longer than so few bytes. */
const isShortUtf8 = (source: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) {
    const lead = source[at] as number
    if (lead < 0x80) continue
    const more = lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1
    if (more < 0 || at + more >= to) return false
    const second = source[at + 1] as number
    // The shortest form, no surrogates, nothing behind U+10FFFF.
    if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return false
    if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return false
    for (const last = at + more; at < last; at += 1) if (((source[at + 1] as number) & 0xc0) !== 0x80) return false
  }
  return true
}

const notUtf8 = 'is not valid UTF-8'
const holdsNul = 'holds the character U+0000, which a text in Postgres cannot'

/** Blanks behind the last character that fits do not count, as in Postgres. */
const refuseLonger = (source: Buffer, from: number, to: number, most: number): void => {
  let [at, count] = [from, 0]
  for (; at < to; at += 1) {
    if (((source[at] as number) & 0xc0) === 0x80) continue
    if (count === most) break
    count += 1
  }
  for (; at < to; at += 1) if (source[at] !== space) throw new BadValueError(`has more than ${most} character${most === 1 ? '' : 's'}`)
}
