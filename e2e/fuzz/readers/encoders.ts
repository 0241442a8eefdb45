/** The encoders of values: by themselves, with the surroundings of a value changed, and beside what JavaScript says of it. */

import { isUtf8 } from 'node:buffer'
import { CopyWriter } from '@aiia/pg-copy/copy-writer'
import { BadValueError, encoderOf } from '@aiia/pg-copy/text-encoders'
import type { Random } from '../../faults/random.ts'
import { mutate, noise } from '../mutate.ts'
import { below, type FuzzInput, type FuzzReader, maybe, Violation } from '../reader.ts'
import { parseJson } from '../reference/json.ts'
import { randomText } from '../tables.ts'

const types = [
  ['smallint', 'integer', 'bigint', 'numeric', 'numeric(15,2)', 'numeric(5,5)', 'real', 'double precision', 'boolean', 'text'],
  [
    'character varying(5)',
    'character(3)',
    'bytea',
    'bit(3)',
    'bit varying(9)',
    'date',
    'time without time zone',
    'time(3) without time zone',
  ],
  ['timestamp without time zone', 'timestamp(3) with time zone', 'timestamp with time zone', 'interval', 'uuid', 'json', 'jsonb'],
].flat()

const samples = [
  '0 -1 32767 -32768 32768 2147483647 9223372036854775807 -9223372036854775808 9223372036854775808 1e5 -1.50 .5 5. +7'.split(' '),
  '123456789012345678901234567890.123456789 1e-30 1E400 NaN Infinity -Infinity 4.9e-324 1.7976931348623157e308 3.4028235e38'.split(' '),
  String.raw`true false t f yes off 1 101 0001 abc \xdeadbeef ä🙂漢 2026-11-24 0001-01-01 9999-12-31 2024-02-29 2023-02-29`.split(' '),
  ['0044-03-15 BC', '10:35:00', '23:59:60', '24:00:00', '10:35:00.1234567'],
  [
    '2026-11-24T10:35:00.123Z',
    '2026-11-24 10:35:00+05:30',
    '2026-11-24 10:35:00.999999999-11',
    'infinity',
    '-infinity',
    '294276-12-31 23:59:59',
  ],
  ['P1Y2M3DT4H5M6.7S', 'PT-1S', '1 day 02:03:04', '-1 mons', 'P1W'],
  ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'],
  [String.raw`{"a":[1,2,{"b":null}],"c":"\u00e9\ud83d\ude00"}`, '[]', '"x"', 'null', ' {"a" : -0.5e+3 } ', '{"a":1,"a":2}'],
  [String.raw`"\u0000"`, '[[[[1]]]]'],
]
  .flat()
  .map((text) => Buffer.from(text))

const make = (random: Random): FuzzInput => {
  const from = maybe(random, 0.1) ? Buffer.from(randomText(random)) : random.pick(samples)
  const value = maybe(random, 0.05) ? noise(random) : maybe(random, 0.1) ? from : mutate(from, random, random.pick(samples))
  return { parts: [value], about: { type: random.pick(types), fill: below(random, 256), shift: below(random, 40) }, table: null }
}

/** @returns what COPY is given, or the rule that is broken */
const encode = (type: string, source: Buffer, from: number, to: number): Buffer | string => {
  const out = new CopyWriter()
  const start = out.at
  try {
    encoderOf(type)(source, from, to, out)
  } catch (error) {
    if (error instanceof BadValueError) return error.rule
    throw new Violation('every error has a name', String(error), error)
  }
  const size = out.buffer.readInt32BE(start)
  if (out.at !== start + 4 + Math.max(0, size))
    throw new Violation('COPY is in order', `${type}: ${size} told, ${out.at - start - 4} written`)
  return Buffer.from(out.buffer.subarray(start + 4, out.at))
}

const integers: Readonly<Record<string, bigint>> = { smallint: 15n, integer: 31n, bigint: 63n }

const compare = (type: string, value: Buffer, encoded: Buffer | string): void => {
  const isTaken = typeof encoded !== 'string'
  const demand = (holds: boolean, what: string): void => {
    if (!holds)
      throw new Violation(
        'values are as they stand',
        `${type} ${JSON.stringify(value.toString())}: ${what}, got ${isTaken ? encoded.toString('hex') : encoded}`,
      )
  }
  const text = value.toString('latin1')
  if (integers[type] !== undefined && /^-?\d+$/.test(text)) {
    const [number, limit] = [BigInt(text), 1n << integers[type]]
    demand(isTaken === (number >= -limit && number < limit), 'its range')
    if (isTaken) demand(BigInt.asIntN(encoded.length * 8, BigInt(`0x${encoded.toString('hex')}`)) === number, 'its number')
  }
  if (type === 'double precision' && isTaken && /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    demand(encoded.readDoubleBE() === Number(text), 'its number')
  if (type === 'real' && isTaken && /^-?\d+(\.\d+)?$/.test(text))
    demand(encoded.readFloatBE() === Math.fround(Number(text)) || Number(text) !== Math.fround(Number(text)), 'its number')
  if (type === 'text') {
    demand(isTaken === (isUtf8(value) && !value.includes(0)), 'whether it is text')
    if (isTaken) demand(encoded.equals(value), 'its text')
  }
  if (type === 'bytea') demand(isTaken && encoded.equals(value), 'its bytes')
  if (type === 'json' || type === 'jsonb') compareJson(type, value, isTaken, demand)
}

const compareJson = (type: string, value: Buffer, isTaken: boolean, demand: (holds: boolean, what: string) => void): void => {
  const tree = isUtf8(value) && !value.includes(0) ? parseJson(value.toString()) : null
  if (tree === null) return demand(!isTaken, 'it is no JSON')
  // Of numbers and depth each has its own limits.
  if (tree.depth < 100 && !tree.hasHalves && !/\\u0000|\d{100}|[eE][+-]?\d{3}/.test(value.toString())) demand(isTaken, `it is ${type}`)
}

export const encoderReader: FuzzReader = {
  make,
  check: async ({ parts, about }) => {
    const value = parts[0] as Buffer
    const { type, fill, shift } = about as { type: string; fill: number; shift: number }
    const alone = encode(type, value, 0, value.length)
    const within = encode(type, Buffer.concat([Buffer.alloc(shift, fill), value, Buffer.alloc(40, fill)]), shift, shift + value.length)
    if (typeof alone === 'string' || typeof within === 'string' ? alone !== within : !alone.equals(within))
      throw new Violation('surroundings change nothing', `${type}: ${alone.toString('hex')} alone, ${within.toString('hex')} within`)
    compare(type, value, alone)
    return typeof alone === 'string' ? { rows: 0, rejected: 1, error: null } : { rows: 1, rejected: 0, error: null }
  },
}
