/** Everything at the source that the user may read and that could become a stream. */

import type { DiscoveredStream } from '@aiia/core/sync/source'
import type pg from 'pg'
import { baseTypes, type CatalogueColumn, toReadColumn, typeColumns, typeJoins } from './columns.ts'
import { printTableName } from './table-name.ts'

type Row = { schema: string; name: string; key: string[]; rows: number; columns: CatalogueColumn[] }

/** One look at the catalogue, however many tables there are. Partitions are left to their parent. */
export const discoverStreams = async (client: pg.Client): Promise<DiscoveredStream[]> => {
  const { rows } = await client.query<Row>(
    `${baseTypes}
     SELECT n.nspname AS schema, c.relname AS name, c.reltuples::float8 AS rows,
       (SELECT coalesce(json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)), '[]')
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
       (SELECT json_agg(described ORDER BY described.position) FROM (
          SELECT a.attnum AS position, a.attname AS name, NOT a.attnotnull AS nullable, ${typeColumns}
          FROM pg_attribute a ${typeJoins('a.atttypid', 'a.atttypmod')}
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS described) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND n.nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
     ORDER BY n.nspname, c.relname`,
  )
  return rows
    .filter(({ columns }) => columns !== null)
    .map(({ schema, name, key, rows: estimate, columns }) => ({
      name: schema === 'public' ? name : `${schema}_${name}`,
      source: { table: printTableName({ schema, name }) },
      columns: columns
        .map(toReadColumn)
        .map(({ name: column, sourceType, type, nullable }) => ({ name: column, sourceType, type, nullable })),
      primaryKey: key,
      expectedRows: estimate < 0 ? null : Math.round(estimate),
    }))
}
