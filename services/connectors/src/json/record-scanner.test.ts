import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectRows } from '../testing/collected-rows.ts'
import { createRecordScanner, type RecordScannerOptions } from './record-scanner.ts'

type Scanned = { rows: (string | null)[][]; outside: Record<string, string>; names: string[] }

const scan = (
  pieces: readonly (string | Uint8Array)[],
  { path = 'first-array', columns = [] }: { path?: RecordScannerOptions['path']; columns?: string[] } = {},
): Scanned => {
  const rows = collectRows(columns.length)
  const outside: Record<string, string> = {}
  const scanner = createRecordScanner({
    path,
    columns,
    record: (fields) => {
      if (fields.isObject) fields.writeTo(rows)
      rows.push()
    },
    outside: (name, value) => {
      outside[name] = value
    },
  })
  for (const piece of pieces) scanner.push(Buffer.from(piece))
  scanner.end()
  return { rows: rows.collected, outside, names: scanner.names() }
}

const allMembers = (json: string, path: RecordScannerOptions['path'] = 'first-array') => {
  const found: { name: string; kind: string; text: string }[][] = []
  const scanner = createRecordScanner({ path, record: (fields) => found.push(fields.members()) })
  scanner.push(Buffer.from(json))
  scanner.end()
  return found
}

/** As a value arrives in a row. */
const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)
}

describe('values', () => {
  test('arrive as they are printed, strings without their escapes, nested ones as JSON text', () => {
    const { rows } = scan(
      [
        String.raw`[{"n":12345678901234567890.123,"e":-1.50E+10,"s":"a\"\\\/\b\f\n\r\té\ud83d\ude00 ü😀","b":true,"f":false,"o":{"a": [1,"]}"]},"l":[ ],"z":null}]`,
      ],
      { columns: ['n', 'e', 's', 'b', 'f', 'o', 'l', 'z', 'missing'] },
    )
    expect(rows).toEqual([
      ['12345678901234567890.123', '-1.50E+10', 'a"\\/\b\f\n\r\té😀 ü😀', 'true', 'false', '{"a": [1,"]}"]}', '[ ]', null, null],
    ])
  })

  test('halves of surrogate pairs become bytes that are no UTF-8, and spoil nothing beside them', () => {
    const { rows } = scan([String.raw`[{"a":"x\ud83dy\ude00\ud83d\ud83d\ude00A"}]`], { columns: ['a'] })
    const half = '\ufffd'.repeat(3)
    expect(rows).toEqual([[`x${half}y${half}${half}😀A`]])
  })

  test('names that differ in half of a surrogate pair alone are two names', () => {
    const json = String.raw`[{"x\ud83d":1,"x\ude00":2,"x\ud83d\ude00":3}]`
    const columns = [String.raw`x\ud83d`, String.raw`x\ude00`, 'x😀']
    expect(scan([json], { columns }).rows).toEqual([['1', '2', '3']])
  })

  test('of a name that comes twice the last value counts, null included', () => {
    expect(scan(['[{"a":1,"a":2,"b":1,"b":null}]'], { columns: ['a', 'b'] }).rows).toEqual([['2', null]])
  })

  test('names match whatever their order and however they are escaped', () => {
    const json = String.raw`[{"a":1,"b":2,"c":3},{"c":4,"a":5,"b":6},{"b":7},{"\u0061":8,"ä\"":9,"x":0}, {}]`
    expect(scan([json], { columns: ['b', 'a', 'ä"'] }).rows).toEqual([
      ['2', '1', null],
      ['6', '5', null],
      ['7', null, null],
      [null, '8', '9'],
      [null, null, null],
    ])
    expect(scan([json], { columns: [] }).names).toEqual(['a', 'b', 'c', 'ä"', 'x'])
  })

  test('a record that is no object says so, and what it is', () => {
    const found: string[] = []
    const scanner = createRecordScanner({ path: 'body', record: (fields) => found.push(`${fields.isObject} ${fields.raw()}`) })
    scanner.push(Buffer.from('[1, "two", {"a":3}, [4], null]'))
    scanner.end()
    expect(found).toEqual(['false 1', 'false "two"', 'true {"a":3}', 'false [4]', 'false null'])
  })

  test('one value alone can be asked for', () => {
    const found: unknown[] = []
    const scanner = createRecordScanner({
      path: 'body',
      columns: ['s', 'n', 'z'],
      record: (fields) =>
        found.push(
          [0, 1, 2].map((column) => {
            const value = fields.value(column)
            return value === null ? null : [value.kind, value.source.toString('utf8', value.from, value.to)]
          }),
        ),
    })
    scanner.push(Buffer.from(String.raw`[{"n":1.0,"s":"\"","z":null},{"s":"true"}]`))
    scanner.end()
    expect(found).toEqual([
      [['string', '"'], ['number', '1.0'], null],
      [['string', 'true'], null, null],
    ])
  })
})

