import { expect, test } from 'vitest'
import { connectorPage, withoutFilters } from './connector-filter.ts'

const page = (query: string) => connectorPage(new URLSearchParams(query), '', 1)

test('without filters all connectors are asked for', () => {
  expect(page('')).toEqual({ first: 50, search: null, filter: null })
})

test('filters are read from the address, and what the API does not know is dropped', () => {
  expect(page('kind=postgres,mysql&status=FAILED,NONSENSE&state=paused').filter).toEqual({
    kinds: ['postgres', 'mysql'],
    lastStatuses: ['FAILED'],
    enabled: false,
  })
  expect(page('state=active').filter).toEqual({ enabled: true })
  expect(page('state=broken').filter).toBeNull()
})

test('both states are as good as none', () => {
  expect(page('state=active,paused').filter).toBeNull()
})

test('what is no filter stays in the address', () => {
  expect(withoutFilters(new URLSearchParams('kind=s3&other=1&state=paused'))).toBe('other=1')
})
