import { expect, test } from 'vitest'
import { isFirstPage, runsVariables, withCursor, withFilter } from './run-filter.ts'

const variables = (query: string) => runsVariables(new URLSearchParams(query))

test('without filters the newest runs are asked for', () => {
  expect(variables('')).toEqual({ first: 50, after: null, filter: null })
})

test('filters are read from the address, and what the API does not know is dropped', () => {
  expect(variables('status=FAILED,ERROR,NONSENSE&trigger=MANUAL&connector=c1,c2').filter).toEqual({
    statuses: ['FAILED', 'ERROR'],
    triggers: ['MANUAL'],
    connectorIds: ['c1', 'c2'],
  })
})

test('a page before a cursor is read from its end', () => {
  expect(variables('before=abc')).toEqual({ last: 50, before: 'abc', filter: null })
  expect(isFirstPage(variables('before=abc'))).toBe(false)
  expect(isFirstPage(variables('after=abc'))).toBe(false)
  expect(isFirstPage(variables('status=FAILED'))).toBe(true)
})

test('a changed filter starts again at the newest runs', () => {
  expect(withFilter(new URLSearchParams('after=abc&trigger=API'), 'status', ['FAILED', 'ERROR'])).toBe('trigger=API&status=FAILED,ERROR')
  expect(withFilter(new URLSearchParams('status=FAILED'), 'status', [])).toBe('')
})

test('a cursor replaces the other', () => {
  expect(withCursor(new URLSearchParams('status=FAILED&after=abc'), { before: 'xyz' })).toBe('status=FAILED&before=xyz')
  expect(withCursor(new URLSearchParams('after=abc'), null)).toBe('')
})
