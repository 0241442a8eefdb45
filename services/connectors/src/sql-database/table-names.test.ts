import { expect, test } from 'vitest'
import * as mssql from '../mssql/table-name.ts'
import * as oracle from '../oracle/table-name.ts'

test.each([
  ['orders', { schema: 'dbo', name: 'orders' }],
  ['Sales.Order Details', { schema: 'Sales', name: 'Order Details' }],
  ['[a.b].[c]]d]', { schema: 'a.b', name: 'c]d' }],
])('SQL Server: %s', (text, table) => {
  expect(mssql.parseTableName(text, 'dbo')).toEqual(table)
  expect(mssql.parseTableName(mssql.printTableName(table), 'dbo')).toEqual(table)
})

test.each([
  ['orders', { schema: 'ME', name: 'ORDERS' }],
  ['sales."Orders"', { schema: 'SALES', name: 'Orders' }],
  ['"a.b"."c""d"', { schema: 'a.b', name: 'c"d' }],
])('Oracle and HANA: %s', (text, table) => {
  expect(oracle.parseTableName(text, 'ME')).toEqual(table)
  expect(oracle.parseTableName(oracle.printTableName(table), 'ME')).toEqual(table)
})

test.each(['a.b.c', '', '"a', 'a"b'])('%j is no name', (text) => {
  expect(() => oracle.parseTableName(text, 'ME')).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }))
})
