/** What a stream reads: its columns, key and size, from the source's catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type pg from 'pg'
import type { DatabaseStreamSource } from '../sql-database/settings.ts'
import { baseTypes, type CatalogueColumn, type ReadColumn, toReadColumn, typeColumns, typeJoins } from './columns.ts'
import { parseTableName, printTableName, type TableName } from './table-name.ts'

export type PostgresShape = {
  columns: ReadColumn[]
  primaryKey: string[]
  expectedRows: number | null
  from: string
  /** Of the table; null for custom SQL. */
  oid: string | null
}

export const describeSource = async (client: pg.Client, source: DatabaseStreamSource): Promise<PostgresShape> =>
  'sql' in source ? describeSql(client, statementOf(source.sql)) : describeTable(client, tableOf(source))

/** Strings, quoted names, dollar quotes and comments as wholes, so that a semicolon is one. */
const sqlTokens = /[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[^]*?\1|--.*|\/\*[^]*?\*\/|[^]/g

/** Without the semicolon and the comments that people end a statement with. */
export const statementOf = (sql: string): string => {
  let end = 0
  for (const { 0: token, index } of sql.matchAll(sqlTokens)) {
    if (!/^(?:\s|;|--|\/\*)/.test(token)) end = index + token.length
  }
  return sql.slice(0, end)
}

const tableOf = ({ schema, table }: { schema?: string | undefined; table: string }): TableName =>
  schema === undefined ? parseTableName(table) : { schema, name: table }

type TableRow = { oid: string; readable: boolean; rows: number; key: string[] }

const describeTable = async (client: pg.Client, table: TableName): Promise<PostgresShape> => {
  const from = printTableName(table)
  const { rows } = await client.query<TableRow>(
    `SELECT c.oid::text AS oid, has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT') AS readable,
       CASE WHEN c.relkind = 'p' THEN (SELECT coalesce(sum(greatest(p.reltuples, 0)), 0) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = c.oid)
         ELSE c.reltuples END::float8 AS rows,
       (SELECT coalesce(json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)), '[]')
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'v', 'm', 'p', 'f')`,
    [table.schema, table.name],
  )
  const found = rows[0]
  if (found === undefined) throw new SyncError('COLUMN_MISSING', `The source has no table ${from}.`)
  if (!found.readable)
    throw new SyncError('PERMISSION_DENIED', `The source does not allow to read ${from}. Grant SELECT on it to the connector’s user.`)
  const columns = await client.query<CatalogueColumn>(
    `${baseTypes}
     SELECT a.attname AS name, NOT a.attnotnull AS nullable, ${typeColumns}
     FROM pg_attribute a ${typeJoins('a.atttypid', 'a.atttypmod')}
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [found.oid],
  )
  return {
    columns: columns.rows.map(toReadColumn),
    primaryKey: found.key,
    expectedRows: found.rows < 0 ? null : Math.round(found.rows),
    from,
    oid: found.oid,
  }
}

/**
 * Through the extended protocol a text can be one statement only; the driver knows the mode, its types do not.
 *
 * @param lead what stands before the words of people, in which the place of an error is counted
 */
const alone = async (client: pg.Client, lead: string, text: string): Promise<pg.QueryResult> =>
  client.query({ text: lead + text, queryMode: 'extended' } as pg.QueryConfig).catch((error: Error & { position?: string }) => {
    if (error.position !== undefined) error.position = String(Number(error.position) - lead.length)
    throw error
  })

/**
 * Custom SQL is looked at in two steps: prepared, which takes a complete query and runs nothing of it, then as a table
 * without rows.
 */
const describeSql = async (client: pg.Client, sql: string): Promise<PostgresShape> => {
  await alone(client, 'PREPARE stream AS ', sql)
  await client.query('DEALLOCATE stream')
  const from = `(\n${sql}\n) AS stream`
  const { fields } = await alone(client, 'SELECT * FROM (\n', `${sql}\n) AS stream LIMIT 0`)
  const twice = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) !== index)
  if (twice !== undefined)
    throw new SyncError('INVALID_QUERY', `The SQL gives two columns the name "${twice.name}". Name one of them differently with AS.`)
  const { rows } = await client.query<CatalogueColumn>(
    `${baseTypes}
     SELECT c.name, true AS nullable, ${typeColumns}
     FROM unnest($1::text[], $2::oid[], $3::int[]) WITH ORDINALITY AS c (name, type, modifier, position) ${typeJoins('c.type', 'c.modifier')} ORDER BY c.position`,
    [fields.map(({ name }) => name), fields.map(({ dataTypeID }) => dataTypeID), fields.map(({ dataTypeModifier }) => dataTypeModifier)],
  )
  return { columns: rows.map(toReadColumn), primaryKey: [], expectedRows: await estimatedRows(client, from), from, oid: null }
}

/** What the planner expects, which is an estimate as good as its statistics. */
const estimatedRows = async (client: pg.Client, from: string): Promise<number> => {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`EXPLAIN (FORMAT JSON) SELECT * FROM ${from}`)
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
