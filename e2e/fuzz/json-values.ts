/** Random JSON as APIs and exports write it, escapes, spaces and all. */

import type { Random } from '../faults/random.ts'
import { below, maybe } from './reader.ts'
import { randomText } from './tables.ts'

const number = (random: Random): string =>
  random.pick([
    () => String(below(random, 2 ** 31) - 2 ** 30),
    () => `${below(random, 1_000)}.${below(random, 100_000)}`,
    () => `-${below(random, 9) + 1}${String(below(random, 2 ** 31)).repeat(2)}`,
    () => `${below(random, 9)}.5E${random.pick(['+', '-', ''])}${below(random, 20)}`,
  ])()

/** Not as JSON.stringify would: some characters escaped. */
export const randomString = (random: Random, text = randomText(random)): string => {
  const plain = JSON.stringify(text)
  if (maybe(random, 0.7)) return plain
  return plain
    .replaceAll(/[ß-￿a]/g, (unit) => (maybe(random, 0.5) ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit))
    .replaceAll(/\//g, () => '\\/')
}

/** Pairs of surrogates are escaped both or not at all. */
const wellFormed = (text: string): string => (text.isWellFormed() ? text : JSON.stringify('🙂'))

const scalar = (random: Random): string =>
  random.pick([
    () => number(random),
    () => wellFormed(randomString(random)),
    () => (maybe(random, 0.5) ? 'true' : 'false'),
    () => 'null',
    () => '"2026-11-24T10:35:00.123Z"',
  ])()

export const randomValue = (random: Random, depth = 0): string => {
  if (depth > 3 || maybe(random, 0.8)) return scalar(random)
  const items = Array.from({ length: below(random, 4) }, () => randomValue(random, depth + 1))
  return maybe(random, 0.5) ? `[${items.join(', ')}]` : `{${items.map((item, at) => `"k${at}":${item}`).join(',')}}`
}

/** In columns of one kind each, mostly. */
export const randomObject = (random: Random, names: readonly string[]): string => {
  const space = maybe(random, 0.1) ? ' ' : ''
  const order = maybe(random, 0.1) ? names.toReversed() : names
  const members = order.filter(() => maybe(random, 0.9)).map((name) => `${JSON.stringify(name)}${space}:${space}${randomValue(random)}`)
  return `{${space}${members.join(`,${space}`)}${space}}`
}
