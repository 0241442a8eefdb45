/** Reading what is new: the cursor value as the API wants it, and records that are not new after all. */

import type { Since } from '@aiia/core/sync/source'
import type { FieldValue } from '../json/record-scanner.ts'
import type { HttpStreamSource } from './stream-source.ts'

const moment = /^(\d{4,}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/

/** Microseconds since 1970; null for what is no time. */
const microsOf = (text: string): bigint | null => {
  const [, day, clock = '00:00:00', fraction = '', zone = 'Z'] = moment.exec(text) ?? []
  if (day === undefined) return null
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`
  const ms = Date.parse(`${day}T${clock}${offset}`)
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
}

/** @param value as Postgres prints it */
export const printSince = (value: string, { format }: NonNullable<HttpStreamSource['since']>): string => {
  const micros = microsOf(value)
  if (micros === null) return value
  switch (format) {
    case 'iso':
      return value.replace(' ', 'T').replace(/\+00(:?00)?$/, 'Z')
    case 'unix-seconds':
      return String(micros / 1_000_000n)
    case 'unix-milliseconds':
      return String(micros / 1_000n)
    default:
      return format satisfies never
  }
}

/**
 * APIs include the value that they are asked for, or begin with its second. Where only later ones are wanted, those are
 * left out.
 *
 * @returns null where all are wanted
 */
export const createNewness = ({ value, inclusive }: Since): ((found: FieldValue | null) => boolean) | null => {
  if (inclusive) return null
  const last = microsOf(value)
  return (found) => {
    if (found === null) return false
    const text = found.source.toString('utf8', found.from, found.to)
    const micros = last === null ? null : microsOf(text)
    if (last !== null && micros !== null) return micros > last
    if (isInteger(text) && isInteger(value)) return BigInt(text) > BigInt(value)
    return text !== value && !(Number(text) <= Number(value))
  }
}

const isInteger = (text: string): boolean => /^-?\d+$/.test(text)
