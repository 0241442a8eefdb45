/** date, time and timestamps. */

import { BadValueError } from '../bad-value.ts'
import type { CopyWriter } from '../copy-writer.ts'
import { putInt32, putInt64, putProduct } from './big-endian.ts'
import { endSecond, leastDay, leastSecond, mostDay } from './calendar.ts'
import type { Encoder } from './encoder.ts'
import { MomentReader } from './moment-reader.ts'

/** From here on microseconds are no longer exact as a double. */
const exactSeconds = 9_000_000_000
const million = 1_000_000

/** @param seconds may be many; the sum with the microseconds need not be exact as a double */
export const putMicros = (buffer: Buffer, seconds: number, micros: number, at: number): number =>
  Math.abs(seconds) < exactSeconds ? putInt64(buffer, seconds * million + micros, at) : putProduct(buffer, seconds, million, micros, at)

/** `2026-11-24`; also with the time of a midnight, which takes nothing from it. */
export const dateOf = (): Encoder => {
  const reader = new MomentReader('is not a date')
  return (source, from, to, out) => {
    reader.readMoment(source, from, to)
    if (reader.infinite === 0) {
      if (reader.seconds !== 0 || reader.micros !== 0 || !reader.isWallTime) throw new BadValueError('is not a date alone')
      if (reader.days < leastDay || reader.days > mostDay) throw new BadValueError('does not fit date')
    }
    out.reserve(8)
    const days = reader.infinite === 0 ? reader.days : reader.infinite > 0 ? 0x7fff_ffff : -0x8000_0000
    out.at = putInt32(out.buffer, days, putInt32(out.buffer, 4, out.at))
  }
}

/** `10:35:00.25` */
export const timeOf = (): Encoder => {
  const reader = new MomentReader('is not a time')
  return (source, from, to, out) => {
    reader.readTime(source, from, to)
    if (!reader.isWallTime) throw new BadValueError(hasOffset('time'))
    out.reserve(12)
    out.at = putMicros(out.buffer, reader.seconds, reader.micros, putInt32(out.buffer, 8, out.at))
  }
}

/**
 * `2026-11-24 10:35:00.123456`; midnight where no time is told.
 *
 * @param zoned whether the column has a time zone: then the value is put into UTC, and is taken to be so where it tells no
 *   offset. Without one an offset other than UTC's is refused, since the wall time alone would be another moment.
 */
export const timestampOf = (zoned: boolean): Encoder => {
  const reader = new MomentReader('is not a date with a time')
  return (source, from, to, out) => {
    reader.readMoment(source, from, to)
    if (reader.infinite !== 0) return putInfinity(reader.infinite, out)
    if (!zoned && !reader.isWallTime) throw new BadValueError(hasOffset('timestamp'))
    const seconds = reader.days * 86_400 + reader.seconds - (reader.offset ?? 0)
    if (seconds < leastSecond || seconds >= endSecond) throw new BadValueError('does not fit timestamp')
    out.reserve(12)
    out.at = putMicros(out.buffer, seconds, reader.micros, putInt32(out.buffer, 8, out.at))
  }
}

const hasOffset = (type: string): string => `has an offset from UTC, which a ${type} without time zone cannot keep`

/** The largest or the smallest number of 64 bits. */
const putInfinity = (sign: number, out: CopyWriter): void => {
  out.reserve(12)
  const at = putInt32(out.buffer, 8, out.at)
  out.at =
    sign > 0
      ? putInt32(out.buffer, -1, putInt32(out.buffer, 0x7fff_ffff, at))
      : putInt32(out.buffer, 0, putInt32(out.buffer, -0x8000_0000, at))
}
