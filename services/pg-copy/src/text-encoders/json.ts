/** json and jsonb. */

import { BadValueError } from '../bad-value.ts'
import { putInt32 } from './big-endian.ts'
import { putCharacters } from './characters.ts'
import type { Encoder } from './encoder.ts'
import { JsonScanner } from './json-scanner.ts'

/** Bytes of jsonb that one of its arrays or objects may have. */
const mostOfJsonb = 268_435_455
/** What a value takes beyond its text, at most: its entry, the head of a number, and the gap in front of it. */
const besideText = 16
const versionOfJsonb = 1

/** @param most of jsonb's bytes, which a test lowers */
export const jsonOf = (type: 'json' | 'jsonb', most = mostOfJsonb): Encoder => {
  const binary = type === 'jsonb'
  const scanner = new JsonScanner(binary)
  return (source, from, to, out) => {
    const size = to - from
    const values = scanner.scan(source, from, to)
    if (binary && size + values * besideText > most) throw new BadValueError('is too large for jsonb')
    const head = binary ? 5 : 4
    out.reserve(head + size)
    putCharacters(source, from, to, out.buffer, out.at + head)
    putInt32(out.buffer, head - 4 + size, out.at)
    if (binary) out.buffer[out.at + 4] = versionOfJsonb
    out.at += head + size
  }
}