test('strings of columns that hold JSON stay JSON', () => {
  const found: (string | null)[][] = []
  const rows = collectRows(2)
  const scanner = createRecordScanner({
    path: 'body',
    columns: ['j', 't'],
    asJson: new Set(['j']),
    record: (fields) => {
      found.push([0, 1].map((column) => fields.value(column)?.kind ?? null))
      fields.writeTo(rows)
      rows.push()
    },
  })
  scanner.push(Buffer.from(String.raw`[{"j":"a\"b","t":"a\"b"},{"j":"","t":""},{"j":null,"t":null},{"j":{"x":1}}]`))
  scanner.end()
  expect(rows.collected).toEqual([
    [String.raw`"a\"b"`, 'a"b'],
    ['""', ''],
    [null, null],
    ['{"x":1}', null],
  ])
  expect(found).toEqual([
    ['string', 'string'],
    ['string', 'string'],
    [null, null],
    ['object', null],
  ])
})

describe('the place of the records', () => {
  test.each([
    ['the body', '[{"a":1},{"a":2}]', 'first-array', ['1', '2']],
    ['the first array with objects', '{"errors":[],"tags":["x"],"deep":{"items":[{"a":1}]},"more":[{"a":2}]}', 'first-array', ['1']],
    ['the path', '{"items":[{"a":0}],"data":{"items":[{"a":1}],"x":1},"z":[{"a":9}]}', ['data', 'items'], ['1']],
    ['one object at the path', '{"data":{"a":1}}', ['data'], ['1']],
    ['null at the path', '{"data":null}', ['data'], []],
    ['an empty array', '{"data":[],"next":null}', 'first-array', []],
    ['an empty body', '[]', 'body', []],
    ['one object as the body', ' {"a":1} ', 'body', ['1']],
  ] as const)('%s', (_what, json, path, values) => {
    expect(scan([json], { path, columns: ['a'] }).rows).toEqual(values.map((value) => [value]))
  })

  test.each([
    ['{"items":[{"a":1}]}', ['data'], 'The answer has no array of records at "data". It has "items".'],
    ['{"error":"no","code":1}', 'first-array', 'The answer has no array of records. It has "error", "code".'],
    ['{"data":"x"}', ['data'], 'The answer has no array of records at "data". It has "data".'],
    ['"text"', 'body', 'The answer has no array of records.'],
  ] as const)('%s lacks it', (json, path, message) => {
    expect(() => scan([json], { path })).toThrow(expect.objectContaining({ code: 'INVALID_QUERY', message }))
  })

  test('scalars around it are told by the names that lead to them', () => {
    const json = String.raw`{"@odata.count":12345678901234567890,"a":{"b":"x\u0041","n":null},"value":[{"next":"no"}],"more":true,"list":[{"y":1}],"@odata.nextLink":"https://x/?a=1\u00262"}`
    expect(scan([json], { path: ['value'] }).outside).toEqual({
      '@odata.count': '12345678901234567890',
      'a.b': 'xA',
      more: 'true',
      '@odata.nextLink': 'https://x/?a=1&2',
    })
  })

  test('a mark before UTF-8 is passed over', () => {
    expect(scan(['\ufeff[{"a":1}]'], { columns: ['a'] }).rows).toEqual([['1']])
  })
})

