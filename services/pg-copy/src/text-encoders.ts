/** Values that a source prints as text, written as Postgres takes them in a binary COPY: length and bytes. */

import type { CopyWriter } from './copy-writer.ts'

/**
 * Writes the value that stands in `source` from `from` up to `to`.
 *
 * @throws BadValueError before anything of the value is written
 */
export type Encoder = (source: Buffer, from: number, to: number, out: CopyWriter) => void

/** The text is none of the type. */
export class BadValueError extends Error {
  /** What the value breaks, as the end of a sentence: `is not a date`. */
  readonly rule: string

  constructor(rule: string) {
    super(`The value ${rule}.`)
    this.rule = rule
  }
}

const [zero, nine, minus, point, colon, space] = [0x30, 0x39, 0x2d, 0x2e, 0x3a, 0x20]
/** Up to here a number of so many digits is exact. */
const exactDigits = 15

/** @returns the number that the digits are, or -1 where something else stands among them or nothing at all */
const digits = (source: Buffer, from: number, to: number): number => {
  if (from >= to) return -1
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = source[at] ?? 0
    if (digit < zero || digit > nine) return -1
    value = value * 10 + digit - zero
  }
  return value
}

const text = (source: Buffer, from: number, to: number): string => source.toString('latin1', from, to)

const integer =
  (size: 2 | 4 | 8): Encoder =>
  (source, from, to, out) => {
    const negative = source[from] === minus
    const first = negative ? from + 1 : from
    const value = digits(source, first, to)
    if (value < 0) throw new BadValueError('is not a whole number')
    const exact = to - first <= exactDigits
    const big = size === 8 && !exact ? BigInt(text(source, from, to)) : undefined
    const signed = negative ? -value : value
    const most = size === 2 ? 32_767 : size === 4 ? 2_147_483_647 : Number.MAX_VALUE
    if (signed > most || signed < -most - 1 || (big !== undefined && BigInt.asIntN(64, big) !== big))
      throw new BadValueError('does not fit the column')
    out.reserve(4 + size)
    const at = out.buffer.writeInt32BE(size, out.at)
    if (size === 2) out.at = out.buffer.writeInt16BE(signed, at)
    else if (size === 4) out.at = out.buffer.writeInt32BE(signed, at)
    else if (big === undefined) out.at = writeInt64(out.buffer, signed, at)
    else out.at = out.buffer.writeBigInt64BE(big, at)
  }

/** @param value a whole number that is exact as a double */
const writeInt64 = (buffer: Buffer, value: number, at: number): number => {
  const high = Math.floor(value / 4_294_967_296)
  return buffer.writeUInt32BE(value - high * 4_294_967_296, buffer.writeInt32BE(high, at))
}

/**
 * Groups of four decimal digits from the point outwards, without zeros at either end; `backend/utils/adt/numeric.c`
 * calls them digits, and the place of the first of them the weight.
 */
const numeric: Encoder = (source, from, to, out) => {
  const negative = source[from] === minus
  let first = negative ? from + 1 : from
  let dot = to
  for (let at = first; at < to; at += 1) {
    const character = source[at] ?? 0
    if (character === point && dot === to) dot = at
    else if (character < zero || character > nine) throw new BadValueError('is not a number')
  }
  const scale = Math.max(0, to - dot - 1)
  if (dot - first + scale === 0) throw new BadValueError('is not a number')
  while (first < dot && source[first] === zero) first += 1
  const groupsBefore = Math.ceil((dot - first) / 4)
  out.reserve(12 + 2 * (groupsBefore + Math.ceil(scale / 4)))
  const { buffer } = out
  const start = out.at + 12
  let [at, weight] = [start, groupsBefore - 1]
  const add = (group: number): void => {
    if (group === 0 && at === start) weight -= 1
    else at = buffer.writeInt16BE(group, at)
  }
  for (let end = dot - (groupsBefore - 1) * 4; groupsBefore > 0 && end <= dot; end += 4) add(digits(source, Math.max(first, end - 4), end))
  for (let begin = dot + 1; begin < to; begin += 4) {
    const end = Math.min(begin + 4, to)
    add(digits(source, begin, end) * 10 ** (begin + 4 - end))
  }
  while (at > start && buffer.readInt16BE(at - 2) === 0) at -= 2
  const count = (at - start) / 2
  buffer.writeInt32BE(8 + 2 * count, out.at)
  buffer.writeInt16BE(count, out.at + 4)
  buffer.writeInt16BE(count === 0 ? 0 : weight, out.at + 6)
  buffer.writeUInt16BE(negative && count > 0 ? 0x4000 : 0, out.at + 8)
  buffer.writeInt16BE(scale, out.at + 10)
  out.at = at
}

