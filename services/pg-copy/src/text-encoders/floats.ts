/** real and double precision, each the nearest to the decimal number that is written. */

import { BadValueError } from '../bad-value.ts'
import { digits, minus, plus, point, spells } from './ascii.ts'
import { putInt32 } from './big-endian.ts'
import { type Decimal, readDecimal } from './decimal.ts'
import type { Encoder } from './encoder.ts'

export const double: Encoder = (source, from, to, out) => {
  const short = shortNumber(source, from, to)
  const value = Number.isNaN(short) ? otherNumber(source, from, to, 'double precision') : short
  out.reserve(12)
  out.at = out.buffer.writeDoubleBE(value, putInt32(out.buffer, 8, out.at))
}

export const real: Encoder = (source, from, to, out) => {
  const short = shortNumber(source, from, to)
  const value = Number.isNaN(short) ? otherNumber(source, from, to, 'real') : short
  const nearest = Math.fround(value)
  // The double is as far from this float as from the next one, so that what it lost of the text decides.
  const next = 2 * value - nearest
  const between = nearest !== value && Math.fround(next) === next
  const rounded = between ? nearestTo(readDecimal(source, from, to), value, nearest, next) : nearest
  if ((rounded === 0 && value !== 0) || (Number.isFinite(value) && !Number.isFinite(rounded))) throw new BadValueError('does not fit real')
  out.reserve(8)
  out.at = out.buffer.writeFloatBE(rounded, putInt32(out.buffer, 4, out.at))
}

const tens = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/** Digits and a power of ten that are both exact as doubles, so that one division rounds once. @returns NaN for other texts */
const shortNumber = (source: Buffer, from: number, to: number): number => {
  const negative = source[from] === minus
  const first = negative ? from + 1 : from
  if (to - first > 15) return Number.NaN
  let dot = first
  while (dot < to && source[dot] !== point) dot += 1
  const scale = Math.max(0, to - dot - 1)
  const whole = digits(source, first, dot)
  const part = scale === 0 ? 0 : digits(source, dot + 1, to)
  if (whole < 0 || part < 0) return Number.NaN
  const ten = tens[scale] as number
  const value = (whole * ten + part) / ten
  return negative ? -value : value
}

/** An exponent, many digits, or no digits at all: `NaN`, `-Infinity`. */
const otherNumber = (source: Buffer, from: number, to: number, type: string): number => {
  const decimal = readDecimal(source, from, to)
  if (decimal === null) {
    const first = source[from] === minus || source[from] === plus ? from + 1 : from
    if (spells(source, first, to, 'infinity') || spells(source, first, to, 'inf')) return source[from] === minus ? -Infinity : Infinity
    if (spells(source, from, to, 'nan')) return Number.NaN
    throw new BadValueError('is not a number')
  }
  const value = Number(source.toString('latin1', from, to))
  if (!Number.isFinite(value) || (value === 0 && decimal.digits !== '')) throw new BadValueError(`does not fit ${type}`)
  return value
}

/** @returns that one of two floats around a double which is nearer to the decimal number that the double stands for */
const nearestTo = (decimal: Decimal | null, value: number, even: number, odd: number): number => {
  const difference = decimal === null ? 0 : compareSizes(decimal, Math.abs(value))
  if (difference === 0) return even
  return difference > 0 === Math.abs(odd) > Math.abs(even) ? odd : even
}

/** @returns the sign of |decimal| - value, exactly */
const compareSizes = ({ digits, exponent }: Decimal, value: number): number => {
  let [power, fraction] = [0, value]
  for (; !Number.isInteger(fraction); power += 1) fraction *= 2
  const ours = BigInt(digits) * 10n ** BigInt(Math.max(0, exponent)) * 2n ** BigInt(power)
  const theirs = BigInt(fraction) * 10n ** BigInt(Math.max(0, -exponent))
  return ours > theirs ? 1 : ours < theirs ? -1 : 0
}
