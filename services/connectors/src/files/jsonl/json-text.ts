/**
 * Walks over JSON (RFC 8259) in bytes without making anything of it. Each function takes where something begins and returns
 * where it ends, or the complement (~) of the place that is wrong. Behind the text stands a line feed, which ends everything.
 */

const [quote, backslash, comma, colon, minus, plus, point] = [0x22, 0x5c, 0x2c, 0x3a, 0x2d, 0x2b, 0x2e]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]
const [zero, nine] = [0x30, 0x39]
const [lowerE, lowerF, lowerN, lowerT, lowerU] = [0x65, 0x66, 0x6e, 0x74, 0x75]
/** As deep as Postgres follows with room to spare. */
const deepest = 1_000

export const skipSpace = (bytes: Buffer, from: number): number => {
  let at = from
  let byte = bytes[at]
  while (byte === 0x20 || byte === 0x09 || byte === 0x0d) {
    at += 1
    byte = bytes[at]
  }
  return at
}

/** Bytes that stand for themselves within a string. */
const isPlain = new Uint8Array(256).fill(1, 0x20)
isPlain[quote] = 0
isPlain[backslash] = 0

/** @param from behind the opening quote @returns the first byte that is none of a string's plain ones */
export const skipPlain = (bytes: Buffer, from: number): number => {
  let at = from
  while (isPlain[bytes[at] as number] === 1) at += 1
  return at
}

/** @param from behind the opening quote @returns where the closing quote stands */
export const skipString = (bytes: Buffer, from: number): number => {
  let at = skipPlain(bytes, from)
  while (bytes[at] === backslash) {
    at = skipEscape(bytes, at)
    if (at < 0) return at
    at = skipPlain(bytes, at)
  }
  return bytes[at] === quote ? at : ~at
}

const shortEscapes = new Set(Buffer.from('"\\/bfnrt'))

/** Halves of a character stand in pairs: alone they are no text. */
const skipEscape = (bytes: Buffer, from: number): number => {
  if (bytes[from + 1] !== lowerU) return shortEscapes.has(bytes[from + 1] as number) ? from + 2 : ~from
  const unit = hexAt(bytes, from + 2)
  if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000)) return ~from
  if (unit < 0xd800 || unit >= 0xe000) return from + 6
  const low = bytes[from + 6] === backslash && bytes[from + 7] === lowerU ? hexAt(bytes, from + 8) : -1
  return low >= 0xdc00 && low < 0xe000 ? from + 12 : ~from
}

const hexValues = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value += 1)
  for (const digit of [value.toString(16), value.toString(16).toUpperCase()]) hexValues[digit.charCodeAt(0)] = value

/** @returns the value of four hexadecimal digits, or -1 */
export const hexAt = (bytes: Buffer, from: number): number => {
  let value = 0
  for (let at = from; at < from + 4; at += 1) {
    const digit = hexValues[bytes[at] as number] as number
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

const skipDigits = (bytes: Buffer, from: number): number => {
  let at = from
  while ((bytes[at] as number) >= zero && (bytes[at] as number) <= nine) at += 1
  return at
}

/** A number, true, false or null. */
export const skipScalar = (bytes: Buffer, from: number): number => {
  switch (bytes[from]) {
    case lowerT:
      return skipWord(bytes, from, 'true')
    case lowerF:
      return skipWord(bytes, from, 'false')
    case lowerN:
      return skipWord(bytes, from, 'null')
    default:
      return skipNumber(bytes, from)
  }
}

const skipWord = (bytes: Buffer, from: number, word: string): number => {
  for (let index = 1; index < word.length; index += 1) if (bytes[from + index] !== word.charCodeAt(index)) return ~from
  return from + word.length
}

const skipNumber = (bytes: Buffer, from: number): number => {
  const first = bytes[from] === minus ? from + 1 : from
  let at = skipDigits(bytes, first)
  if (at === first || (bytes[first] === zero && at > first + 1)) return ~from
  if (bytes[at] === point) {
    const end = skipDigits(bytes, at + 1)
    if (end === at + 1) return ~from
    at = end
  }
  if (((bytes[at] as number) | 0x20) !== lowerE) return at
  const sign = bytes[at + 1]
  const exponent = sign === minus || sign === plus ? at + 2 : at + 1
  const end = skipDigits(bytes, exponent)
  return end === exponent ? ~from : end
}

/** Any value. */
const skipValue = (bytes: Buffer, from: number, depth: number): number => {
  const byte = bytes[from]
  if (byte === openBrace || byte === openBracket) return skipNested(bytes, from, depth + 1)
  if (byte !== quote) return skipScalar(bytes, from)
  const end = skipString(bytes, from + 1)
  return end < 0 ? end : end + 1
}

/** An object or an array, with all that is in it. */
export const skipNested = (bytes: Buffer, from: number, depth = 1): number => {
  if (depth > deepest) return ~from
  const isObject = bytes[from] === openBrace
  const close = isObject ? closeBrace : closeBracket
  let at = skipSpace(bytes, from + 1)
  if (bytes[at] === close) return at + 1
  for (;;) {
    if (isObject) {
      at = skipKey(bytes, at)
      if (at < 0) return at
    }
    at = skipValue(bytes, at, depth)
    if (at < 0) return at
    at = skipSpace(bytes, at)
    if (bytes[at] === close) return at + 1
    if (bytes[at] !== comma) return ~at
    at = skipSpace(bytes, at + 1)
  }
}

/** A key and its colon. @returns where its value begins */
const skipKey = (bytes: Buffer, from: number): number => {
  const end = bytes[from] === quote ? skipString(bytes, from + 1) : ~from
  return end < 0 ? end : skipColon(bytes, end + 1)
}

/** @returns where the value behind the colon begins */
export const skipColon = (bytes: Buffer, from: number): number => {
  const at = skipSpace(bytes, from)
  return bytes[at] === colon ? skipSpace(bytes, at + 1) : ~at
}

const escapedBytes: Readonly<Record<string, number>> = { b: 0x08, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09 }

/** Writes a string whose escapes are in order as UTF-8, which is never longer. @returns where it ends in `target` */
export const unescape = (bytes: Buffer, from: number, to: number, target: Buffer, start: number): number => {
  let written = start
  for (let at = from; at < to; ) {
    const byte = bytes[at] as number
    if (byte !== backslash) {
      target[written] = byte
      written += 1
      at += 1
      continue
    }
    const letter = bytes[at + 1] as number
    if (letter !== lowerU) {
      target[written] = escapedBytes[String.fromCharCode(letter)] ?? letter
      written += 1
      at += 2
      continue
    }
    const unit = hexAt(bytes, at + 2)
    const isPair = unit >= 0xd800 && unit < 0xdc00
    const character = isPair ? String.fromCharCode(unit, hexAt(bytes, at + 8)) : String.fromCharCode(unit)
    written += target.write(character, written)
    at += isPair ? 12 : 6
  }
  return written
}
