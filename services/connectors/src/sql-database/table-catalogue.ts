/** Rows of a catalogue, a row a column, put together to tables. */

import type { DiscoveredStream, SourceColumn } from '@aiia/core/sync/source'

/** Ordered by table and by place in it. */
export type CatalogueRow = {
  schemaName: string
  tableName: string
  /** As the server's statistics have it. */
  expected: number | null
  /** Place in the primary key, from 1; null: not in it. */
  keyPosition: number | null
}

export type CatalogueTable<Column> = {
  schema: string
  name: string
  columns: Column[]
  primaryKey: string[]
  expectedRows: number | null
}

/** @param toColumn null for one that cannot be read */
export const tablesOf = <Row extends CatalogueRow, Column extends SourceColumn>(
  rows: readonly Row[],
  toColumn: (row: Row) => Column | null,
): CatalogueTable<Column>[] => {
  const tables: (CatalogueTable<Column> & { keyed: [position: number, name: string][] })[] = []
  for (const row of rows) {
    const { schemaName, tableName, expected, keyPosition } = row
    let table = tables.at(-1)
    if (table === undefined || table.schema !== schemaName || table.name !== tableName) {
      table = { schema: schemaName, name: tableName, columns: [], primaryKey: [], expectedRows: expected, keyed: [] }
      tables.push(table)
    }
    const column = toColumn(row)
    if (column === null) continue
    table.columns.push(column)
    if (keyPosition !== null) table.keyed.push([keyPosition, column.name])
  }
  return tables.map(({ keyed, ...table }) => ({
    ...table,
    primaryKey: keyed.toSorted(([a], [b]) => a - b).map(([, name]) => name),
  }))
}

/** @param home the schema whose tables are known by their names alone */
export const streamsOf = (
  tables: readonly CatalogueTable<SourceColumn>[],
  home: string,
  print: (schema: string, name: string) => string,
): DiscoveredStream[] =>
  tables.map(({ schema, name, columns, primaryKey, expectedRows }) => ({
    name: schema === home ? name : `${schema}_${name}`,
    source: { table: print(schema, name) },
    columns: columns.map(({ name: column, sourceType, type, nullable }) => ({ name: column, sourceType, type, nullable })),
    primaryKey,
    expectedRows,
  }))
