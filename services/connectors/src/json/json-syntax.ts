/** The grammar of JSON (RFC 8259) over bytes: where things end. Ranges only; no value is made. */

/** The text is no JSON. */
export class JsonError extends Error {
  /** Where, in the buffer that was looked at. */
  readonly at: number

  constructor(expected: string, at: number) {
    super(expected)
    this.at = at
  }
}

/** Thrown where the buffer ends before the thing does: once a piece of input, so that its cost does not count. */
export const cutShort: unique symbol = Symbol('cut short')

export const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c]
export const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]
const [minus, plus, point, zero, nine] = [0x2d, 0x2b, 0x2e, 0x30, 0x39]
/** Deeper than any data; a limit, since each level takes of the stack. */
export const deepest = 500

/** The first byte that is no white space. */
export const skipSpace = (buffer: Buffer, from: number): number => {
  const byte = buffer[from]
  return byte !== undefined && byte > 0x20 ? from : spaceEnd(buffer, from)
}

const spaceEnd = (buffer: Buffer, from: number): number => {
  let at = from
  for (;;) {
    const byte = byteAt(buffer, at)
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at += 1
  }
}

/** 1 for bytes that stand for themselves in a string; one look at it takes half the time of three comparisons. */
const plain = new Uint8Array(256).fill(1)
plain.fill(0, 0, 0x20)
plain[quote] = 0
plain[backslash] = 0

/** @param from behind the opening quote. @returns where the closing one is, negative where escapes stand before it */
export const stringEnd = (buffer: Buffer, from: number): number => {
  const end = buffer.length
  let at = from
  let escaped = false
  for (;;) {
    while (at < end && plain[buffer[at] as number] === 1) at += 1
    const byte = byteAt(buffer, at)
    if (byte === quote) return escaped ? -at : at
    if (byte !== backslash) throw new JsonError('a control character in a string', at)
    escaped = true
    at = escapeEnd(buffer, at) + 1
  }
}

/** `"`, `\`, `/`, `b`, `f`, `n`, `r`, `t` */
const simpleEscapes = new Set([quote, backslash, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74])
const letterU = 0x75

/** @param from the backslash. @returns the last byte of the escape */
const escapeEnd = (buffer: Buffer, from: number): number => {
  const kind = byteAt(buffer, from + 1)
  if (simpleEscapes.has(kind)) return from + 1
  if (kind !== letterU) throw new JsonError('an unknown escape in a string', from)
  for (let at = from + 2; at < from + 6; at += 1) {
    if (hexDigit(byteAt(buffer, at)) < 0) throw new JsonError('an escape without four hexadecimal digits', from)
  }
  return from + 5
}

/** @returns its value, or -1 */
export const hexDigit = (byte: number): number => {
  if (byte >= zero && byte <= nine) return byte - zero
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

export const byteAt = (buffer: Buffer, at: number): number => {
  const byte = buffer[at]
  if (byte === undefined) throw cutShort
  return byte
}

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine

/** @returns behind the digits, of which there is at least one */
const digitsEnd = (buffer: Buffer, from: number): number => {
  let at = from
  while (isDigit(byteAt(buffer, at))) at += 1
  if (at === from) throw new JsonError('a number without a digit', at)
  return at
}

/** Something stands behind every number of an array or object, so one that touches the end of the buffer is cut. */
export const numberEnd = (buffer: Buffer, from: number): number => {
  const first = buffer[from] === minus ? from + 1 : from
  let at = digitsEnd(buffer, first)
  if (buffer[first] === zero && at > first + 1) throw new JsonError('a number that begins with 0', from)
  if (buffer[at] === point) at = digitsEnd(buffer, at + 1)
  if (((buffer[at] as number) | 0x20) !== 0x65) return at
  const sign = byteAt(buffer, at + 1)
  return digitsEnd(buffer, sign === minus || sign === plus ? at + 2 : at + 1)
}

const words: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' }

export const wordEnd = (buffer: Buffer, from: number): number => {
  const word = words[buffer[from] as number] ?? ''
  if (word === '') throw new JsonError('something that is no value', from)
  for (let at = 1; at < word.length; at += 1) {
    if (byteAt(buffer, from + at) !== word.charCodeAt(at)) throw new JsonError('something that is no value', from)
  }
  return from + word.length
}

/** @param from the first byte of any value. @returns behind it */
export const valueEnd = (buffer: Buffer, from: number, depth = 0): number => {
  const first = byteAt(buffer, from)
  if (first === quote) return Math.abs(stringEnd(buffer, from + 1)) + 1
  if (first === openBrace || first === openBracket) return containerEnd(buffer, from, depth + 1)
  return first === minus || isDigit(first) ? numberEnd(buffer, from) : wordEnd(buffer, from)
}

const containerEnd = (buffer: Buffer, from: number, depth: number): number => {
  if (depth > deepest) throw new JsonError(`more than ${deepest} levels`, from)
  const isObject = buffer[from] === openBrace
  const close = isObject ? closeBrace : closeBracket
  let at = skipSpace(buffer, from + 1)
  if (buffer[at] === close) return at + 1
  for (;;) {
    if (isObject) at = keyEnd(buffer, at)
    at = skipSpace(buffer, valueEnd(buffer, at, depth))
    if (buffer[at] === close) return at + 1
    if (buffer[at] !== comma) throw new JsonError('neither a comma nor the end of what is open', at)
    at = skipSpace(buffer, at + 1)
  }
}

/** @param from a member's first byte. @returns where its value begins */
const keyEnd = (buffer: Buffer, from: number): number => {
  if (buffer[from] !== quote) throw new JsonError('a member without a name', from)
  return afterColon(buffer, Math.abs(stringEnd(buffer, from + 1)) + 1)
}

/** @param from behind a member's name. @returns where its value begins */
export const afterColon = (buffer: Buffer, from: number): number => {
  const at = skipSpace(buffer, from)
  if (buffer[at] !== colon) throw new JsonError('a name without a colon', at)
  return skipSpace(buffer, at + 1)
}