describe('input that is cut', () => {
  const json = Buffer.from(
    String.raw`  {"meta" : {"é😀": "\ud83d\ude00", "n": -1.5e+3} , "rows":[ {"id":10,"t":"ü\"😀\u00e9\\","o":{"k":[true,false,null,{"x":"}"}]}} , {"id":-0.25e-7 , "t":"" ,"o":null}],"next":"é" , "end" : [[1,2],{"a":[]}]}  `,
  )
  const expected = {
    rows: [
      ['10', 'ü"😀é\\', '{"k":[true,false,null,{"x":"}"}]}'],
      ['-0.25e-7', '', null],
    ],
    outside: { 'meta.é😀': '😀', 'meta.n': '-1.5e+3', next: 'é' },
    names: ['id', 't', 'o'],
  }
  const options = { path: ['rows'], columns: ['id', 't', 'o'] }

  test('gives the same at every place', () => {
    for (let cut = 0; cut <= json.length; cut += 1)
      expect(scan([json.subarray(0, cut), json.subarray(cut)], options), `cut at ${cut}`).toEqual(expected)
  })

  test('gives the same byte by byte', () => {
    expect(
      scan(
        Array.from(json, (byte) => Buffer.of(byte)),
        options,
      ),
    ).toEqual(expected)
  })

  test('that does not go on is an error, wherever it ends', () => {
    for (let cut = 0; cut < json.toString().trimEnd().length; cut += 1) {
      const whole = Buffer.from(json.toString().trimEnd())
      expect(() => scan([whole.subarray(0, cut)], options), `ends at ${cut}`).toThrow(
        expect.objectContaining({ code: 'PROTOCOL_ERROR', message: expect.stringMatching(/ends in the middle|is empty|not UTF-8/) }),
      )
    }
  })

  test('costs its size, be the value large', () => {
    const large = 'x'.repeat(4_000_000)
    const body = Buffer.from(`[{"a":"${large}\\n"},{"a":"b"}]`)
    const pieces = Array.from({ length: Math.ceil(body.length / 16_384) }, (_, at) => body.subarray(at * 16_384, (at + 1) * 16_384))
    const timed = (input: Buffer[]): number => {
      const started = performance.now()
      const { rows } = scan(input, { columns: ['a'] })
      expect([rows[0]?.[0]?.length, rows[1]]).toEqual([large.length + 1, ['b']])
      return performance.now() - started
    }
    timed([body])
    // Looked at anew with each piece, it would take a hundred times as long.
    expect(timed(pieces)).toBeLessThan(30 * timed([body]))
  })
})

test('a body that is no JSON is an error that tells where', () => {
  const bad = [
    '<html>Sign in</html>',
    '[{"a":01}]',
    '[{"a":1.}]',
    '[{"a":+1}]',
    '[{"a":1e}]',
    '[{"a":tru}]',
    '[{"a":"\\x"}]',
    '[{"a":"\\u12g4"}]',
    '[{"a":"\n"}]',
    '[{"a":1,}]',
    '[{a:1}]',
    '[{"a" 1}]',
    '[{"a":1}{"a":2}]',
    '[{"a":1},]',
    '[{"a":1}]]',
    '[{"a":1}] x',
    '{"a":[1 2]}',
    '{"x":{"y":}}',
    "{'a':1}",
    '[{"a":NaN}]',
  ]
  for (const json of bad)
    expect(() => scan([json]), json).toThrow(
      expect.objectContaining({ code: 'PROTOCOL_ERROR', message: expect.stringMatching(/^The answer is no JSON: it has .+ at byte \d+/) }),
    )
  expect(() => scan(['<html>Sign in</html>'])).toThrow(
    'The answer is no JSON: it has something that is no value at byte 1: it begins with "<html>Sign in</html>".',
  )
  expect(() => scan(['[{"a":1},', '{"a":x}]'])).toThrow('at byte 15.')
})

