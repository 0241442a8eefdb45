/** Characters of numbers and times as bytes, and digits read from them. */

export const zero = 0x30
export const nine = 0x39
export const plus = 0x2b
export const minus = 0x2d
export const point = 0x2e
export const colon = 0x3a
export const space = 0x20

/** @returns whether the byte is a letter of this lower case, or the same in upper case */
export const isLetter = (byte: number | undefined, lower: number): boolean => byte === lower || byte === lower - 32

/** @returns the number that the digits are, or -1 where something else stands among them or nothing at all; exact up to 15 digits */
export const digits = (source: Buffer, from: number, to: number): number => {
  if (from >= to) return -1
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = (source[at] as number) - zero
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** @returns the number that the two digits are, or -1 */
export const twoDigits = (source: Buffer, at: number): number => {
  const tens = (source[at] ?? 0) - zero
  const ones = (source[at + 1] ?? 0) - zero
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones
}

/** @param word in lower case; the text may have any */
export const spells = (source: Buffer, from: number, to: number, word: string): boolean => {
  if (to - from !== word.length) return false
  for (let offset = 0; offset < word.length; offset += 1) {
    const byte = source[from + offset] as number
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
    if (lower !== word.charCodeAt(offset)) return false
  }
  return true
}
