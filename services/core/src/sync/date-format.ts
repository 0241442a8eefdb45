/** Formats of dates and times, such as `DD.MM.YYYY HH:mm`, taken to pieces and checked. */

/** What a token tells. */
export type FormatField = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond' | 'half' | 'zone'

/** A token with the digits that it takes at least and at most (0: it has letters), or characters as they are. */
export type FormatPart = { field: FormatField; token: string; least: number; most: number } | { literal: string }

const tokens: Readonly<Record<string, readonly [field: FormatField, least: number, most: number]>> = {
  YYYY: ['year', 4, 4],
  YY: ['year', 2, 2],
  MMM: ['month', 0, 0],
  MM: ['month', 2, 2],
  M: ['month', 1, 2],
  DD: ['day', 2, 2],
  D: ['day', 1, 2],
  HH: ['hour', 2, 2],
  H: ['hour', 1, 2],
  mm: ['minute', 2, 2],
  ss: ['second', 2, 2],
  SSS: ['millisecond', 3, 3],
  A: ['half', 0, 0],
  Z: ['zone', 0, 0],
}

// The longest come first.
const splitting = new RegExp(`(${Object.keys(tokens).join('|')})`)

export const parseFormat = (format: string): FormatPart[] =>
  format
    .split(splitting)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const token = tokens[piece]
      if (token === undefined) return { literal: piece }
      const [field, least, most] = token
      return { field, token: piece, least, most }
    })

/** Which field makes no sense without which others. */
const needs: Readonly<Record<FormatField, readonly FormatField[]>> = {
  year: ['month', 'day'],
  month: ['year', 'day'],
  day: ['year', 'month'],
  hour: ['minute'],
  minute: ['hour'],
  second: ['minute'],
  millisecond: ['second'],
  half: ['hour'],
  zone: ['day', 'hour'],
}

const spelled: Readonly<Record<FormatField, string>> = {
  year: 'a year (YYYY or YY)',
  month: 'a month (MM, M or MMM)',
  day: 'a day (DD or D)',
  hour: 'hours (HH or H)',
  minute: 'minutes (mm)',
  second: 'seconds (ss)',
  millisecond: 'milliseconds (SSS)',
  half: 'AM or PM (A)',
  zone: 'an offset from UTC (Z)',
}

/**
 * YYYY, YY (00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999), MM, M, MMM (Jan to Dec), DD, D, HH, H, mm, ss, SSS, A
 * (AM or PM) and Z (`Z`, `+02`, `+02:00`, `+0200`); other characters stand for themselves.
 *
 * @returns a sentence that says why it is no format, or null
 */
export const checkDateFormat = (format: string): string | null => {
  const parts = parseFormat(format)
  const fields = parts.flatMap((part) => ('field' in part ? [part] : []))
  if (fields.length === 0) return `"${format}" has neither a date nor a time. It is made of ${Object.keys(tokens).join(', ')}.`
  const present = new Set(fields.map(({ field }) => field))
  for (const { field, token } of fields) {
    if (fields.filter((other) => other.field === field).length > 1) return `"${format}" has ${spelled[field]} twice.`
    const missing = needs[field].find((needed) => !present.has(needed))
    if (missing !== undefined) return `"${format}" has ${token}, and therefore needs ${spelled[missing]}.`
  }
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1]
    if ('field' in part && part.least < part.most && next !== undefined && 'field' in next && next.least > 0)
      return `"${format}" has ${part.token} directly in front of ${next.token}, so that nobody can tell where it ends. Put a character between them, or write ${part.token}${part.token}.`
  }
  return null
}
