/** What a stream reads: its columns, key and size, from the source's catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream } from '@aiia/core/sync/source'
import { type SqlDialect, statementOf } from '../sql-database/custom-sql.ts'
import type { DatabaseStreamSource } from '../sql-database/settings.ts'
import { type CatalogueRow, type CatalogueTable, streamsOf, tablesOf } from '../sql-database/table-catalogue.ts'
import { type ReadColumn, textLiteral, type ValueShape } from '../sql-database/value-source.ts'
import { printType, toReadColumn } from './columns.ts'
import type { MssqlSession } from './connect.ts'
import { parseTableName, printTableName, quote } from './table-name.ts'

export const describeSource = (session: MssqlSession, source: DatabaseStreamSource): Promise<ValueShape> =>
  'sql' in source ? describeSql(session, source.sql) : describeTable(session, source)

type Column = Omit<CatalogueRow, 'expected'> & {
  /** A bigint, which the driver gives as text. */
  expected: string | null
  name: string
  base: string
  size: number
  digits: number
  scale: number
  nullable: boolean
}

/** The types of a CLR assembly share one number; aliases have the number of what they stand for. */
const catalogue = `
  SELECT s.name AS schemaName, o.name AS tableName, CONVERT(bigint, p.expected) AS expected, CONVERT(int, k.key_ordinal) AS keyPosition,
    c.name AS name, LOWER(CASE WHEN c.system_type_id = 240 THEN t.name ELSE TYPE_NAME(c.system_type_id) END) AS base,
    c.max_length AS size, c.precision AS digits, c.scale AS scale, c.is_nullable AS nullable
  FROM sys.objects o
  JOIN sys.schemas s ON s.schema_id = o.schema_id
  JOIN sys.columns c ON c.object_id = o.object_id
  JOIN sys.types t ON t.user_type_id = c.user_type_id
  LEFT JOIN (
    SELECT i.object_id, ic.column_id, ic.key_ordinal FROM sys.indexes i
    JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id WHERE i.is_primary_key = 1
  ) k ON k.object_id = c.object_id AND k.column_id = c.column_id
  LEFT JOIN (SELECT object_id, SUM(rows) AS expected FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id) p ON p.object_id = o.object_id`

const inOrder = ' ORDER BY s.name, o.name, c.column_id'

const tables = async ({ query }: MssqlSession, condition: string): Promise<CatalogueTable<ReadColumn>[]> => {
  const rows = await query<Column>(`${catalogue} WHERE ${condition}${inOrder}`)
  return tablesOf(
    rows.map((row) => ({ ...row, expected: row.expected === null ? null : Number(row.expected) })),
    (row) => toReadColumn({ name: row.name, sourceType: printType(row), nullable: row.nullable, isKey: row.keyPosition !== null }, row),
  )
}

const describeTable = async (session: MssqlSession, source: { table: string; schema?: string | undefined }): Promise<ValueShape> => {
  const { query, settings, home } = session
  const table = source.schema === undefined ? parseTableName(source.table, home) : { schema: source.schema, name: source.table }
  const from = printTableName(table)
  const [found] = await tables(session, `o.object_id = OBJECT_ID(N${textLiteral(from)})`)
  if (found === undefined)
    throw new SyncError('COLUMN_MISSING', `The source has no table ${from}, or the user "${settings.user}" may not see it.`)
  // A look that reads nothing, and is refused where reading would be.
  await query(`SELECT TOP 0 * FROM ${from}`)
  return { ...found, head: '', from }
}

const dialect: SqlDialect = { brackets: true, nestedComments: true, ownQuotes: false }

/**
 * As a table of the query, custom SQL is one statement that reads. A WITH may not stand in parentheses here, so what people
 * write joins theirs; it keeps its lines, so that the server's are people's own.
 */
export const headOf = (sql: string): string => {
  const { text, words } = statementOf(sql, dialect)
  if (words[0]?.word !== 'WITH') return `WITH ${quote('stream')} AS (${text}\n)\n`
  const select = words.find(({ word }) => word === 'SELECT')
  if (select === undefined) throw new SyncError('INVALID_QUERY', 'The custom SQL has no SELECT behind its WITH.')
  return `${text.slice(0, select.at)}, ${quote('stream')} AS (${text.slice(select.at)}\n)\n`
}

type ResultColumn = {
  name: string | null
  is_hidden: boolean
  is_nullable: boolean
  system_type_name: string | null
  user_type_name: string | null
  max_length: number
  precision: number
  scale: number
}

const describeSql = async ({ query }: MssqlSession, sql: string): Promise<ValueShape> => {
  const [head, from] = [headOf(sql), quote('stream')]
  const columns = await query<ResultColumn>(`EXEC sp_describe_first_result_set @tsql = N${textLiteral(`${head}SELECT * FROM ${from}`)}`)
  const visible = columns.filter(({ is_hidden: hidden }) => !hidden)
  return {
    columns: visible.map((column) => {
      const base = (column.system_type_name ?? column.user_type_name ?? 'nvarchar').replace(/\(.*/, '').toLowerCase()
      const type = { base, size: column.max_length, digits: column.precision, scale: column.scale }
      return toReadColumn({ name: column.name ?? '', sourceType: printType(type), nullable: column.is_nullable, isKey: false }, type)
    }),
    primaryKey: [],
    expectedRows: null,
    head,
    from,
  }
}

/** Everything at the source that the user may see and that could become a stream, in one look at the catalogue. */
export const discoverStreams = async (session: MssqlSession): Promise<DiscoveredStream[]> =>
  streamsOf(await tables(session, "o.type IN ('U', 'V') AND o.is_ms_shipped = 0"), session.home, (schema, name) =>
    printTableName({ schema, name }),
  )
