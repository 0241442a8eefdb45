import { expect, test } from 'vitest'
import { hasFilters, isFirstPage, runsVariables, withCursor, withFilter, withoutFilters, withTime } from './run-filter.ts'

const now = Date.parse('2026-05-24T02:05:31.500Z')
const variables = (query: string) => runsVariables(new URLSearchParams(query), now)

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

test('a connector’s own history shows no other’s runs', () => {
  expect(runsVariables(new URLSearchParams('tab=history&status=FAILED&connector=c2'), now, 'c1').filter).toEqual({
    connectorIds: ['c1'],
    statuses: ['FAILED'],
  })
})

test('cleared filters leave the rest of the address', () => {
  const params = new URLSearchParams('tab=history&status=FAILED&since=24h&after=abc')
  expect([hasFilters(params), hasFilters(new URLSearchParams('tab=history'))]).toEqual([true, false])
  expect(withoutFilters(params)).toBe('tab=history')
})

test('the time is a filter, too', () => {
  expect(variables('since=1h&status=FAILED').filter).toEqual({ statuses: ['FAILED'], queuedFrom: '2026-05-24T01:05:00.000Z' })
  expect(withTime(new URLSearchParams('after=abc&status=FAILED'), { window: '24h' })).toBe('status=FAILED&since=24h')
  const range = { from: '2026-05-24T02:00:00.000Z', to: null }
  expect(withTime(new URLSearchParams('since=24h'), range)).toBe('from=2026-05-24T02:00Z')
})
