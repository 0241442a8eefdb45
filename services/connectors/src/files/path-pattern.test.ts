import { expect, test } from 'vitest'
import { literal, matcherOf, prefixOf } from './path-pattern.ts'

test.each([
  ['in/*.csv', 'in/', ['in/a.csv', 'in/2026-11.csv'], ['in/a.csv.gz', 'in/b/a.csv', 'a.csv', 'in/.hidden.csv']],
  ['in/2026-*/x?.csv', 'in/2026-', ['in/2026-11/x1.csv'], ['in/2026-11/x.csv', 'in/2025-11/x1.csv']],
  ['**/*.csv', '', ['a.csv', 'in/a.csv', 'in/b/a.csv'], ['a.txt']],
  ['{a,b}/*.{csv,tsv}', '', ['a/x.csv', 'b/x.tsv'], ['c/x.csv']],
  ['in/a.csv', 'in/a.csv', ['in/a.csv'], ['in/b.csv', 'in/a.csv/b']],
  ['report (1) [x]!+@.csv', 'report (1) [x]!+@.csv', ['report (1) [x]!+@.csv'], ['report 1 x.csv']],
])('%s', (pattern, prefix, matching, others) => {
  expect(prefixOf(pattern)).toBe(prefix)
  const matches = matcherOf(pattern)
  expect(matching.filter((path) => !matches(path))).toEqual([])
  expect(others.filter(matches)).toEqual([])
})

test('a path as a pattern matches itself alone', () => {
  const path = 'in/*odd* {name}?.csv'
  expect(matcherOf(literal(path))(path)).toBe(true)
  expect(matcherOf(literal(path))('in/1odd2 name1.csv')).toBe(false)
})
