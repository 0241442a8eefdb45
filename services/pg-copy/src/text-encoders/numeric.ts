/** numeric, with the overflow that its precision and scale make. */

import { BadValueError } from '../bad-value.ts'
import type { CopyWriter } from '../copy-writer.ts'
import { minus, nine, plus, point, spells, zero } from './ascii.ts'
import { putInt16, putInt32 } from './big-endian.ts'
import { fitsNumeric, mostDigits, mostScale, plainText, readDecimal } from './decimal.ts'
import type { Encoder } from './encoder.ts'

/** Of a `numeric(precision,scale)`. */
export type NumericSize = { precision: number; scale: number }

/** @param size null: any number */
export const numericOf =
  (size: NumericSize | null): Encoder =>
  (source, from, to, out) => {
    if (putPlain(source, from, to, out, size)) return
    const decimal = readDecimal(source, from, to)
    if (decimal === null) return putSpecial(source, from, to, out, size)
    if (!fitsNumeric(decimal)) throw doesNotFit(size)
    const plain = Buffer.from(plainText(decimal), 'latin1')
    putPlain(plain, 0, plain.length, out, size)
  }

const tens = [1, 10, 100, 1_000]

/**
 * Groups of four decimal digits from the point outwards, without zeros at either end; `backend/utils/adt/numeric.c`
 * calls them digits, and the place of the first of them the weight.
 *
 * @returns false where the text is more than a sign, digits and a point
 */
const putPlain = (source: Buffer, from: number, to: number, out: CopyWriter, size: NumericSize | null): boolean => {
  const negative = source[from] === minus
  let first = negative || source[from] === plus ? from + 1 : from
  const dot = pointOf(source, first, to)
  if (dot < 0) return false
  while (first < dot && source[first] === zero) first += 1
  const scale = Math.max(0, to - dot - 1)
  if (dot - first > mostDigits || scale > mostScale) throw doesNotFit(size)
  if (size !== null && dot - first >= size.precision - size.scale && overflows(source, first, dot, to, size)) throw doesNotFit(size)
  out.reserve(16 + ((to - first) >> 1))
  const { buffer } = out
  const start = out.at + 12
  let at = start
  let weight = ((dot - first + 3) >> 2) - 1
  let group = 0
  let missing = (dot - first) & 3 || 4
  for (let digit = first; digit < to; digit += 1) {
    if (digit === dot) continue
    group = group * 10 + (source[digit] as number) - zero
    missing -= 1
    if (missing > 0) continue
    if (group === 0 && at === start) weight -= 1
    else at = putInt16(buffer, group, at)
    group = 0
    missing = 4
  }
  if (group > 0) at = putInt16(buffer, group * (tens[missing] as number), at)
  while (at > start && buffer[at - 1] === 0 && buffer[at - 2] === 0) at -= 2
  putHead(out, (at - start) >> 1, weight, negative && at > start ? negativeSign : 0, scale)
  return true
}

/** @returns where the point is, the end where there is none, or -1 where other than digits are around it */
const pointOf = (source: Buffer, first: number, to: number): number => {
  let dot = to
  for (let at = first; at < to; at += 1) {
    const character = source[at] as number
    if (character >= zero && character <= nine) continue
    if (character !== point || dot !== to) return -1
    dot = at
  }
  return to - first > (dot === to ? 0 : 1) ? dot : -1
}

const [negativeSign, notANumber, infinite, negativeInfinite] = [0x4000, 0xc000, 0xd000, 0xf000]

const putHead = (out: CopyWriter, groups: number, weight: number, sign: number, scale: number): void => {
  const { buffer } = out
  let at = putInt32(buffer, 8 + 2 * groups, out.at)
  at = putInt16(buffer, groups, at)
  at = putInt16(buffer, groups === 0 ? 0 : weight, at)
  out.at = putInt16(buffer, scale, putInt16(buffer, sign, at)) + 2 * groups
}

/**
 * Whether it is 10 ^ (precision - scale) or more once it is rounded to the scale: it has a digit there, or has nines in all
 * the places that are kept and is rounded up.
 *
 * @param first of its digits, zeros in front of the point left out
 */
const overflows = (source: Buffer, first: number, dot: number, to: number, { precision, scale }: NumericSize): boolean => {
  let at = first
  while (at < to && (source[at] === zero || at === dot)) at += 1
  if (at === to) return false
  const place = at < dot ? dot - at - 1 : dot - at
  const most = precision - scale
  if (place !== most - 1) return place >= most
  for (let kept = 0; kept < precision; kept += 1, at += 1) {
    if (at === dot) at += 1
    if (at >= to || source[at] !== nine) return false
  }
  if (at === dot) at += 1
  return at < to && (source[at] as number) >= zero + 5
}

/** `NaN`, `Infinity`: numbers without a digit. */
const putSpecial = (source: Buffer, from: number, to: number, out: CopyWriter, size: NumericSize | null): void => {
  const negative = source[from] === minus
  const first = negative || source[from] === plus ? from + 1 : from
  const isInfinite = spells(source, first, to, 'infinity') || spells(source, first, to, 'inf')
  if (!isInfinite && !spells(source, from, to, 'nan')) throw new BadValueError('is not a number')
  if (isInfinite && size !== null) throw doesNotFit(size)
  out.reserve(12)
  putHead(out, 0, 0, isInfinite ? (negative ? negativeInfinite : infinite) : notANumber, 0)
}

const doesNotFit = (size: NumericSize | null): BadValueError =>
  new BadValueError(`does not fit numeric${size === null ? '' : `(${size.precision},${size.scale})`}`)
