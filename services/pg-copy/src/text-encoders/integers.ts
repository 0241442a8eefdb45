/** smallint, integer and bigint. */

import { BadValueError } from '../bad-value.ts'
import { digits, minus } from './ascii.ts'
import { putInt16, putInt32, putInt64, putProduct } from './big-endian.ts'
import { readDecimal } from './decimal.ts'
import type { Encoder } from './encoder.ts'

/** Up to here a number of so many digits is exact as a double. */
const exactDigits = 15

const smallOf =
  (type: string, size: 2 | 4, most: number): Encoder =>
  (source, from, to, out) => {
    const negative = source[from] === minus
    const first = negative ? from + 1 : from
    let value = to - first <= exactDigits ? digits(source, first, to) : -1
    if (value < 0) value = Number(otherwiseWritten(source, from, to, type, BigInt(most)))
    else if (negative) value = -value
    if (value > most || value < -most - 1) throw new BadValueError(`does not fit ${type}`)
    out.reserve(4 + size)
    const at = putInt32(out.buffer, size, out.at)
    out.at = size === 2 ? putInt16(out.buffer, value, at) : putInt32(out.buffer, value, at)
  }

export const smallint = smallOf('smallint', 2, 32_767)
export const integer = smallOf('integer', 4, 2_147_483_647)

const [billion, mostBillions, mostRest] = [1_000_000_000, 9_223_372_036, 854_775_807]

export const bigint: Encoder = (source, from, to, out) => {
  const negative = source[from] === minus
  const first = negative ? from + 1 : from
  const size = to - first
  // Up to 19 digits as two numbers that are exact: the billions and the rest.
  const split = size > exactDigits && size <= 19 ? to - 9 : to
  const value = size <= 19 ? digits(source, first, split) : -1
  const rest = split === to ? 0 : digits(source, split, to)
  out.reserve(12)
  const { buffer } = out
  const at = out.at + 4
  if (value < 0 || rest < 0) buffer.writeBigInt64BE(otherwiseWritten(source, from, to, 'bigint', 2n ** 63n - 1n), at)
  else if (split === to) putInt64(buffer, negative ? -value : value, at)
  else if (value > mostBillions || (value === mostBillions && rest > mostRest + (negative ? 1 : 0)))
    throw new BadValueError('does not fit bigint')
  else putProduct(buffer, negative ? -value : value, billion, negative ? -rest : rest, at)
  putInt32(buffer, 8, out.at)
  out.at = at + 8
}

/** More digits than any integer has, whatever the zeros in front. */
const tooManyDigits = 20

/** `+7`, `12.0`, `1e3`, or with leading zeros. */
const otherwiseWritten = (source: Buffer, from: number, to: number, type: string, most: bigint): bigint => {
  const decimal = readDecimal(source, from, to)
  if (decimal === null) throw new BadValueError('is not a whole number')
  const { negative, digits, exponent } = decimal
  if (digits === '') return 0n
  if (digits.length + exponent >= tooManyDigits) throw new BadValueError(`does not fit ${type}`)
  const whole = exponent < 0 ? digits.slice(0, exponent) : digits + '0'.repeat(exponent)
  if (/[^0]/.test(digits.slice(whole.length))) throw new BadValueError('is not a whole number')
  const value = negative ? -BigInt(whole) : BigInt(whole)
  if (value > most || value < -most - 1n) throw new BadValueError(`does not fit ${type}`)
  return value
}
