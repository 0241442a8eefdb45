import { describe, expect, test } from 'vitest'
import { type SqlDialect, statementOf } from './custom-sql.ts'

const microsoft: SqlDialect = { brackets: true, nestedComments: true, ownQuotes: false }
const oracle: SqlDialect = { brackets: false, nestedComments: false, ownQuotes: true }
const plain: SqlDialect = { brackets: false, nestedComments: false, ownQuotes: false }

describe('what people write is cut to its statement', () => {
  test.each([
    ['select 1;', 'select 1', plain],
    ['select 1 ; -- that is all\n/* really; */', 'select 1', plain],
    ['select \';\' as a, "b;" from t', 'select \';\' as a, "b;" from t', plain],
    ["select 'it''s ;)' from t;", "select 'it''s ;)' from t", plain],
    ['select [a;)] from [b]]c]', 'select [a;)] from [b]]c]', microsoft],
    ['select 1 /* a /* ; */ ) */', 'select 1', microsoft],
    ["select q'[it's; ( here]' from dual;", "select q'[it's; ( here]' from dual", oracle],
    ["select nq'!it's;!' from dual", "select nq'!it's;!' from dual", oracle],
    [';with a as (select 1 as n)\nselect n from a', ' with a as (select 1 as n)\nselect n from a', microsoft],
    ['-- first\nselect 1', '        \nselect 1', plain],
    ['select (1', 'select (1', plain],
  ])('%j', (sql, text, dialect) => {
    expect(statementOf(sql, dialect).text).toBe(text)
  })
})

describe('what would leave the parentheses that it is put into is refused', () => {
  test.each([
    ['select 1; select 2', plain],
    ['select 1) as a union (select 2', plain],
    ['select 1 as a) delete from t; with x as (select 1 as a', microsoft],
    ['select 1 /* a /* b */ ) delete from t -- */', plain],
    ["select ' ' ) drop table t --", oracle],
  ])('%j', (sql, dialect) => {
    expect(() => statementOf(sql, dialect)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY' }))
  })
})

test('words outside parentheses are told with their place', () => {
  const sql = 'with a (x) as (select 1) select [select] from a'
  const { words } = statementOf(sql, microsoft)
  expect(words.map(({ word }) => word)).toEqual(['WITH', 'A', 'AS', 'SELECT', 'FROM', 'A'])
  expect(words.find(({ word }) => word === 'SELECT')?.at).toBe(sql.indexOf('select ['))
})
