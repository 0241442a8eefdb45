import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { operationCost } from './operation-cost.ts'

const cost = (query: string, variables: Record<string, unknown> = {}) => operationCost(parse(query), undefined, variables)

test('an object counts one, scalars nothing', () => {
  expect(cost('{ viewer { name email } }')).toBe(1)
  expect(cost('{ connector(id: "x") { name limits { memoryMb } } }')).toBe(2)
})

test('a page multiplies what it holds, whether its size is in the document or in a variable', () => {
  const literal = cost('{ jobRuns(first: 20) { nodes { number connector { name } } } }')
  expect(literal).toBe(1 + 20 * (1 + 1))
  expect(cost('query ($n: Int) { jobRuns(first: $n) { nodes { number connector { name } } } }', { n: 20 })).toBe(literal)
  expect(cost('query ($n: Int) { jobRuns(last: $n) { nodes { number connector { name } } } }', { n: 20 })).toBe(literal)
})

test('a page without a size counts as a usual one', () => {
  expect(cost('{ jobRuns { nodes { counts { read } } } }')).toBe(1 + 50 * 2)
})

test('pages within pages multiply', () => {
  expect(cost('{ connectors(first: 200) { nodes { runs(first: 200) { nodes { counts { read } } } } } }')).toBeGreaterThan(80_000)
})

test('ids count each', () => {
  expect(cost('{ nodes(ids: ["a", "b", "c"]) { ... on JobRun { connector { name } } } }')).toBe(1 + 3)
})

test('fragments that double each other take no time', () => {
  const levels = Array.from({ length: 60 }, (_, level) => `fragment f${level} on Query { ...f${level + 1} ...f${level + 1} }`)
  expect(cost(`{ ...f0 } ${levels.join(' ')} fragment f60 on Query { viewer { name } }`)).toBeGreaterThan(1e15)
})
