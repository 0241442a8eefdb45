import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { hasNul, nulProblems } from './nul.ts'

test('a NUL is found wherever it is, by its path', () => {
  expect(nulProblems({ input: { name: 'a\0', streams: [{ name: 'ok' }, { source: { sql: '\0' } }] }, key: 'fine' })).toEqual({
    name: 'Text cannot hold a NUL character.',
    'streams.1.source.sql': 'Text cannot hold a NUL character.',
  })
  expect(Object.keys(nulProblems({ input: { settings: { 'a\0': 1 } } }))).toEqual(['settings'])
  expect(nulProblems({})).toEqual({})
})

test('however deep', () => {
  let value: unknown = '\0'
  for (let i = 0; i < 5_000; i += 1) value = [value]
  expect(Object.keys(nulProblems({ x: value }))).toHaveLength(1)
})

test('in a document too', () => {
  expect(hasNul(parse('{ connector(name: "a\\u0000b") { id } }'))).toBe(true)
  expect(hasNul(parse('{ connector(name: "ab") { id } }'))).toBe(false)
})
