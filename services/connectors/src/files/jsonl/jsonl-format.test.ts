import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectRows, cutAt, drained } from '../../testing/collected-rows.ts'
import { TypeGuess } from '../column-type.ts'
import { readJsonl, sniffLines } from './jsonl-format.ts'
import { JsonlScanner, unknownKey, unwantedKey } from './scanner.ts'

const columns = ['a', 'b', 'c']

/** Columns a, b and c, where c is JSON; `x` is known and not wanted. */
const read = async (text: string | Buffer, ...cuts: number[]) => {
  const rows = collectRows(3)
  const columnOf = (key: string): number => (key === 'x' ? unwantedKey : columns.includes(key) ? columns.indexOf(key) : unknownKey)
  const scanner = new JsonlScanner({ columnOf, asJson: new Set([2]) })
  rows.placeOf = () => `in.jsonl, line ${scanner.line}`
  await drained(readJsonl(cutAt(Buffer.from(text), ...cuts), scanner, { rows, width: 3 }))
  return { rows: rows.collected, rejected: rows.rejected, unknownValues: scanner.unknownValues }
}

const cases: [what: string, text: string, rows: (string | null)[][]][] = [
  [
    'values of all kinds',
    '{"a":1.50,"b":"x","c":{"d":[1, null]}}\n{"a":true,"b":null,"c":"y"}',
    [
      ['1.50', 'x', '{"d":[1, null]}'],
      ['true', null, '"y"'],
    ],
  ],
  [
    'blank lines and line ends of Windows',
    '\r\n{"a":1}\r\n  \r\n\t{ "a" : -2e+3 , "b" : false } \r\n',
    [
      ['1', null, null],
      ['-2e+3', 'false', null],
    ],
  ],
  [
    'keys in another order, or missing',
    '{"a":1,"b":2}\n{"b":3,"a":4}\n{"b":5}\n{"a":6,"b":7}\n{}',
    [
      ['1', '2', null],
      ['4', '3', null],
      [null, '5', null],
      ['6', '7', null],
      [null, null, null],
    ],
  ],
  [
    'keys with escapes',
    '{"\\u0061":1}\n{"a":2}\n{"\\u0061":3}',
    [
      ['1', null, null],
      ['2', null, null],
      ['3', null, null],
    ],
  ],
  [
    'a key that comes twice',
    '{"a":1,"a":2}\n{"a":1,"a":null}',
    [
      ['2', null, null],
      [null, null, null],
    ],
  ],
  [
    'escapes',
    String.raw`{"a":"\"\\\/\b\f\n\r\t","b":"\u00e4\ud83d\ude42!","c":"\u00e4\""}`,
    [['"\\/\b\f\n\r\t', 'ä🙂!', String.raw`"\u00e4\""`]],
  ],
  ['keys that nobody knows, or wants', '{"z":1,"a":2,"x":[{}],"y":"}"}', [['2', null, null]]],
]

describe('however the bytes are cut, the rows are the same:', () => {
  test.each(cases)('%s', async (_what, text, rows) => {
    const whole = await read(text)
    expect(whole.rows).toEqual(rows)
    expect(whole.rejected).toEqual([])
    const bytes = Buffer.from(text)
    for (let place = 1; place < bytes.length; place += 1) expect(await read(bytes, place)).toEqual(whole)
    expect(await read(bytes, ...Array.from(bytes.keys()))).toEqual(whole)
  })
})

test('values of unknown keys are counted, those of unwanted ones are not', async () => {
  expect((await read('{"z":1,"x":1}\n{"z":2,"y":3}')).unknownValues).toBe(3)
})

test('a line that is no JSON object is told with its number, and the others go on', async () => {
  const { rows, rejected } = await read('{"a":1}\n[1]\n\n{"a":}\n{"a":1} {}\n{"a":2}\n{"a":3')
  expect(rows.map(([a]) => a)).toEqual(['1', '2'])
  expect(rejected).toEqual([
    { place: 'in.jsonl, line 2', raw: '[1]', rule: 'The line must be a JSON object.' },
    { place: 'in.jsonl, line 4', raw: '{"a":}', rule: 'The line must be one JSON object in order, and it is not from its byte 6 on.' },
    { place: 'in.jsonl, line 5', raw: '{"a":1} {}', rule: 'The line must be one JSON object in order, and it is not from its byte 9 on.' },
    { place: 'in.jsonl, line 7', raw: '{"a":3', rule: 'The line must be one JSON object in order, and it is not from its byte 7 on.' },
  ])
})

test('halves of characters, and what is nested without end, are rejected', async () => {
  const { rejected } = await read(
    [String.raw`{"a":"\ud83d"}`, String.raw`{"a":"\ude42\ud83d"}`, `{"a":${'['.repeat(200_000)}`, `{"a":${'{"a":'.repeat(200_000)}`].join(
      '\n',
    ),
  )
  expect(rejected).toHaveLength(4)
  const deep = `${'['.repeat(999)}${']'.repeat(999)}`
  expect((await read(`{"a":${deep}}`)).rows).toEqual([[deep, null, null]])
})

const json = fc.object({
  key: fc.constantFrom('a', 'b', 'c', 'x', 'z'),
  maxDepth: 3,
  withNullPrototype: false,
  values: [fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)],
})

test('any object comes back as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(json), fc.array(fc.nat(300)), async (objects, cuts) => {
      const { rows, rejected } = await read(objects.map((object) => JSON.stringify(object)).join('\n'), ...cuts)
      expect(rejected).toEqual([])
      expect(rows).toEqual(
        objects.map((object) =>
          columns.map((key) => {
            const value = object[key]
            if (value === undefined || value === null) return null
            return typeof value === 'string' && key !== 'c' ? value : JSON.stringify(value)
          }),
        ),
      )
    }),
  )
})

test('a line is accepted where JSON.parse makes an object of it', async () => {
  const parses = (line: string): boolean => {
    try {
      const value: unknown = JSON.parse(line)
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    } catch {
      return false
    }
  }
  const line = fc
    .tuple(json, fc.nat(), fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 't', 'n', '\t', '\u0001', 'ä'))
    .map(([object, place, change]) => {
      const text = JSON.stringify(object)
      const at = place % (text.length + 1)
      return text.slice(0, at) + change + text.slice(at + (place % 2))
    })
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      // A half of a character cannot be written as UTF-8.
      fc.pre(text.isWellFormed() && text.trim() !== '' && !/\\ud[89a-f]/i.test(text))
      const { rows, rejected } = await read(text)
      expect([rows.length, rejected.length]).toEqual(parses(text) ? [1, 0] : [0, 1])
    }),
    { numRuns: 1_000 },
  )
})

test('the first lines say which columns there are, and of which types', () => {
  const guesses = new Map<string, TypeGuess>()
  const lines = [
    { id: 1, price: 1, name: 'x', day: '2026-11-24', flag: true, doc: { a: 1 }, mixed: 1, nothing: null, code: '12' },
    { id: 2, price: 1.5, name: null, day: '2026-11-25', flag: false, doc: 'text', mixed: 'x', late: 1e30 },
  ]
  const bytes = Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"cut`)
  expect(sniffLines({ bytes, isWhole: false }, guesses, 1_000)).toBe(2)
  expect(Object.fromEntries([...guesses].map(([name, { type }]) => [name, type]))).toEqual({
    id: 'bigint',
    price: 'numeric',
    name: 'text',
    day: 'date',
    flag: 'boolean',
    doc: 'jsonb',
    mixed: 'text',
    nothing: 'text',
    code: 'text',
    late: 'numeric',
  })
})