const float =
  (size: 4 | 8): Encoder =>
  (source, from, to, out) => {
    const value = Number(text(source, from, to))
    if (from === to || Number.isNaN(value)) throw new BadValueError('is not a number')
    out.reserve(4 + size)
    const at = out.buffer.writeInt32BE(size, out.at)
    out.at = size === 4 ? out.buffer.writeFloatBE(value, at) : out.buffer.writeDoubleBE(value, at)
  }

/** Shorter than this, a loop is faster than a call that copies. */
const shortText = 48

/** UTF-8, which the source vouches for. */
const characters: Encoder = (source, from, to, out) => {
  const size = to - from
  out.reserve(4 + size)
  const { buffer } = out
  const at = out.at + 4
  if (size < shortText) {
    for (let offset = 0; offset < size; offset += 1) {
      const byte = source[from + offset] ?? 0
      if (byte === 0) throw new BadValueError(holdsNul)
      buffer[at + offset] = byte
    }
  } else {
    if (source.subarray(from, to).includes(0)) throw new BadValueError(holdsNul)
    source.copy(buffer, at, from, to)
  }
  buffer.writeInt32BE(size, out.at)
  out.at = at + size
}

const holdsNul = 'holds the character U+0000, which a text in Postgres cannot'

const bytes: Encoder = (source, from, to, out) => {
  out.reserve(4 + to - from)
  const at = out.buffer.writeInt32BE(to - from, out.at)
  out.at = at + source.copy(out.buffer, at, from, to)
}

/** `0101`, the highest first. */
const bits: Encoder = (source, from, to, out) => {
  const size = Math.ceil((to - from) / 8)
  for (let at = from; at < to; at += 1) if (((source[at] ?? 0) & 0xfe) !== zero) throw new BadValueError('is not made of bits')
  out.reserve(8 + size)
  const at = out.buffer.writeInt32BE(to - from, out.buffer.writeInt32BE(4 + size, out.at))
  out.buffer.fill(0, at, at + size)
  for (let bit = 0; bit < to - from; bit += 1) {
    if (source[from + bit] !== zero) out.buffer[at + (bit >> 3)] = (out.buffer[at + (bit >> 3)] ?? 0) | (0x80 >> (bit & 7))
  }
  out.at = at + size
}

