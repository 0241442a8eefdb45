/** Values that a source prints as text, written as Postgres takes them in a binary COPY: length and bytes. */

import { parseTypeName } from '@aiia/core/sync/field-types'
import { bitsOf, boolean, bytes, uuid } from './text-encoders/binary.ts'
import { charactersOf } from './text-encoders/characters.ts'
import type { Encoder } from './text-encoders/encoder.ts'
import { double, real } from './text-encoders/floats.ts'
import { bigint, integer, smallint } from './text-encoders/integers.ts'
import { intervalOf } from './text-encoders/intervals.ts'
import { jsonOf } from './text-encoders/json.ts'
import { numericOf } from './text-encoders/numeric.ts'
import { dateOf, timeOf, timestampOf } from './text-encoders/times.ts'

export { BadValueError } from './bad-value.ts'
export type { Encoder } from './text-encoders/encoder.ts'

/** By the type's name without modifiers; the server itself rounds to the digits of a second and of a number. */
const encoders: Readonly<Record<string, (modifiers: readonly number[]) => Encoder>> = {
  smallint: () => smallint,
  integer: () => integer,
  bigint: () => bigint,
  numeric: ([precision, scale = 0]) => numericOf(precision === undefined ? null : { precision, scale }),
  real: () => real,
  'double precision': () => double,
  boolean: () => boolean,
  text: () => charactersOf(Infinity),
  'character varying': ([most = Infinity]) => charactersOf(most),
  character: ([most = 1]) => charactersOf(most),
  bpchar: () => charactersOf(Infinity),
  bytea: () => bytes,
  bit: ([count = 1]) => bitsOf(count, count),
  'bit varying': ([most = Infinity]) => bitsOf(0, most),
  date: dateOf,
  'time without time zone': timeOf,
  'timestamp without time zone': () => timestampOf(false),
  'timestamp with time zone': () => timestampOf(true),
  interval: intervalOf,
  uuid: () => uuid,
  json: () => jsonOf('json'),
  jsonb: () => jsonOf('jsonb'),
}

/** Types that values can be encoded for, without their modifiers. */
export const encodableTypes: readonly string[] = Object.keys(encoders)

export const isEncodable = (type: string): boolean => parseTypeName(type) !== null

/**
 * Refuses every value that the server would refuse: one of them would end the COPY of all.
 *
 * @param type of the destination column, such as `numeric(15,2)`
 */
export const encoderOf = (type: string): Encoder => {
  const name = parseTypeName(type)
  const encoder = name === null ? undefined : encoders[name.base]?.(name.modifiers)
  if (encoder === undefined) throw new Error(`There is no encoder for the type ${type}, but for ${encodableTypes.join(', ')}.`)
  return encoder
}
