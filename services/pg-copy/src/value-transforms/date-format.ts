/** Dates and times that are written by a format such as `DD.MM.YYYY`, put into the form of ISO 8601. */

import { checkDateFormat, type FormatField, type FormatPart, parseFormat } from '@aiia/core/sync/date-format'
import { BadValueError } from '../bad-value.ts'
import { colon, isLetter, minus, plus, point, space, spells, twoDigits, zero } from '../text-encoders/ascii.ts'
import { isDay } from '../text-encoders/calendar.ts'
import { replace, Scratch, type Step } from './text.ts'

type Fields = Record<Exclude<FormatField, 'zone'>, number> & {
  /** Place of the offset from UTC in the text. */
  zoneFrom: number
  zoneTo: number
}

/** Reads one part of the format. @returns the place behind it, or -1 where the text has something else */
type Reading = (source: Buffer, at: number, to: number, fields: Fields) => number

/** @throws Error for a format that `checkDateFormat` refuses */
export const dateWrittenAs = (format: string): Step => {
  const wrong = checkDateFormat(format)
  if (wrong !== null) throw new Error(wrong)
  const parts = parseFormat(format)
  const readings = parts.map(readingOf)
  const has = (field: FormatField): boolean => parts.some((part) => 'field' in part && part.field === field)
  const [hasDate, hasTime, hasMillis, hasHalf] = [has('day'), has('hour'), has('millisecond'), has('half')]
  const rule = `is not a ${hasDate ? 'date' : 'time'} written as ${format}`
  const fields: Fields = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0, half: 0, zoneFrom: 0, zoneTo: 0 }
  const scratch = new Scratch()
  return (text) => {
    const { source, from, to } = text
    let at = from
    for (const read of readings) if (at >= 0) at = read(source, at, to, fields)
    if (hasHalf && !toHourOfDay(fields)) at = -1
    if (at !== to || (hasDate && !isKnownDay(fields)) || (hasTime && !isTimeOfDay(fields))) throw new BadValueError(rule)
    const buffer = scratch.take(longest)
    let size = hasDate ? putDate(fields, buffer) : 0
    if (hasDate && hasTime) size = put(buffer, size, space)
    if (hasTime) size = putTime(fields, hasMillis, buffer, size)
    return replace(text, buffer, size + source.copy(buffer, size, fields.zoneFrom, fields.zoneTo))
  }
}

/** `2026-11-24 10:35:00.123+02:00` */
const longest = 29

const readingOf = (part: FormatPart): Reading => {
  if ('literal' in part) return literal(Buffer.from(part.literal))
  const { field, token, least, most } = part
  if (token === 'YY') return yearOfCentury
  if (token === 'MMM') return monthName
  if (field === 'half') return halfOfDay
  return field === 'zone' ? zone : numberOf(field, least, most)
}

const literal =
  (bytes: Buffer): Reading =>
  (source, at, to) => {
    if (to - at < bytes.length) return -1
    for (let offset = 0; offset < bytes.length; offset += 1) if (source[at + offset] !== bytes[offset]) return -1
    return at + bytes.length
  }

const numberOf =
  (field: Exclude<FormatField, 'zone'>, least: number, most: number): Reading =>
  (source, at, to, fields) => {
    let [value, end] = [0, at]
    for (; end < to && end - at < most; end += 1) {
      const digit = (source[end] as number) - zero
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    fields[field] = value
    return end - at < least ? -1 : end
  }

/** The years that two digits stand for go up to here in this century, and begin in the last one behind it. */
const lastOfCentury = 68

const yearOfCentury: Reading = (source, at, to, fields) => {
  const year = at + 2 > to ? -1 : twoDigits(source, at)
  fields.year = year + (year > lastOfCentury ? 1_900 : 2_000)
  return year < 0 ? -1 : at + 2
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const monthName: Reading = (source, at, to, fields) => {
  let month = 0
  while (month < 12 && !spells(source, at, Math.min(to, at + 3), months[month] as string)) month += 1
  fields.month = month + 1
  return month === 12 ? -1 : at + 3
}

const [letterA, letterM, letterP, letterZ] = [0x61, 0x6d, 0x70, 0x7a]

const halfOfDay: Reading = (source, at, to, fields) => {
  fields.half = isLetter(source[at], letterP) ? 1 : 0
  const isHalf = at + 2 <= to && (fields.half === 1 || isLetter(source[at], letterA)) && isLetter(source[at + 1], letterM)
  return isHalf ? at + 2 : -1
}

/** `Z`, `+02`, `+02:00` or `+0200`, which the column's type reads. */
const zone: Reading = (source, at, to, fields) => {
  fields.zoneFrom = at
  fields.zoneTo = zoneEnd(source, at, to)
  return fields.zoneTo
}

const zoneEnd = (source: Buffer, at: number, to: number): number => {
  if (at >= to) return -1
  if (isLetter(source[at], letterZ)) return at + 1
  if ((source[at] !== plus && source[at] !== minus) || at + 3 > to || twoDigits(source, at + 1) < 0) return -1
  const minutesAt = source[at + 3] === colon ? at + 4 : at + 3
  return minutesAt + 2 <= to && twoDigits(source, minutesAt) >= 0 ? minutesAt + 2 : at + 3
}

/** Twelve is the first hour of both halves. @returns false where there is no such hour */
const toHourOfDay = (fields: Fields): boolean => {
  if (fields.hour < 1 || fields.hour > 12) return false
  fields.hour = (fields.hour % 12) + fields.half * 12
  return true
}

const isKnownDay = ({ year, month, day }: Fields): boolean => year > 0 && isDay(year, month, day)

/** 24:00:00 is the end of the day. */
const isTimeOfDay = ({ hour, minute, second, millisecond }: Fields): boolean =>
  minute < 60 && second < 60 && (hour < 24 || (hour === 24 && minute + second + millisecond === 0))

const put = (buffer: Buffer, at: number, byte: number): number => {
  buffer[at] = byte
  return at + 1
}

const putDigits = (buffer: Buffer, at: number, value: number, count: number): number => {
  for (let [place, left] = [at + count - 1, value]; place >= at; place -= 1, left = Math.floor(left / 10))
    buffer[place] = zero + (left % 10)
  return at + count
}

const putDate = ({ year, month, day }: Fields, buffer: Buffer): number => {
  const at = put(buffer, putDigits(buffer, 0, year, 4), minus)
  return putDigits(buffer, put(buffer, putDigits(buffer, at, month, 2), minus), day, 2)
}

const putTime = ({ hour, minute, second, millisecond }: Fields, hasMillis: boolean, buffer: Buffer, from: number): number => {
  const at = put(buffer, putDigits(buffer, from, hour, 2), colon)
  const end = putDigits(buffer, put(buffer, putDigits(buffer, at, minute, 2), colon), second, 2)
  return hasMillis ? putDigits(buffer, put(buffer, end, point), millisecond, 3) : end
}
