import { expect, test } from 'vitest'
import { auditVariables, withParams } from './audit-filter.ts'

const now = Date.parse('2026-11-26T02:40:00Z')
const variables = (query: string) => auditVariables(new URLSearchParams(query), now)

test('without a filter: the newest', () => {
  expect(variables('')).toEqual({ first: 50, after: null, filter: null })
})

test('known actions, text and period are taken from the URL', () => {
  expect(variables('action=SIGNED_IN,NO_SUCH&search=%20ada&since=day').filter).toEqual({
    actions: ['SIGNED_IN'],
    search: 'ada',
    from: '2026-11-25T02:00:00.000Z',
  })
  expect(variables('since=ever').filter).toBeNull()
})

test('a page before another goes backwards', () => {
  expect(variables('before=x')).toEqual({ last: 50, before: 'x', filter: null })
})

test('a changed filter forgets the page', () => {
  expect(withParams(new URLSearchParams('after=x&search=a'), { action: 'SIGNED_IN,TOKEN_CREATED' })).toBe(
    'search=a&action=SIGNED_IN,TOKEN_CREATED',
  )
  expect(withParams(new URLSearchParams('after=x&search=a'), { search: '' })).toBe('')
})
