/** Values that OData prints in a form of its own, written as Postgres reads them; on bytes, since it happens for every row. */

import type { Scratch } from './scratch.ts'

/**
 * Writes the value that stands in `source` from `from` up to `to`.
 *
 * @returns false where it is none of the form: then it is taken as it is, for the writer of rows to say so
 */
export type Rewriting = (source: Buffer, from: number, to: number, out: Scratch) => boolean

const [zero, nine, plus, minus, point, colon] = [0x30, 0x39, 0x2b, 0x2d, 0x2e, 0x3a]
const [letterT, letterZ, closeParenthesis] = [0x54, 0x5a, 0x29]
const [dayMs, minuteMs] = [86_400_000, 60_000]
/** Of the years 1 to 9999. */
const [firstDay, lastDay] = [-719_162, 2_932_896]

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= nine

const ticksPrefix = Buffer.from('/Date(')

/**
 * `/Date(1492041600000)/`, milliseconds since 1970; `/Date(1492045200000+0060)/`, the same on a clock that is so many
 * minutes ahead of UTC.
 */
const ticks =
  (write: (out: Scratch, ms: number) => void): Rewriting =>
  (source, from, to, out) => {
    for (let at = 0; at < ticksPrefix.length; at += 1) if (source[from + at] !== ticksPrefix[at]) return false
    let at = from + ticksPrefix.length
    const sign = source[at] === minus ? -1 : 1
    if (sign < 0) at += 1
    let ms = 0
    const firstDigit = at
    for (; isDigit(source[at]); at += 1) ms = ms * 10 + (source[at] as number) - zero
    if (at === firstDigit) return false
    ms *= sign
    if (source[at] === plus || source[at] === minus) {
      const ahead = source[at] === plus ? 1 : -1
      let minutes = 0
      for (at += 1; isDigit(source[at]); at += 1) minutes = minutes * 10 + (source[at] as number) - zero
      ms -= ahead * minutes * minuteMs
    }
    const day = Math.floor(ms / dayMs)
    if (source[at] !== closeParenthesis || at !== to - 2 || day < firstDay || day > lastDay) return false
    out.begin(32)
    write(out, ms)
    return true
  }

/** `2017-04-13`. After H. Hinnant, "chrono-compatible low-level date algorithms". */
const writeDay = (out: Scratch, day: number): void => {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const year = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const month = Math.floor((5 * ofYear + 2) / 153)
  out.digits(year + era * 400 + (month >= 10 ? 1 : 0), 4)
  out.byte(minus)
  out.digits(month < 10 ? month + 3 : month - 9, 2)
  out.byte(minus)
  out.digits(ofYear - Math.floor((153 * month + 2) / 5) + 1, 2)
}

/** `2017-04-13T11:22:33.456`. */
const writeTime = (out: Scratch, ms: number): void => {
  const day = Math.floor(ms / dayMs)
  const ofDay = ms - day * dayMs
  writeDay(out, day)
  out.byte(letterT)
  writeClock(out, ofDay)
}

const writeClock = (out: Scratch, ofDay: number): void => {
  out.digits(Math.floor(ofDay / 3_600_000), 2)
  out.byte(colon)
  out.digits(Math.floor(ofDay / minuteMs) % 60, 2)
  out.byte(colon)
  out.digits(Math.floor(ofDay / 1_000) % 60, 2)
  if (ofDay % 1_000 === 0) return
  out.byte(point)
  out.digits(ofDay % 1_000, 3)
}

export const ticksToTimestamp = ticks(writeTime)

export const ticksToInstant = ticks((out, ms) => {
  writeTime(out, ms)
  out.byte(letterZ)
})

const duration = /^P(?:T(?:(\d{1,2})H)?(?:(\d{1,2})M)?(?:(\d{1,2})(\.\d{1,12})?S)?)$/

/** `PT11H22M33.5S` → `11:22:33.5`. */
export const durationToTime: Rewriting = (source, from, to, out) => {
  const parts = to - from > 32 ? null : duration.exec(source.toString('latin1', from, to))
  if (parts === null) return false
  const [, hours = '', minutes = '', seconds = '', fraction = ''] = parts
  const clock = [hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')
  out.begin(64)
  out.text(`${clock}${fraction}`)
  return true
}

const microDigits = 6

/** `10:35:00.1234567`, also with a date before and an offset behind it → what Postgres keeps of it. */
export const cutToMicroseconds: Rewriting = (source, from, to, out) => {
  let dot = from
  while (dot < to && source[dot] !== point) dot += 1
  if (dot + microDigits >= to) return false
  let end = dot + 1
  let isLossy = false
  for (; end < to && isDigit(source[end]); end += 1) isLossy ||= end > dot + microDigits && source[end] !== zero
  if (end - dot - 1 <= microDigits) return false
  if (isLossy) out.losses += 1
  out.begin(to - from)
  out.to += source.copy(out.buffer, out.to, from, dot + 1 + microDigits)
  out.to += source.copy(out.buffer, out.to, end, to)
  return true
}

const equals = 0x3d

/** Base64, or base64url as in v4, with or without padding. */
export const base64ToBytes: Rewriting = (source, from, to, out) => {
  let end = to
  while (end > from && source[end - 1] === equals) end -= 1
  const size = Math.floor(((end - from) * 3) / 4)
  out.begin(size + 3)
  // What is none of its letters is skipped, and missing then.
  const written = out.buffer.write(source.toString('latin1', from, end), out.to, 'base64')
  out.to += written
  return written === size && (end - from) % 4 !== 1
}