test('bytes that are not UTF-8 are an error', () => {
  expect(() => scan([Buffer.from('[{"a":"\xe9"}]', 'latin1')])).toThrow('The answer is no JSON: it has bytes that are not UTF-8')
})

test('nesting has a limit and does not overrun the stack', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  expect(scan([`[{"a":${deep(400)}}]`], { columns: ['a'] }).rows).toEqual([[deep(400)]])
  expect(() => scan([`[{"a":${deep(100_000)}}]`])).toThrow('more than 500 levels')
  expect(() => scan(['{"a":'.repeat(100_000)])).toThrow('more than 500 levels')
})

test('records of 500 members arrive whole, in any order of the columns', () => {
  const names = Array.from({ length: 500 }, (_, at) => `column ${at}`)
  const records = Array.from({ length: 20 }, (_, row) => Object.fromEntries(names.map((name, at) => [name, row * 1_000 + at])))
  const columns = names.toReversed()
  expect(scan([JSON.stringify({ data: records })], { columns }).rows).toEqual(
    records.map((record) => columns.map((name) => String(record[name]))),
  )
})

test('any JSON of records gives what JSON.parse gives, wherever it is cut', () => {
  const name = fc.oneof(fc.constantFrom('a', 'b', 'c', 'id'), fc.string({ unit: 'binary', maxLength: 4 }))
  const record = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 })
  const space = fc.constantFrom(undefined, ' ', '\t', 2)
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 5 }),
      space,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
      fc.boolean(),
      (records, indent, cuts, escaped) => {
        const wrapped = JSON.stringify({ first: 'x', rows: records, last: 'y' }, null, indent)
        const json = Buffer.from(escaped ? wrapped.replaceAll(/[\u0080-\uffff]/g, asEscape) : wrapped)
        const parsed = JSON.parse(json.toString()) as { rows: Record<string, unknown>[] }
        const columns = [...new Set(['a', ...parsed.rows.flatMap((row) => Object.keys(row))])].filter((text) => text.isWellFormed())
        const pieces: Buffer[] = []
        for (let [at, turn] = [0, 0]; at < json.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1
          pieces.push(json.subarray(at, at + size))
          at += size
        }
        const { rows, outside } = scan(pieces, { path: ['rows'], columns })
        const comparable = rows.map((row, place) =>
          row.map((text, at) => (typeof parsed.rows[place]?.[columns[at] ?? ''] === 'string' ? text : asPrinted(text))),
        )
        expect(comparable).toEqual(
          parsed.rows.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? textOf(row[column]) : null))),
        )
        expect(outside).toEqual({ first: 'x', last: 'y' })
      },
    ),
    { numRuns: 60 },
  )
}, 30_000)

test('any text is JSON for the scanner exactly when it is for JSON.parse', () => {
  const parts = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.',
    'e',
    'true',
    'null',
    ' ',
    '\\',
    'x',
    '{"a":1}',
    '\\u00',
    '"b":',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const json = `[{"k":${pieces.join('')}}]`
      let isJson = true
      try {
        JSON.parse(json)
      } catch {
        isJson = false
      }
      let isScanned = true
      try {
        scan([json])
      } catch {
        isScanned = false
      }
      expect(isScanned, json).toBe(isJson)
    }),
    { numRuns: 2_000 },
  )
}, 30_000)

test('members are told with their kinds', () => {
  expect(allMembers('{"d":[{"s":"1","n":1,"t":true,"z":null,"o":{},"l":[]}]}')).toEqual([
    [
      { name: 's', kind: 'string', text: '1' },
      { name: 'n', kind: 'number', text: '1' },
      { name: 't', kind: 'boolean', text: 'true' },
      { name: 'z', kind: 'null', text: 'null' },
      { name: 'o', kind: 'object', text: '{}' },
      { name: 'l', kind: 'array', text: '[]' },
    ],
  ])
})

const asEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Numbers and nested values come as they were printed; what they say is compared. */
const asPrinted = (text: string | null): string | null => (text === null ? null : JSON.stringify(JSON.parse(text)))
