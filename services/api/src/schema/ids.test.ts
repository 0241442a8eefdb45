import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { parseId, toGlobalId } from './ids.ts'

const id = '0199f1c2-7d11-7c33-9d2e-3a1b5c6d7e8f'

test('opaque ids and plain ones come in', () => {
  expect(parseId('JobRun', toGlobalId('JobRun', id))).toBe(id)
  expect(parseId('JobRun', id.toUpperCase())).toBe(id)
})

test.each([toGlobalId('Connector', id), 'garbage', '', '14802', toGlobalId('JobRun', '1; drop table')])('%j is no id of a run', (text) => {
  expect(() => parseId('JobRun', text, 'runId')).toThrow(
    expect.toSatisfy(
      (error: GraphQLError) => error.extensions['code'] === 'BAD_USER_INPUT' && 'runId' in (error.extensions['fields'] as object),
    ),
  )
})
