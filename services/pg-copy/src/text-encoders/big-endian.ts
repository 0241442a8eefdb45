/** Whole numbers in the byte order of the network. Buffer's own methods check what is known here, which costs more than the writing. */

/** Each puts its number at `at`, where there is room, and returns the place behind it. */
export const putInt16 = (buffer: Buffer, value: number, at: number): number => {
  buffer[at] = value >> 8
  buffer[at + 1] = value
  return at + 2
}

export const putInt32 = (buffer: Buffer, value: number, at: number): number => {
  buffer[at] = value >>> 24
  buffer[at + 1] = value >>> 16
  buffer[at + 2] = value >>> 8
  buffer[at + 3] = value
  return at + 4
}

const word = 4_294_967_296

/** @param value a whole number that is exact as a double */
export const putInt64 = (buffer: Buffer, value: number, at: number): number => {
  const high = Math.floor(value / word)
  return putInt32(buffer, value - high * word, putInt32(buffer, high, at))
}

const [half, eighth] = [1_048_576, 4_096]

/**
 * `value * times + more`, which need not be exact as a double: the product is made of parts that are. BigInt would make
 * an object a value.
 *
 * @param value so that value / 2^20 * times stays below 2^53
 * @param times up to 10^9
 */
export const putProduct = (buffer: Buffer, value: number, times: number, more: number, at: number): number => {
  const top = Math.floor(value / half)
  const shifted = top * times
  const high = Math.floor(shifted / eighth)
  const low = (shifted - high * eighth) * half + (value - top * half) * times + more
  const carry = Math.floor(low / word)
  return putInt32(buffer, low - carry * word, putInt32(buffer, high + carry, at))
}
