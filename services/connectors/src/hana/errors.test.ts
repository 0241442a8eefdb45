import { expect, test } from 'vitest'
import { toConnectError, toQueryError } from '../sql-database/error-book.ts'
import { errorBook } from './errors.ts'

const settings = { host: 'db', port: 30_015, user: 'reader' }
const said = (code: number | string) => Object.assign(new Error('it says so'), { code })
const whileReading = (error: unknown, sql?: string) =>
  toQueryError(errorBook, error, {
    settings,
    place: { step: 'EXTRACT', stream: 's' },
    what: 'stream "s"',
    ...(sql !== undefined && { sql }),
  })

test.each([
  [259, 'COLUMN_MISSING', 'INVALID_QUERY'],
  [260, 'COLUMN_MISSING', 'INVALID_QUERY'],
  [258, 'PERMISSION_DENIED', 'PERMISSION_DENIED'],
  [131, 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  [139, 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  [-10_807, 'CONNECTION_LOST', 'CONNECTION_LOST'],
  ['EHDBCLOSE', 'CONNECTION_LOST', 'CONNECTION_LOST'],
  [257, 'PROTOCOL_ERROR', 'INVALID_QUERY'],
])('%s is %s for a table and %s for custom SQL', (code, forTable, forSql) => {
  expect(whileReading(said(code))).toMatchObject({ code: forTable })
  expect(whileReading(said(code), 'select 1 from dummy')).toMatchObject({ code: forSql })
})

test.each([
  [10, 'INVALID_CREDENTIALS'],
  [414, 'INVALID_CREDENTIALS'],
  [437, 'SOURCE_UNAVAILABLE'],
  ['EHDBMSGPARSE', 'PROTOCOL_ERROR'],
])('%s at the sign-in is %s', (code, expected) => {
  expect(toConnectError(errorBook, said(code), settings, 1_000)).toMatchObject({ code: expected })
})
