/** The calendar of Postgres, which is today's extended to all times. */

/** Days from 2000-01-01. After H. Hinnant, "chrono-compatible low-level date algorithms". */
export const daysOf = (year: number, month: number, day: number): number => {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 730_425
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** @param year 0 is the one before the year 1 @returns whether there is such a day */
export const isDay = (year: number, month: number, day: number): boolean => {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  return day >= 1 && day <= (lengths[month - 1] ?? 0) + leap
}

/** Of a timestamp, in seconds from 2000-01-01; the first of them is out of it. */
export const [leastSecond, endSecond] = [-211_813_488_000, 9_223_371_331_200]
/** Of a date. */
export const [leastDay, mostDay] = [-2_451_545, 2_145_031_948]
