/** What a stream reads: its columns, key and size, from the source's catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream } from '@aiia/core/sync/source'
import { type SqlDialect, statementOf } from '../sql-database/custom-sql.ts'
import type { DatabaseStreamSource } from '../sql-database/settings.ts'
import { type CatalogueRow, type CatalogueTable, streamsOf, tablesOf } from '../sql-database/table-catalogue.ts'
import { type ReadColumn, textLiteral, type ValueShape } from '../sql-database/value-source.ts'
import { fromField, printType, toReadColumn } from './columns.ts'
import type { HanaSession } from './connect.ts'
import { parseTableName, printTableName } from './table-name.ts'

export const describeSource = (session: HanaSession, source: DatabaseStreamSource): Promise<ValueShape> =>
  'sql' in source ? describeSql(session, source.sql) : describeTable(session, source)

type Column = Omit<CatalogueRow, 'expected'> & {
  /** A bigint, which the driver gives as text where it is large. */
  expected: number | string | null
  name: string
  base: string
  length: number
  scale: number | null
  nullable: string
}

const columnsOf = (view: string, name: string): string =>
  `SELECT SCHEMA_NAME, ${name} AS TABLE_NAME, COLUMN_NAME, POSITION, DATA_TYPE_NAME, LENGTH, SCALE, IS_NULLABLE FROM SYS.${view}`

const catalogue = `
  SELECT c.SCHEMA_NAME AS "schemaName", c.TABLE_NAME AS "tableName", t.RECORD_COUNT AS "expected", k.POSITION AS "keyPosition",
    c.COLUMN_NAME AS "name", c.DATA_TYPE_NAME AS "base", c.LENGTH AS "length", c.SCALE AS "scale", c.IS_NULLABLE AS "nullable"
  FROM (${columnsOf('TABLE_COLUMNS', 'TABLE_NAME')} UNION ALL ${columnsOf('VIEW_COLUMNS', 'VIEW_NAME')}) c
  LEFT JOIN SYS.M_TABLES t ON t.SCHEMA_NAME = c.SCHEMA_NAME AND t.TABLE_NAME = c.TABLE_NAME
  LEFT JOIN SYS.CONSTRAINTS k ON k.SCHEMA_NAME = c.SCHEMA_NAME AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
    AND k.IS_PRIMARY_KEY = 'TRUE'`

const inOrder = ' ORDER BY c.SCHEMA_NAME, c.TABLE_NAME, c.POSITION'

const tables = async ({ query }: HanaSession, condition: string): Promise<CatalogueTable<ReadColumn>[]> => {
  const rows = await query<Column>(`${catalogue} WHERE ${condition}${inOrder}`)
  return tablesOf(
    rows.map((row) => ({ ...row, expected: row.expected === null ? null : Number(row.expected) })),
    (row) =>
      toReadColumn({ name: row.name, sourceType: printType(row), nullable: row.nullable === 'TRUE', isKey: row.keyPosition !== null }, row),
  )
}

const describeTable = async (session: HanaSession, source: { table: string; schema?: string | undefined }): Promise<ValueShape> => {
  const { prepare, settings, home } = session
  const table = source.schema === undefined ? parseTableName(source.table, home) : { schema: source.schema, name: source.table }
  const from = printTableName(table)
  const [found] = await tables(session, `c.SCHEMA_NAME = N${textLiteral(table.schema)} AND c.TABLE_NAME = N${textLiteral(table.name)}`)
  if (found === undefined)
    throw new SyncError(
      'COLUMN_MISSING',
      `The source has no table ${from}, or the user "${settings.user}" may not see it. A name that is not all upper case must stand in double quotes.`,
    )
  // A look that reads nothing, and is refused where reading would be.
  const statement = await prepare(`SELECT * FROM ${from}`)
  statement.drop()
  return { ...found, head: '', from }
}

const dialect: SqlDialect = { brackets: false, nestedComments: false, ownQuotes: false }

/** As a table of a query, custom SQL is one statement that reads; it keeps its lines. */
const describeSql = async ({ prepare }: HanaSession, sql: string): Promise<ValueShape> => {
  const from = `(${statementOf(sql, dialect).text}\n) AS "stream"`
  const statement = await prepare(`SELECT * FROM ${from}`)
  const { resultSetMetadata, parameterMetadata = [] } = statement
  statement.drop()
  if (parameterMetadata.length > 0)
    throw new SyncError('INVALID_QUERY', 'The custom SQL has a parameter such as ?, which nothing gives a value.')
  if (resultSetMetadata === undefined) throw new SyncError('INVALID_QUERY', 'The custom SQL is no query.')
  return { columns: resultSetMetadata.map(fromField), primaryKey: [], expectedRows: null, head: '', from }
}

/** The server's own, but for the views that modelling tools activate. */
const ofPeople = String.raw`c.SCHEMA_NAME NOT IN ('SYS', 'SYSTEM', 'PUBLIC') AND (c.SCHEMA_NAME NOT LIKE '\_SYS\_%' ESCAPE '\' OR c.SCHEMA_NAME = '_SYS_BIC')`

/** Everything at the source that the user may see and that could become a stream, in one look at the catalogue. */
export const discoverStreams = async (session: HanaSession): Promise<DiscoveredStream[]> =>
  streamsOf(await tables(session, ofPeople), session.home, (schema, name) => printTableName({ schema, name }))
