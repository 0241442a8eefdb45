/** What the runs have left in the destination, as the texts that Postgres prints. */

import type { Platform } from '@aiia/testkit/platform'
import pg from 'pg'

export type Destination = {
  /** In the order of the key. */
  read(table: string, columns: readonly string[]): Promise<(string | null)[][]>
  /** Types by column, as Postgres prints them. */
  typesOf(table: string): Promise<Map<string, string>>
  exists(table: string): Promise<boolean>
  end(): Promise<void>
}

export const openDestination = async ({ destinationUrl }: Platform): Promise<Destination> => {
  const pool = new pg.Pool({ connectionString: destinationUrl, max: 4, options: '-c timezone=UTC -c bytea_output=hex' })
  const named = (table: string) => `destination.${pg.escapeIdentifier(table)}`
  return {
    read: async (table, columns) => {
      const texts = columns.map((column) => `${pg.escapeIdentifier(column)}::text`)
      const { rows } = await pool.query({ text: `SELECT ${texts.join(', ')} FROM ${named(table)} AS t ORDER BY t.id`, rowMode: 'array' })
      return rows as (string | null)[][]
    },
    typesOf: async (table) => {
      const { rows } = await pool.query<{ name: string; type: string }>(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0`,
        [named(table)],
      )
      return new Map(rows.map(({ name, type }) => [name, type]))
    },
    exists: async (table) =>
      (await pool.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [named(table)])).rows[0]?.found ?? false,
    end: () => pool.end(),
  }
}
