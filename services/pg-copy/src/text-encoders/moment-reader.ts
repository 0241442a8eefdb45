/** Reads dates and times in the forms of ISO 8601 and of Postgres, without an object a value. */

import { BadValueError } from '../bad-value.ts'
import { colon, digits, isLetter, minus, plus, point, space, spells, twoDigits, zero } from './ascii.ts'
import { daysOf, isDay } from './calendar.ts'

const daySeconds = 86_400
const tens = [1, 10, 100, 1_000, 10_000, 100_000]

/** What the last text had; `read…` throws BadValueError with `rule` for what is none of it. */
export class MomentReader {
  /** From 2000-01-01. */
  days = 0
  /** Of the day, up to 24:00:00; in a span of time without an end. */
  seconds = 0
  micros = 0
  /** East of UTC in seconds; null: none is told. */
  offset: number | null = null
  /** 1 or -1: the end or the beginning of all times, and nothing else counts. */
  infinite = 0
  readonly #rule: string

  constructor(rule: string) {
    this.#rule = rule
  }

  /** `2026-11-24`, `2026-11-24T10:35:00.123456+02:00`, `0044-03-15 BC`, `-infinity`. */
  readMoment(source: Buffer, from: number, to: number): void {
    this.seconds = 0
    this.micros = 0
    this.offset = null
    this.infinite = this.#infinity(source, from, to)
    if (this.infinite !== 0) return
    const bc = to - from >= 13 && isLetter(source[to - 1], 0x63) && isLetter(source[to - 2], 0x62) && source[to - 3] === space
    const end = bc ? to - 3 : to
    const behindDate = this.#date(source, from, end, bc)
    const separator = source[behindDate]
    const timed = behindDate < end && (separator === space || isLetter(separator, 0x74))
    this.#zone(source, timed ? this.#timeOfDay(source, behindDate + 1, end) : behindDate, end)
  }

  /** `10:35:00.25`, `24:00`. */
  readTime(source: Buffer, from: number, to: number): void {
    this.offset = null
    this.#zone(source, this.#timeOfDay(source, from, to), to)
  }

  /** `838:59:59.000000`. */
  readSpan(source: Buffer, from: number, to: number): void {
    let hoursEnd = from
    while (hoursEnd < to && source[hoursEnd] !== colon) hoursEnd += 1
    if (this.#clock(source, from, hoursEnd, to) !== to) throw this.#refusal()
  }

  /** It tells no offset, or that of UTC itself, so that its wall time is the one in UTC. */
  get isWallTime(): boolean {
    return this.offset === null || this.offset === 0
  }

  #infinity(source: Buffer, from: number, to: number): number {
    const first = source[from]
    const signed = first === minus || first === plus
    if (!signed && !isLetter(first, 0x69)) return 0
    if (!spells(source, signed ? from + 1 : from, to, 'infinity')) throw this.#refusal()
    return first === minus ? -1 : 1
  }

  /** @returns the place behind it */
  #date(source: Buffer, from: number, to: number, bc: boolean): number {
    let yearEnd = from + 4
    while (yearEnd < to && yearEnd - from < 7 && source[yearEnd] !== minus) yearEnd += 1
    const end = yearEnd + 6
    const year = digits(source, from, yearEnd)
    const month = twoDigits(source, yearEnd + 1)
    const day = twoDigits(source, yearEnd + 4)
    if (end > to || source[yearEnd] !== minus || source[yearEnd + 3] !== minus || year < 1) throw this.#refusal()
    const counted = bc ? 1 - year : year
    if (!isDay(counted, month, day)) throw this.#refusal()
    this.days = daysOf(counted, month, day)
    return end
  }

  #timeOfDay(source: Buffer, from: number, to: number): number {
    const end = this.#clock(source, from, from + 2, to)
    if (this.seconds > daySeconds || (this.seconds === daySeconds && this.micros > 0)) throw this.#refusal()
    return end
  }

  /** Hours and minutes, and seconds where they are told; a second may be the leap one. @returns the place behind it */
  #clock(source: Buffer, from: number, hoursEnd: number, to: number): number {
    const minutesEnd = hoursEnd + 3
    const hours = hoursEnd - from > 10 ? -1 : digits(source, from, hoursEnd)
    const minutes = twoDigits(source, hoursEnd + 1)
    if (minutesEnd > to || source[hoursEnd] !== colon || hours < 0 || minutes < 0 || minutes > 59) throw this.#refusal()
    this.seconds = hours * 3_600 + minutes * 60
    this.micros = 0
    if (minutesEnd === to || source[minutesEnd] !== colon) return minutesEnd
    const secondsEnd = minutesEnd + 3
    const seconds = twoDigits(source, minutesEnd + 1)
    if (secondsEnd > to || seconds < 0 || seconds > 60) throw this.#refusal()
    this.seconds += seconds
    return secondsEnd < to && source[secondsEnd] === point ? this.#fraction(source, secondsEnd + 1, to) : secondsEnd
  }

  #fraction(source: Buffer, from: number, to: number): number {
    let at = from
    let micros = 0
    let kept = 0
    for (; at < to; at += 1) {
      const digit = (source[at] as number) - zero
      if (digit < 0 || digit > 9) break
      if (kept < 6) {
        micros = micros * 10 + digit
        kept += 1
      } else if (digit > 0) throw new BadValueError('is more precise than microseconds')
    }
    if (at === from) throw this.#refusal()
    this.micros = micros * (tens[6 - kept] as number)
    return at
  }

  /** Nothing, `Z`, `+02`, `+02:00`, `+0200` or `+02:00:00`, behind a blank or not. */
  #zone(source: Buffer, from: number, to: number): void {
    if (from === to) return
    const at = source[from] === space ? from + 1 : from
    if (isLetter(source[at], 0x7a) && at + 1 === to) {
      this.offset = 0
      return
    }
    const size = to - at
    const separated = source[at + 3] === colon
    const known = size === 3 || (size === 5 && !separated) || (separated && (size === 6 || (size === 9 && source[at + 6] === colon)))
    const hours = twoDigits(source, at + 1)
    const minutes = size === 3 ? 0 : twoDigits(source, separated ? at + 4 : at + 3)
    const seconds = size === 9 ? twoDigits(source, at + 7) : 0
    const inRange = hours >= 0 && hours <= 15 && minutes >= 0 && minutes <= 59 && seconds >= 0 && seconds <= 59
    if (!known || !inRange || (source[at] !== plus && source[at] !== minus)) throw this.#refusal()
    const offset = hours * 3_600 + minutes * 60 + seconds
    this.offset = source[at] === minus ? -offset : offset
  }

  #refusal(): BadValueError {
    return new BadValueError(this.#rule)
  }
}
