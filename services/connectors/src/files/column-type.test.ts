import { expect, test } from 'vitest'
import { TypeGuess, typeOfText } from './column-type.ts'

test.each([
  ['0', 'bigint'],
  ['-12', 'bigint'],
  ['8999999999999999999', 'bigint'],
  ['9223372036854775808', 'numeric'],
  ['123456789012345678901234567890', 'numeric'],
  ['1.50', 'numeric'],
  ['.5', 'numeric'],
  ['1e-05', 'numeric'],
  ['12E4', 'text'],
  ['00012', 'text'],
  ['007.5', 'text'],
  ['+49', 'text'],
  ['1,5', 'text'],
  ['1.', 'text'],
  ['-', 'text'],
  ['', 'text'],
  ['NaN', 'text'],
  ['true', 'boolean'],
  ['yes', 'text'],
  ['2026-11-24', 'date'],
  ['2026-13-24', 'text'],
  ['0000-00-00', 'text'],
  ['24.11.2026', 'text'],
  ['2026-11-24 10:35:00', 'timestamp without time zone'],
  ['2026-11-24T10:35:00.123456', 'timestamp without time zone'],
  ['2026-11-24T10:35:00Z', 'timestamp with time zone'],
  ['2026-11-24 10:35:00.5+02', 'timestamp with time zone'],
  ['2026-11-24 25:35:00', 'text'],
  ['123e4567-E89b-12d3-a456-426655440000', 'uuid'],
  ['{"a":1}', 'text'],
])('%s is of the type %s', (text, type) => {
  expect(typeOfText(text)).toBe(type)
})

test.each([
  [[], 'text'],
  [['bigint', 'numeric', 'bigint'], 'numeric'],
  [['bigint', 'date'], 'text'],
  [['date', 'timestamp without time zone'], 'timestamp without time zone'],
  [['timestamp with time zone', 'timestamp without time zone'], 'text'],
  [['text', 'jsonb', 'bigint'], 'jsonb'],
  [['bigint', 'text', 'bigint'], 'text'],
])('a column of %j holds them all', (types, type) => {
  const guess = new TypeGuess()
  for (const seen of types) guess.see(seen)
  expect(guess.type).toBe(type)
})
