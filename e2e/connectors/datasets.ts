/** The rows that every kind is given, and how they stand in the destination: as the texts that Postgres prints. */

export type PlainType = 'integer' | 'text' | 'amount' | 'moment'

export type PlainColumn = { name: string; type: PlainType }

export type Row = readonly (string | null)[]

/** The first column is the key, and the rows are in its order. */
export type Dataset = { columns: readonly PlainColumn[]; rows: readonly Row[] }

export type DatasetName = keyof typeof datasets

const id: PlainColumn = { name: 'id', type: 'integer' }
const text = (name: string): PlainColumn => ({ name, type: 'text' })

const rows = (count: number, row: (index: number) => (string | null)[]): Row[] =>
  Array.from({ length: count }, (_, index) => [String(index + 1), ...row(index + 1)])

/** `2026-01-01 00:00:01.123+00`, as Postgres prints it in UTC. */
const momentOf = (second: number): string =>
  new Date(Date.UTC(2026, 0, 1, 0, 0, second, 123)).toISOString().replace('T', ' ').replace('Z', '+00')

const happy: Dataset = {
  columns: [id, text('name'), { name: 'amount', type: 'amount' }, { name: 'moment', type: 'moment' }],
  rows: rows(3_000, (row) => [
    row % 7 === 0 ? null : `Nöte ${row}`,
    row % 11 === 0 ? null : `${row % 2 === 0 ? '-' : ''}${row}.${String((row % 99) + 1).padStart(2, '0')}`,
    momentOf(row * 61),
  ]),
}

const wideColumns = Array.from({ length: 500 }, (_, index) => `column_${index}`)

const wide: Dataset = {
  columns: [id, ...wideColumns.map((name) => ({ name, type: 'integer' }) as const)],
  rows: rows(50, (row) => wideColumns.map((_, index) => ((row + index) % 13 === 0 ? null : String(row * 1_000 + index)))),
}

/** Ten million bytes with all that must be quoted or escaped somewhere. */
const hugeText = 'Größe "in" \'quotes\', a comma; \\ and a line\n'.repeat(Math.ceil(10_000_000 / 44)).trimEnd()

const huge: Dataset = { columns: [id, text('body')], rows: rows(5, (row) => [row === 3 ? hugeText : `small ${row}`]) }

const unicodeTexts = [
  '😀 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪',
  'e\u0301 is not é, and n\u0303 is not ñ',
  'שלום עולם, مرحبا بالعالم \u202Eabc\u202C',
  `"double", 'single', \`back\`, „deutsch“, «français»`,
  'one\ntwo\r\nthree\tfour',
  '\\n \\N \\. \\\\ \\u0041 %41 &amp; <b>',
  '',
  ' spaces around ',
  'NULL',
  '漢字かな交じり文 한국어 ไทย हिन्दी',
  '\u{10FFFD}\u{1D11E}\uFEFFinside',
  'a,b;c|d',
  '=1+1',
  '\u00A0\u2028\u2029\u200B',
]

const unicode: Dataset = { columns: [id, text('words')], rows: rows(unicodeTexts.length, (row) => [unicodeTexts[row - 1] ?? null]) }

/** Large enough that a slow way to it takes seconds. */
const large: Dataset = { columns: [id, text('filler')], rows: rows(5_000, (row) => [`${row} `.padEnd(1_200, 'lorem ipsum ')]) }

const prices = (name: string): Dataset => ({
  columns: [id, text('name'), { name, type: 'amount' }],
  rows: rows(3, (row) => [`Item ${row}`, `${row}.50`]),
})

const before = prices('unit_price')

/** Some rows share a name. */
const twice: Dataset = { columns: [id, text('name')], rows: rows(6, (row) => [`Item ${row % 4}`]) }

/** Those that are changed begin all alike. */
export const datasets = {
  happy,
  empty: { columns: happy.columns, rows: [] },
  wide,
  huge,
  unicode,
  large,
  renamed: before,
  dropped: before,
  retyped: before,
  added: before,
  grown: before,
  twice,
} satisfies Record<string, Dataset>

const withoutPrice: Dataset = { columns: before.columns.slice(0, 2), rows: before.rows.map((row) => row.slice(0, 2)) }

const withUnit: Dataset = { columns: [...before.columns, text('unit')], rows: before.rows.map((row) => [...row, 'piece']) }

/** What becomes of them at the source. */
export const changed = {
  renamed: prices('unit_prices'),
  dropped: withoutPrice,
  retyped: {
    columns: [...withoutPrice.columns, text('unit_price')],
    rows: withoutPrice.rows.map((row) => [...row, 'on request']),
  },
  added: withUnit,
  grown: withUnit,
} satisfies Partial<Record<DatasetName, Dataset>>
