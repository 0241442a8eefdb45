import { expect, test } from 'vitest'
import { toConnectError, toQueryError } from '../sql-database/error-book.ts'
import { toSignInError } from './connect.ts'
import { errorBook } from './errors.ts'

const settings = { host: 'db', port: 1521, user: 'reader' }
const said = (code: string, message = `${code}: it says so\nHelp: https://docs.oracle.com/`) => Object.assign(new Error(message), { code })
const whileReading = (error: unknown, sql?: string) =>
  toQueryError(errorBook, error, {
    settings,
    place: { step: 'EXTRACT', stream: 's' },
    what: 'stream "s"',
    ...(sql !== undefined && { sql }),
  })

test.each([
  ['ORA-00942', 'COLUMN_MISSING', 'INVALID_QUERY'],
  ['ORA-00904', 'COLUMN_MISSING', 'INVALID_QUERY'],
  ['ORA-01031', 'PERMISSION_DENIED', 'PERMISSION_DENIED'],
  ['ORA-01555', 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  ['ORA-01013', 'SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
  ['ORA-00028', 'CONNECTION_LOST', 'CONNECTION_LOST'],
  ['ORA-00936', 'PROTOCOL_ERROR', 'INVALID_QUERY'],
])('%s is %s for a table and %s for custom SQL', (code, forTable, forSql) => {
  expect(whileReading(said(code))).toMatchObject({ code: forTable })
  expect(whileReading(said(code), 'select 1 from dual')).toMatchObject({ code: forSql })
})

test('the message has the number, one line of words, and the line of the SQL', () => {
  const error = Object.assign(said('ORA-00904', 'ORA-00904: "NME": invalid identifier\nHelp: https://docs.oracle.com/'), { line: 2 })
  expect(whileReading(error, 'select id,\nnme from t')).toMatchObject({
    message: 'The source refuses the SQL of stream "s": "NME": invalid identifier (ORA-00904), at line 2.',
  })
})

test.each([
  ['ORA-01017', 'INVALID_CREDENTIALS'],
  ['ORA-28000', 'INVALID_CREDENTIALS'],
  ['ORA-01045', 'PERMISSION_DENIED'],
  ['ORA-01033', 'SOURCE_UNAVAILABLE'],
  ['ORA-00018', 'SOURCE_UNAVAILABLE'],
  ['ORA-03113', 'CONNECTION_LOST'],
  ['NJS-500', 'CONNECTION_LOST'],
  ['NJS-518', 'SOURCE_UNAVAILABLE'],
  ['NJS-138', 'PROTOCOL_ERROR'],
])('%s at the sign-in is %s', (code, expected) => {
  expect(toConnectError(errorBook, said(code), settings, 1_000)).toMatchObject({ code: expected })
})

test.each([
  ['NJS-533', 'TLS_FAILED'],
  ['NJS-116', 'INVALID_CREDENTIALS'],
  ['NJS-508', 'TLS_FAILED'],
])('%s has words of ours: %s', (code, expected) => {
  expect(toSignInError(said(code), { ...settings, serviceName: 'X', tls: 'disable' })).toMatchObject({ code: expected })
})
