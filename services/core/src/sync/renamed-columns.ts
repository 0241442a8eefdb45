/** Which of the columns that went came back under another name, told by likeness. */

import type { SourceColumn } from './source.ts'

type Pair = { from: SourceColumn; to: SourceColumn; likeness: number }

/**
 * Columns of the same type whose names are alike, or that stand in the same place between the same neighbours. Both must be
 * the other's only best match: where two are equally likely, neither is taken.
 *
 * @returns the new column by the old name
 */
export const findRenames = (before: readonly SourceColumn[], now: readonly SourceColumn[]): Map<string, SourceColumn> => {
  const gone = withoutNamesOf(before, now)
  const come = withoutNamesOf(now, before)
  const pairs = gone.flatMap((from) =>
    come.flatMap((to): Pair[] => {
      if (from.column.type !== to.column.type) return []
      const likeness = likenessOf(from.name, to.name) ?? (sharePlace(before, now, from.index, to.index) ? 0 : null)
      return likeness === null ? [] : [{ from: from.column, to: to.column, likeness }]
    }),
  )
  const bestOfTheNew = likeliest(pairs, 'to')
  return new Map([...likeliest(pairs, 'from')].filter((pair) => bestOfTheNew.has(pair)).map(({ from, to }) => [from.name, to]))
}

type Candidate = { column: SourceColumn; index: number; name: Name }

const withoutNamesOf = (columns: readonly SourceColumn[], others: readonly SourceColumn[]): Candidate[] => {
  const known = new Set(others.map(({ name }) => name))
  return columns.flatMap((column, index) => (known.has(column.name) ? [] : [{ column, index, name: readName(column.name) }]))
}

/** The best pair of each column at one end; none where the best is not the only one. */
const likeliest = (pairs: readonly Pair[], end: 'from' | 'to'): Set<Pair> => {
  const best = new Map<SourceColumn, { likeness: number; pair: Pair | null }>()
  for (const pair of pairs) {
    const rival = best.get(pair[end])
    if (rival === undefined || pair.likeness > rival.likeness) best.set(pair[end], { likeness: pair.likeness, pair })
    else if (pair.likeness === rival.likeness) rival.pair = null
  }
  return new Set([...best.values()].flatMap(({ pair }) => pair ?? []))
}

/** Not at the end, where a database adds columns: there, a new one would seem to be the one that was dropped. */
const sharePlace = (before: readonly SourceColumn[], now: readonly SourceColumn[], from: number, to: number): boolean =>
  from === to && from < before.length - 1 && [from - 1, from + 1].every((index) => isSame(before[index], now[index]))

const isSame = (a: SourceColumn | undefined, b: SourceColumn | undefined): boolean => a?.name === b?.name && a?.type === b?.type

/** `customerId2`, `CUSTOMER_ID_2`: the same words, the same letters, the same numbers. */
type Name = { words: string[]; letters: string; numbers: string }

const readName = (name: string): Name => {
  const words = name
    .normalize('NFC')
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
  return { words, letters: words.join(''), numbers: name.match(/\d+/g)?.join(' ') ?? '' }
}

/** `net` of `net_amount` says less than `amount` does. */
const leastShare = 0.5
/** One letter in six: `vbeln` and `ebeln` are documents of sales and of purchase. */
const lettersPerEdit = 6
const mostEdits = 3

/** @returns the share of letters that are the same, or null where the names are not alike */
const likenessOf = (a: Name, b: Name): number | null => {
  const [short, long] = a.letters.length <= b.letters.length ? [a, b] : [b, a]
  const length = long.letters.length
  const isExtended = isBeginningOrEnd(short.words, long.words)
  // What is numbered differently is another column: `address1` did not become `address2`.
  if (short.numbers !== long.numbers && !(isExtended && short.numbers === '')) return null
  if (isExtended) return short.letters.length / length > leastShare ? short.letters.length / length : null
  const edits = editsBetween(short.letters, long.letters, Math.min(mostEdits, Math.floor(length / lettersPerEdit)))
  return Number.isFinite(edits) ? 1 - edits / length : null
}

const isBeginningOrEnd = (part: readonly string[], whole: readonly string[]): boolean =>
  part.every((word, index) => word === whole[index]) || part.every((word, index) => word === whole.at(index - part.length))

/** Letters put in, left out or replaced (Levenshtein); Infinity where it takes more than `most`, which is small. */
const editsBetween = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return Number.POSITIVE_INFINITY
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)]
  if (restOfA === '' || restOfB === '') return restOfA.length + restOfB.length
  if (most === 0) return Number.POSITIVE_INFINITY
  const replaced = editsBetween(restOfA.slice(1), restOfB.slice(1), most - 1)
  return 1 + Math.min(replaced, editsBetween(restOfA.slice(1), restOfB, most - 1), editsBetween(restOfA, restOfB.slice(1), most - 1))
}