/** Days from 2000-01-01 in the calendar that Postgres extends to all times. After H. Hinnant, "chrono-compatible low-level date algorithms". */
const daysOf = (year: number, month: number, day: number): number => {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 730_425
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `2026-11-24`, ten characters. @returns days from 2000-01-01 */
const dateAt = (source: Buffer, from: number, to: number): number => {
  const [year, month, day] = [digits(source, from, from + 4), digits(source, from + 5, from + 7), digits(source, from + 8, from + 10)]
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  const known = to - from >= 10 && source[from + 4] === minus && source[from + 7] === minus
  if (!known || year < 0 || day < 1 || day > (monthLengths[month - 1] ?? 0) + leap) throw new BadValueError('is not a date')
  return daysOf(year, month, day)
}

const date: Encoder = (source, from, to, out) => {
  if (to - from !== 10) throw new BadValueError('is not a date')
  const days = dateAt(source, from, to)
  out.reserve(8)
  out.at = out.buffer.writeInt32BE(days, out.buffer.writeInt32BE(4, out.at))
}

/** Microseconds of `.5` or `.123456`, or of nothing. */
const fractionAt = (source: Buffer, from: number, to: number): number => {
  if (from === to) return 0
  const value = digits(source, from + 1, to)
  if (source[from] !== point || value < 0 || to - from > 7) throw new BadValueError('has no readable part of a second')
  return value * 10 ** (7 - (to - from))
}

/** `10:35:00.25` with so many digits of the hour. @returns seconds and microseconds */
const clockAt = (source: Buffer, from: number, to: number, hourDigits: number): [seconds: number, micros: number] => {
  const minuteAt = from + hourDigits + 1
  const hour = digits(source, from, minuteAt - 1)
  const minute = digits(source, minuteAt, minuteAt + 2)
  const second = digits(source, minuteAt + 3, minuteAt + 5)
  const known = to >= minuteAt + 5 && source[minuteAt - 1] === colon && source[minuteAt + 2] === colon
  if (!known || hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59) throw new BadValueError('is not a time')
  return [hour * 3_600 + minute * 60 + second, fractionAt(source, minuteAt + 5, to)]
}

/** From here on microseconds are no longer exact as a double. */
const exactSeconds = 9_000_000_000

/** `2026-11-24 10:35:00.123456`, in UTC where the column has a time zone. */
const timestamp: Encoder = (source, from, to, out) => {
  const days = dateAt(source, from, to)
  if (source[from + 10] !== space) throw new BadValueError('is not a date with a time')
  const [ofDay, micros] = clockAt(source, from + 11, to, 2)
  if (ofDay >= 86_400) throw new BadValueError('is not a time')
  const seconds = days * 86_400 + ofDay
  out.reserve(12)
  const at = out.buffer.writeInt32BE(8, out.at)
  out.at =
    Math.abs(seconds) < exactSeconds
      ? writeInt64(out.buffer, seconds * 1_000_000 + micros, at)
      : out.buffer.writeBigInt64BE(BigInt(seconds) * 1_000_000n + BigInt(micros), at)
}

/** `-838:59:59.000000`, a span of time. */
const interval: Encoder = (source, from, to, out) => {
  const negative = source[from] === minus
  const first = negative ? from + 1 : from
  const [seconds, micros] = clockAt(source, first, to, Math.max(0, source.indexOf(colon, first) - first))
  const total = seconds * 1_000_000 + micros
  out.reserve(20)
  const at = writeInt64(out.buffer, negative ? -total : total, out.buffer.writeInt32BE(16, out.at))
  // No days and no months.
  out.at = out.buffer.writeInt32BE(0, out.buffer.writeInt32BE(0, at))
}

const uuid: Encoder = (source, from, to, out) => {
  const hex = text(source, from, to).replaceAll('-', '')
  if (!/^[\da-f]{32}$/i.test(hex)) throw new BadValueError('is not a UUID')
  out.reserve(20)
  const at = out.buffer.writeInt32BE(16, out.at)
  out.at = at + out.buffer.write(hex, at, 'hex')
}

const encoders: Readonly<Record<string, Encoder>> = {
  smallint: integer(2),
  integer: integer(4),
  bigint: integer(8),
  numeric,
  real: float(4),
  'double precision': float(8),
  text: characters,
  json: characters,
  bytea: bytes,
  bit: bits,
  date,
  'timestamp without time zone': timestamp,
  'timestamp with time zone': timestamp,
  interval,
  uuid,
}

/** @param type of the destination column, such as `numeric(15,2)`, whose modifiers the server applies */
export const encoderOf = (type: string): Encoder => {
  const encoder = encoders[type.replace(/\([\d,]+\)/, '')]
  if (encoder === undefined) throw new Error(`There is no encoder for the type ${type}.`)
  return encoder
}
