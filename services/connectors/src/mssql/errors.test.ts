import { expect, test } from 'vitest'
import { toConnectError, toQueryError } from '../sql-database/error-book.ts'
import { errorBook } from './errors.ts'

const settings = { host: 'db', port: 1433, user: 'reader' }
const said = (number: number, severity = 16) => Object.assign(new Error('It says so.'), { number, class: severity, code: 'EREQUEST' })
const whileReading = (error: unknown, sql?: string) =>
  toQueryError(errorBook, error, {
    settings,
    place: { step: 'EXTRACT', stream: 's' },
    what: 'stream "s"',
    ...(sql !== undefined && { sql }),
  })

test.each([
  [208, 'COLUMN_MISSING', 'INVALID_QUERY'],
  [207, 'COLUMN_MISSING', 'INVALID_QUERY'],
  [229, 'PERMISSION_DENIED', 'PERMISSION_DENIED'],
  [1205, 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  [1222, 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  [3961, 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  [596, 'CONNECTION_LOST', 'CONNECTION_LOST'],
  [8134, 'PROTOCOL_ERROR', 'INVALID_QUERY'],
])('error %i is %s for a table and %s for custom SQL', (number, forTable, forSql) => {
  expect(whileReading(said(number))).toMatchObject({ code: forTable, place: { step: 'EXTRACT', stream: 's' } })
  expect(whileReading(said(number), 'select 1')).toMatchObject({ code: forSql })
})

test('an error that ends the connection is CONNECTION_LOST, whatever its number', () => {
  expect(whileReading(said(4014, 20))).toMatchObject({ code: 'CONNECTION_LOST' })
})

test('of several errors the first is what went wrong', () => {
  expect(whileReading(new AggregateError([said(207), said(11_529)]), 'select 1')).toMatchObject({
    code: 'INVALID_QUERY',
    message: 'The source refuses the SQL of stream "s": It says so (error 207).',
  })
})

test.each([
  [18_456, 'INVALID_CREDENTIALS'],
  [4060, 'INVALID_CREDENTIALS'],
  [18_487, 'INVALID_CREDENTIALS'],
  [916, 'PERMISSION_DENIED'],
  [17_142, 'SOURCE_UNAVAILABLE'],
  [233, 'PROTOCOL_ERROR'],
])('error %i at the sign-in is %s', (number, code) => {
  expect(toConnectError(errorBook, said(number), settings, 1_000)).toMatchObject({ code })
})

test('what nobody knows is left as it is, a defect of ours', () => {
  const defect = new TypeError('x is not a function')
  expect(whileReading(defect)).toBe(defect)
})
