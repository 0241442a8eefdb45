/** What a stream reads: its columns, key and size, from the source's catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream } from '@aiia/core/sync/source'
import type { FieldPacket } from 'mysql2'
import type { DatabaseStreamSource } from '../sql-database/settings.ts'
import { type CatalogueColumn, catalogueColumns, fromCatalogue, fromField, type ReadColumn } from './columns.ts'
import type { MysqlSession } from './connect.ts'
import { parseTableName, printTableName, quote } from './table-name.ts'

export type MysqlShape = { columns: ReadColumn[]; primaryKey: string[]; expectedRows: number | null; from: string }

export const describeSource = (session: MysqlSession, source: DatabaseStreamSource): Promise<MysqlShape> =>
  'sql' in source ? describeSql(session, statementOf(source.sql)) : describeTable(session, source)

/** Strings, quoted names and comments as wholes, so that a semicolon is one. */
const sqlTokens = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|-- .*|#.*|\/\*[^]*?\*\/|[^]/g

/** Without the semicolon and the comments that people end a statement with. */
const statementOf = (sql: string): string => {
  let end = 0
  for (const { 0: token, index } of sql.matchAll(sqlTokens)) {
    if (!/^(?:\s|;|-- |#|\/\*)/.test(token)) end = index + token.length
  }
  return sql.slice(0, end)
}

const describeTable = async (
  { query, settings }: MysqlSession,
  source: { table: string; schema?: string | undefined },
): Promise<MysqlShape> => {
  const table =
    source.schema === undefined ? parseTableName(source.table, settings.database) : { schema: source.schema, name: source.table }
  const from = printTableName(table)
  const place = [table.schema, table.name]
  // A look that reads nothing, and is refused where reading would be: the catalogue just hides what one may not read.
  await query(`SELECT * FROM ${from} LIMIT 0`)
  const columns = await query<CatalogueColumn>(
    `SELECT ${catalogueColumns} FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position`,
    place,
  )
  if (columns.length === 0)
    throw new SyncError('COLUMN_MISSING', `The source has no table ${from}, or the user "${settings.user}" may not see it.`)
  const key = await query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.key_column_usage
     WHERE table_schema = ? AND table_name = ? AND constraint_name = 'PRIMARY' ORDER BY ordinal_position`,
    place,
  )
  const [size] = await query<{ expected: number | null }>(
    'SELECT table_rows AS expected FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
    place,
  )
  return {
    columns: columns.map(fromCatalogue),
    primaryKey: key.map(({ name }) => name),
    expectedRows: size?.expected ?? null,
    from,
  }
}

/**
 * As a table of a query, custom SQL is one statement that reads; what stands before it is on its first line, so that the
 * server's "at line 2" is people's own.
 */
const describeSql = async ({ connection }: MysqlSession, sql: string): Promise<MysqlShape> => {
  const from = `(${sql}\n) AS ${quote('stream')}`
  const [, fields] = (await connection.promise().query(`SELECT * FROM ${from} LIMIT 0`)) as unknown as [unknown, FieldPacket[]]
  return { columns: fields.map(fromField), primaryKey: [], expectedRows: null, from }
}

type DiscoveredColumn = CatalogueColumn & {
  schemaName: string
  tableName: string
  expected: number | null
  keyPosition: number | null
}

/** Everything at the source that the user may read and that could become a stream, in one look at the catalogue. */
export const discoverStreams = async ({ query, settings }: MysqlSession): Promise<DiscoveredStream[]> => {
  const rows = await query<DiscoveredColumn>(
    `SELECT t.table_schema AS schemaName, t.table_name AS tableName, t.table_rows AS expected, k.position AS keyPosition, ${catalogueColumns.replaceAll(
      /\b(column_name|data_type|column_type|is_nullable|numeric_precision|numeric_scale|datetime_precision)\b/g,
      'c.$1',
    )}
     FROM information_schema.tables t
     JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
     LEFT JOIN (SELECT table_schema, table_name, column_name, ordinal_position AS position FROM information_schema.key_column_usage WHERE constraint_name = 'PRIMARY') k
       ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
     WHERE t.table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
     ORDER BY t.table_schema, t.table_name, c.ordinal_position`,
  )
  const streams: (DiscoveredStream & { keyed: [position: number, name: string][] })[] = []
  let table = ''
  for (const row of rows) {
    const { schemaName, tableName, expected, keyPosition } = row
    const source = printTableName({ schema: schemaName, name: tableName })
    if (source !== table) {
      table = source
      streams.push({
        name: schemaName === settings.database ? tableName : `${schemaName}_${tableName}`,
        source: { table: source },
        columns: [],
        primaryKey: [],
        expectedRows: expected,
        keyed: [],
      })
    }
    const { name, sourceType, type, nullable } = fromCatalogue(row)
    streams.at(-1)?.columns.push({ name, sourceType, type, nullable })
    if (keyPosition !== null) streams.at(-1)?.keyed.push([keyPosition, name])
  }
  return streams.map(({ keyed, ...stream }) => ({
    ...stream,
    primaryKey: keyed.toSorted(([a], [b]) => a - b).map(([, name]) => name),
  }))
}
