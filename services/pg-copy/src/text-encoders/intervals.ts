/** interval. */

import { BadValueError } from '../bad-value.ts'
import type { CopyWriter } from '../copy-writer.ts'
import { minus, plus } from './ascii.ts'
import { putInt32 } from './big-endian.ts'
import type { Encoder } from './encoder.ts'
import { MomentReader } from './moment-reader.ts'
import { putMicros } from './times.ts'

/** `-838:59:59.000000`, `1 year 2 mons -3 days +04:05:06.7` as Postgres prints it, or `P1Y2M3DT4H5M6.7S`. */
export const intervalOf = (): Encoder => {
  const reader = new MomentReader(notInterval)
  return (source, from, to, out) => {
    const negative = source[from] === minus
    if (isClock(source, from, to)) {
      reader.readSpan(source, negative || source[from] === plus ? from + 1 : from, to)
      const sign = negative ? -1 : 1
      put(out, { months: 0, days: 0, seconds: sign * reader.seconds, micros: sign * reader.micros })
    } else put(out, otherInterval(source.toString('latin1', from, to), reader))
  }
}

type Span = { months: number; days: number; seconds: number; micros: number }

const notInterval = 'is not a span of time'
const mostInt32 = 2_147_483_647
/** A whole second less than 64 bits have room for. */
const mostSeconds = 9_223_372_036_853

const put = (out: CopyWriter, { months, days, seconds, micros }: Span): void => {
  if (Math.max(Math.abs(months), Math.abs(days)) > mostInt32 || Math.abs(seconds) > mostSeconds)
    throw new BadValueError('does not fit interval')
  out.reserve(20)
  const at = putMicros(out.buffer, seconds, micros, putInt32(out.buffer, 16, out.at))
  out.at = putInt32(out.buffer, months, putInt32(out.buffer, days, at))
}

/** Neither blanks nor letters. */
const isClock = (source: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if ((source[at] as number) > 0x3a || source[at] === 0x20) return false
  return true
}

const printed =
  /^(?:(?<years>[+-]?\d+) years?(?: |$))?(?:(?<months>[+-]?\d+) mons?(?: |$))?(?:(?<days>[+-]?\d+) days?(?: |$))?(?:(?<sign>[+-]?)(?<clock>\d+:[\d:.]+))?$/
const iso =
  /^(?<all>-?)P(?=.)(?:(?<years>[+-]?\d+)Y)?(?:(?<months>[+-]?\d+)M)?(?:(?<weeks>[+-]?\d+)W)?(?:(?<days>[+-]?\d+)D)?(?:T(?=.)(?:(?<hours>[+-]?\d+)H)?(?:(?<minutes>[+-]?\d+)M)?(?:(?<sign>[+-]?)(?<seconds>\d+)(?:\.(?<part>\d+))?S)?)?$/

type Parts = Readonly<Record<string, string | undefined>>

const otherInterval = (text: string, reader: MomentReader): Span => {
  const ofIso = iso.exec(text)?.groups
  if (ofIso !== undefined) return isoSpan(ofIso)
  const parts: Parts | undefined = text.endsWith(' ') ? undefined : printed.exec(text)?.groups
  if (parts === undefined) throw new BadValueError(notInterval)
  const { years = 0, months = 0, days = 0, sign, clock } = parts
  const span = { months: Number(years) * 12 + Number(months), days: Number(days), seconds: 0, micros: 0 }
  if (clock === undefined) return span
  const bytes = Buffer.from(clock, 'latin1')
  reader.readSpan(bytes, 0, bytes.length)
  const direction = sign === '-' ? -1 : 1
  return { ...span, seconds: direction * reader.seconds, micros: direction * reader.micros }
}

const isoSpan = (parts: Parts): Span => {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, part = '' } = parts
  if (/[^0]/.test(part.slice(6))) throw new BadValueError('is more precise than microseconds')
  const [all, ofSeconds] = [parts.all === '-' ? -1 : 1, parts.sign === '-' ? -1 : 1]
  return {
    months: all * (Number(years) * 12 + Number(months)),
    days: all * (Number(weeks) * 7 + Number(days)),
    seconds: all * (Number(hours) * 3_600 + Number(minutes) * 60 + ofSeconds * Number(seconds)),
    micros: all * ofSeconds * Number(part.slice(0, 6).padEnd(6, '0')),
  }
}
