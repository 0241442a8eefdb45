/** Random tables of texts, as people keep them. */

import type { Random } from '../faults/random.ts'
import { below, maybe } from './reader.ts'

export type Table = { names: string[]; rows: (string | null)[][] }

const letters = [
  'a',
  'B',
  'ß',
  'é',
  '🙂',
  '漢',
  ' ',
  '"',
  "'",
  ',',
  ';',
  '\n',
  '\r',
  '\t',
  '|',
  '\\',
  '/',
  '{',
  ':',
  '\u0001',
  '\u007f',
  '0',
  '.',
  '\ufeff',
]

export const randomText = (random: Random, most = 12): string =>
  Array.from({ length: below(random, maybe(random, 0.005) ? 400 : most) }, () => random.pick(letters)).join('')

const digits = (random: Random, most: number): string => Array.from({ length: 1 + below(random, most) }, () => below(random, 10)).join('')

/** By the kind of a column. */
const kinds: readonly ((random: Random) => string)[] = [
  (random) => randomText(random),
  (random) => String(below(random, 1_000_000) - 500_000),
  (random) => `${maybe(random, 0.3) ? '-' : ''}${below(random, 9) + 1}${digits(random, 30)}.${digits(random, 20)}`,
  (random) => (maybe(random, 0.5) ? 'true' : 'false'),
  (random) => new Date(Math.floor(random.between(-6e13, 2.5e14))).toISOString().slice(0, 10),
  (random) => new Date(Math.floor(random.between(-6e13, 2.5e14))).toISOString(),
  (random) => random.pick(['', 'NULL', 'null', '007', '-', '1e5', ' x ', 'a,b', '"', 'NaN']),
]

/** Years of four digits, no names that come twice. */
export const randomTable = (random: Random): Table => {
  const width = 1 + below(random, maybe(random, 0.01) ? 150 : 5)
  const columns = Array.from({ length: width }, () => random.pick(kinds))
  const names = columns.map((_, at) => `${random.pick(['id', 'Näme', 'x y', 'a"b', 'c'])}${at}`)
  const nulls = random.pick([0, 0.1, 0.5])
  const rows = Array.from({ length: below(random, maybe(random, 0.01) ? 300 : 10) }, () =>
    columns.map((column) => (maybe(random, nulls) ? null : column(random))),
  )
  return { names, rows }
}
