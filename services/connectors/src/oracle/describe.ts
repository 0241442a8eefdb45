/** What a stream reads: its columns, key and size, from the source's catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream, SourceAccess } from '@aiia/core/sync/source'
import { type SqlDialect, statementOf } from '../sql-database/custom-sql.ts'
import type { DatabaseStreamSource } from '../sql-database/settings.ts'
import { type CatalogueRow, type CatalogueTable, streamsOf, tablesOf } from '../sql-database/table-catalogue.ts'
import type { TableName } from '../sql-database/table-names.ts'
import { type ReadColumn, textLiteral, type ValueShape } from '../sql-database/value-source.ts'
import { baseOf, printType, toReadColumn } from './columns.ts'
import type { OracleSession } from './connect.ts'
import { parseTableName, printTableName } from './table-name.ts'

type Log = SourceAccess['log']

export const describeSource = (session: OracleSession, source: DatabaseStreamSource, log: Log): Promise<ValueShape> =>
  'sql' in source ? describeSql(session, source.sql, log) : describeTable(session, source, log)

type Column = CatalogueRow & {
  name: string
  dataType: string
  digits: number | null
  scale: number | null
  length: number | null
  nullable: string
}

const catalogue = `
  SELECT c.owner AS "schemaName", c.table_name AS "tableName", t.num_rows AS "expected", k.position AS "keyPosition",
    c.column_name AS "name", c.data_type AS "dataType", c.data_precision AS "digits", c.data_scale AS "scale",
    CASE WHEN c.data_type = 'RAW' THEN c.data_length ELSE c.char_length END AS "length", c.nullable AS "nullable"
  FROM all_tab_columns c
  LEFT JOIN all_tables t ON t.owner = c.owner AND t.table_name = c.table_name
  LEFT JOIN (
    SELECT cc.owner, cc.table_name, cc.column_name, cc.position FROM all_constraints p
    JOIN all_cons_columns cc ON cc.owner = p.owner AND cc.constraint_name = p.constraint_name WHERE p.constraint_type = 'P'
  ) k ON k.owner = c.owner AND k.table_name = c.table_name AND k.column_name = c.column_name`

const inOrder = ' ORDER BY c.owner, c.table_name, c.column_id'

const tables = async ({ query }: OracleSession, condition: string, leftOut: (row: Column) => void): Promise<CatalogueTable<ReadColumn>[]> =>
  tablesOf(await query<Column>(`${catalogue} WHERE ${condition}${inOrder}`), (row) => {
    const type = { base: baseOf(row.dataType), digits: row.digits, scale: row.scale }
    const sourceType = printType(type, row.dataType, row.length)
    const column = toReadColumn({ name: row.name, sourceType, nullable: row.nullable === 'Y', isKey: row.keyPosition !== null }, type)
    if (column === null) leftOut(row)
    return column
  })

const describeTable = async (
  session: OracleSession,
  source: { table: string; schema?: string | undefined },
  log: Log,
): Promise<ValueShape> => {
  const { parse, settings, home } = session
  const table = source.schema === undefined ? parseTableName(source.table, home) : { schema: source.schema, name: source.table }
  const from = printTableName(table)
  const leftOut = ({ name, dataType }: Column): void => logLeftOut(log, name, dataType)
  const find = async ({ schema, name }: TableName): Promise<CatalogueTable<ReadColumn> | undefined> =>
    (await tables(session, `c.owner = ${textLiteral(schema)} AND c.table_name = ${textLiteral(name)}`, leftOut))[0]
  let found = await find(table)
  if (found === undefined) {
    const meant = await synonym(session, table)
    if (meant !== undefined) found = await find(meant)
  }
  if (found === undefined)
    throw new SyncError(
      'COLUMN_MISSING',
      `The source has no table ${from}, or the user "${settings.user}" may not see it. A name that is not all upper case must stand in double quotes.`,
    )
  // A look that reads nothing, and is refused where reading would be.
  await parse(`SELECT * FROM ${from}`)
  return { ...found, head: '', from }
}

const synonym = async ({ query }: OracleSession, { schema, name }: TableName): Promise<TableName | undefined> => {
  const [found] = await query<TableName>(
    `SELECT table_owner AS "schema", table_name AS "name" FROM all_synonyms
     WHERE synonym_name = ${textLiteral(name)} AND owner IN (${textLiteral(schema)}, 'PUBLIC') AND db_link IS NULL
     ORDER BY CASE owner WHEN 'PUBLIC' THEN 1 ELSE 0 END`,
  )
  return found
}

const logLeftOut = (log: Log, name: string, type: string): void =>
  log('WARN', `Column "${name}" is left out: values of type ${type} cannot be read. Custom SQL can turn them into something else.`)

const dialect: SqlDialect = { brackets: false, nestedComments: false, ownQuotes: true }

const opening = 'SELECT * FROM ('

/** As a table of a query, custom SQL is one statement that reads; it keeps its lines. */
const describeSql = async ({ parse }: OracleSession, sql: string, log: Log): Promise<ValueShape> => {
  const from = `(${statementOf(sql, dialect).text}\n) "stream"`
  const statement = `SELECT * FROM ${from}`
  const fields = await parse(statement).catch((error: unknown) => {
    throw withLine(error, statement)
  })
  const columns = fields.flatMap((field) => {
    const base = field.dbTypeName ?? 'VARCHAR2'
    const type = { base, ...(base === 'NUMBER' ? numberOf(field) : { digits: null, scale: field.precision ?? null }) }
    const sourceType = printType(type, base, field.byteSize ?? null)
    const column = toReadColumn({ name: field.name, sourceType, nullable: field.nullable !== false, isKey: false }, type)
    if (column === null) logLeftOut(log, field.name, base)
    return column ?? []
  })
  return { columns, primaryKey: [], expectedRows: null, head: '', from }
}

/** The scale of a number that has none, or is binary. */
const noScale = -127

/** A result says 0 digits where a column has no limit. */
const numberOf = ({ precision = 0, scale = noScale }: { precision?: number | undefined; scale?: number | undefined }) =>
  precision === 0 || scale === noScale ? { digits: null, scale: null } : { digits: precision, scale }

/** The server tells a place in the whole statement. */
const withLine = (error: unknown, statement: string): unknown => {
  const offset = error instanceof Error && 'offset' in error ? Number(error.offset) : 0
  if (!(offset >= opening.length)) return error
  return Object.assign(error as Error, { line: statement.slice(0, offset).split('\n').length })
}

/** Everything at the source that the user may see and that could become a stream, in one look at the catalogue. */
export const discoverStreams = async (session: OracleSession): Promise<DiscoveredStream[]> => {
  const ofPeople = "c.owner IN (SELECT username FROM all_users WHERE oracle_maintained = 'N') AND c.table_name NOT LIKE 'BIN$%'"
  return streamsOf(await tables(session, ofPeople, () => {}), session.home, (schema, name) => printTableName({ schema, name }))
}
