import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectRows, cutAt, drained } from '../../testing/collected-rows.ts'
import { readCsv } from './csv-format.ts'
import type { CsvDialect } from './dialect.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', nullText: null, hasHeader: true, skipLines: 0, ragged: 'REJECT' }

/** All columns of the file, read from chunks that end at these places. */
const read = async (text: string | Buffer, changes: Partial<CsvDialect> = {}, ...cuts: number[]) => {
  const dialect = { ...plain, ...changes }
  const names = dialect.hasHeader ? [] : ['a', 'b']
  let header: readonly string[] = []
  const rows = collectRows(9)
  const cellsFor = (own: readonly string[]): number[] => {
    header = own
    return own.map((_, at) => at)
  }
  await drained(readCsv(cutAt(Buffer.from(text), ...cuts), { dialect, names, path: 'in.csv', cellsFor, rows }))
  return { header, rows: rows.collected.map((row) => row.slice(0, header.length)), rejected: rows.rejected }
}

type Rows = (string | null)[][]
const twoRows: Rows = [
  ['1', '2'],
  ['3', '4'],
]

/** What stands in the file, the rows that are read, and those that are not. */
const cases: [what: string, text: string, rows: Rows, rejected?: string[], changes?: Partial<CsvDialect>][] = [
  ['plain', 'a,b\n1,2\n3,4\n', twoRows],
  ['without a last line end', 'a,b\n1,2\n3,4', twoRows],
  ['line ends of Windows', 'a,b\r\n1,2\r\n\r\n3,4\r\n', twoRows],
  ['line ends of old Macs', 'a,b\r1,2\r\r3,4\r', twoRows],
  [
    'quotes',
    'a,b\n"x","y ""z"""\n"",\n"1\n2","3\r\n4"\n',
    [
      ['x', 'y "z"'],
      ['', null],
      ['1\n2', '3\r\n4'],
    ],
  ],
  ['doubled quotes alone', 'a,b\n"""",""""""\n', [['"', '""']]],
  ['quotes within plain cells', 'a,b\n5" pipe,x"y"\n', [['5" pipe', 'x"y"']]],
  ['text behind a closing quote', 'a,b\n"x"y,2\n1,2\n3,4\n', twoRows, ['"x"y,2']],
  ['rows of another length', 'a,b\n1\n1,2,3\n,\n', [[null, null]], ['1', '1,2,3']],
  [
    'rows of another length, padded',
    'a,b\n1\n1,2,3\n,\n',
    [
      ['1', null],
      [null, null],
    ],
    ['1,2,3'],
    { ragged: 'PAD' },
  ],
  ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', [['1', '2']], ['"3,4\n5,6\n']],
  ['a file that ends with a quoted cell', 'a,b\n1,"2"', [['1', '2']]],
  ['a file that ends with a doubled quote', 'a,b\n1,"2""', [], ['1,"2""']],
  ['a file that ends with a delimiter', 'a,b\n1,', [['1', null]]],
  [
    'words for NULL',
    'a,b\nNULL,"NULL"\nNULLX,NUL\n',
    [
      [null, 'NULL'],
      ['NULLX', 'NUL'],
    ],
    [],
    { nullText: 'NULL' },
  ],
  ['lines to skip', 'made "by\r\nsomebody\r\na,b\r\n1,2\r\n', [['1', '2']], [], { skipLines: 2 }],
  ['no header', '1,2\n3,4\n', twoRows, [], { hasHeader: false }],
  ['other marks', "a;b\n'x;''y';2\n", [["x;'y", '2']], [], { delimiter: ';', quote: "'" }],
  ['tabs', 'a\tb\n1\t\n', [['1', null]], [], { delimiter: '\t' }],
  ['characters of several bytes', 'ä,🙂\nß,"🙂"""\n', [['ß', '🙂"']]],
  ['one column', 'a\n1\n\n""\n2\n', [['1'], [''], ['2']]],
]

describe('however the bytes are cut, the rows are the same:', () => {
  test.each(cases)('%s', async (_what, text, rows, rejected, changes) => {
    const whole = await read(text, changes)
    expect(whole.rows).toEqual(rows)
    expect(whole.rejected.map(({ raw }) => raw)).toEqual(rejected ?? [])
    const bytes = Buffer.from(text)
    for (let place = 1; place < bytes.length; place += 1) {
      expect(await read(bytes, changes, place)).toEqual(whole)
      expect(await read(bytes, changes, place, place + 1)).toEqual(whole)
    }
    expect(await read(bytes, changes, ...Array.from(bytes.keys()))).toEqual(whole)
  })
})

describe('rows that cannot be read', () => {
  test('are told with their line, text and what is wrong, and the others go on', async () => {
    const { rows, rejected } = await read('a,b\n"1\n1",2\n3\n\n"4"x,5\n6,7\n"8,\n9')
    expect(rows).toEqual([
      ['1\n1', '2'],
      ['6', '7'],
    ])
    expect(rejected).toEqual([
      { place: 'in.csv, line 4', raw: '3', rule: 'The row must have 2 cells, and has 1.' },
      { place: 'in.csv, line 6', raw: '"4"x,5', rule: 'A quoted cell must end with its closing quote.' },
      { place: 'in.csv, line 8', raw: '"8,\n9', rule: 'A quoted cell must be closed, and the file ends within this one.' },
    ])
  })

  test('are not kept as a whole when they are long', async () => {
    const { rejected } = await read(`a,b\n${'x'.repeat(1_000_000)}\n`)
    expect(rejected[0]?.raw.length).toBeLessThan(10_000)
  })
})

test('a row that is larger than all buffers arrives whole', async () => {
  const long = 'ä"\n'.repeat(500_000)
  const text = `a,b\n1,"${long.replaceAll('"', '""')}"\n2,3\n`
  const { rows } = await read(text, {}, ...Array.from({ length: 60 }, (_, at) => at * 40_000))
  expect(rows).toEqual([
    ['1', long],
    ['2', '3'],
  ])
})

test('a file without a header, or with the same name twice, is refused', async () => {
  await expect(read('')).rejects.toThrow('is empty: it has no header')
  await expect(read('\n\n')).rejects.toThrow('is empty: it has no header')
  await expect(read('a,b,a\n1,2,3\n')).rejects.toThrow('has the column "a" twice in its header')
  await expect(read('a,"b"c\n1,2\n')).rejects.toThrow('has no readable header')
})

test('any table comes back as it was written', async () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', ' ', 'ä', '🙂') }),
    fc.string(),
  )
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }).map((rows) => ({ width, rows })))
  const marks = fc.record({ delimiter: fc.constantFrom(',', ';', '\t', '|'), quote: fc.constantFrom('"', "'") })
  await fc.assert(
    fc.asyncProperty(
      table,
      marks,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(200)),
      async ({ width, rows }, { delimiter, quote }, lineEnd, cuts) => {
        const write = (value: string | null): string => (value === null ? '' : `${quote}${value.replaceAll(quote, quote + quote)}${quote}`)
        const header = Array.from({ length: width }, (_, at) => `column ${at}`)
        // A row of one NULL alone would be an empty line.
        const kept = rows.filter((row) => width > 1 || row[0] !== null)
        const text = [header, ...kept].map((row) => row.map(write).join(delimiter)).join(lineEnd)
        const result = await read(text, { delimiter, quote }, ...cuts)
        expect(result).toEqual({ header, rows: kept, rejected: [] })
      },
    ),
  )
})
