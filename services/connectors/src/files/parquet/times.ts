/** Prints dates and times in the forms of ISO 8601. */

import type { TextBuffer } from './text-buffer.ts'

const [minus, colon, point, lineT, plus] = [0x2d, 0x3a, 0x2e, 0x54, 0x2b]
const secondsOfDay = 86_400

/** @param days from 1970-01-01. After H. Hinnant, "chrono-compatible low-level date algorithms" */
export const printDate = (days: number, text: TextBuffer): void => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  if (year < 0 || year > 9_999) {
    text.byte(year < 0 ? minus : plus)
    text.padded(Math.abs(year), 6)
  } else text.padded(year, 4)
  text.byte(minus)
  text.padded(month, 2)
  text.byte(minus)
  text.padded(day, 2)
}

/** `10:35:00.123`; the part of a second only where there is one. */
export const printTime = (seconds: number, micros: number, text: TextBuffer): void => {
  const minutes = Math.floor(seconds / 60)
  text.padded(Math.floor(minutes / 60), 2)
  text.byte(colon)
  text.padded(minutes % 60, 2)
  text.byte(colon)
  text.padded(seconds % 60, 2)
  if (micros === 0) return
  text.byte(point)
  text.padded(micros, 6)
}

/** @param seconds from 1970-01-01 */
export const printTimestamp = (seconds: number, micros: number, text: TextBuffer): void => {
  const days = Math.floor(seconds / secondsOfDay)
  printDate(days, text)
  text.byte(lineT)
  printTime(seconds - days * secondsOfDay, micros, text)
}
