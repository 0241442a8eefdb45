import { expect, test } from 'vitest'
import type { OracleSession } from './connect.ts'
import { describeSource, discoverStreams } from './describe.ts'
import type { Field } from './requests.ts'

const rows = [
  ['ID', 'NUMBER', 10, 0, null, 'N', 2],
  ['REGION', 'VARCHAR2', null, null, 2, 'N', 1],
  ['MADE', 'TIMESTAMP(9)', null, 9, null, 'Y', null],
  ['FILE_AT', 'BFILE', null, null, null, 'Y', null],
].map(([name, dataType, digits, scale, length, nullable, keyPosition]) => ({
  schemaName: 'SALES',
  tableName: 'ORDERS',
  expected: 3,
  keyPosition,
  name,
  dataType,
  digits,
  scale,
  length,
  nullable,
}))

/** Answers the catalogue's questions as the test says. */
const sessionOf = (answers: { query?: (sql: string) => unknown[]; parse?: (sql: string) => Field[] }) => {
  const heard: string[] = []
  const session = {
    settings: { user: 'reader' },
    home: 'ME',
    query: async (sql: string) => {
      heard.push(sql)
      return answers.query?.(sql) ?? []
    },
    parse: async (sql: string) => {
      heard.push(sql)
      return answers.parse?.(sql) ?? []
    },
  } as unknown as OracleSession
  return { heard, session }
}

test('a table has its columns, its key in order and its size; what cannot be read is left out, and told', async () => {
  const { heard, session } = sessionOf({ query: (sql) => (sql.includes('all_tab_columns') ? rows : []) })
  const lines: string[] = []
  const shape = await describeSource(session, { table: 'sales.orders' }, (_level, line) => lines.push(line))
  expect(shape).toMatchObject({ primaryKey: ['REGION', 'ID'], expectedRows: 3, from: '"SALES"."ORDERS"' })
  expect(shape.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
    ['ID', 'bigint', false],
    ['REGION', 'text', false],
    ['MADE', 'timestamp(6) without time zone', true],
  ])
  expect(lines).toEqual([expect.stringContaining('"FILE_AT" is left out')])
  expect(heard[0]).toContain("c.owner = 'SALES' AND c.table_name = 'ORDERS'")
  expect(heard.at(-1)).toBe('SELECT * FROM "SALES"."ORDERS"')
})

test('a synonym stands for its table', async () => {
  const { session } = sessionOf({
    query: (sql) => (sql.includes('all_synonyms') ? [{ schema: 'SALES', name: 'ORDERS' }] : sql.includes("c.owner = 'SALES'") ? rows : []),
  })
  expect(await describeSource(session, { table: 'o' }, () => {})).toMatchObject({ from: '"ME"."O"', primaryKey: ['REGION', 'ID'] })
})

test('a table that is not there says how names are written', async () => {
  const { session } = sessionOf({})
  await expect(describeSource(session, { table: 'gone' }, () => {})).rejects.toMatchObject({
    code: 'COLUMN_MISSING',
    message: expect.stringContaining('"ME"."GONE"'),
  })
})

test('custom SQL is parsed and not run; its numbers have the digits that the server tells', async () => {
  const fields = [
    { name: 'A', dbTypeName: 'NUMBER', precision: 15, scale: 2, nullable: false },
    { name: 'B', dbTypeName: 'NUMBER', precision: 0, scale: -127, nullable: true },
    { name: 'C', dbTypeName: 'TIMESTAMP WITH TIME ZONE', precision: 3, nullable: true },
    { name: 'D', dbTypeName: 'VARCHAR2', byteSize: 30, nullable: true },
  ] as Field[]
  const { heard, session } = sessionOf({ parse: () => fields })
  const shape = await describeSource(session, { sql: 'select a, b, c, d from t; -- all' }, () => {})
  expect(heard).toEqual(['SELECT * FROM (select a, b, c, d from t\n) "stream"'])
  expect(shape.columns.map(({ sourceType, type }) => [sourceType, type])).toEqual([
    ['NUMBER(15,2)', 'numeric(15,2)'],
    ['NUMBER', 'numeric'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamp(3) with time zone'],
    ['VARCHAR2(30)', 'text'],
  ])
})

test('what the server says of custom SQL has the line of what people wrote', async () => {
  const sql = 'select id,\nnme from t'
  const { session } = sessionOf({
    parse: (statement) => {
      throw Object.assign(new Error('ORA-00904'), { code: 'ORA-00904', offset: statement.indexOf('nme') })
    },
  })
  await expect(describeSource(session, { sql }, () => {})).rejects.toMatchObject({ line: 2 })
})

test('discovery proposes each table once', async () => {
  const { session } = sessionOf({ query: () => rows })
  expect(await discoverStreams(session)).toMatchObject([{ name: 'SALES_ORDERS', source: { table: '"SALES"."ORDERS"' } }])
})
