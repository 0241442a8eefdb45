/** The table that is moved: rows of about 200 bytes with the types that accounting data has. */

import type pg from 'pg'

/** Makes `line_items` with `rows` rows, the same in each run of the benchmark. */
export const fillSourceTable = async (client: pg.Client, rows: number): Promise<void> => {
  await client.query(`CREATE TABLE line_items (
    id bigint PRIMARY KEY, company text NOT NULL, document text NOT NULL, note text, amount numeric(15,2) NOT NULL,
    rate numeric(9,5), posted date NOT NULL, changed_at timestamptz NOT NULL, open boolean NOT NULL, extra jsonb)`)
  await client.query(
    `INSERT INTO line_items
     SELECT i, 'C' || (i % 40), 'DOC-' || lpad((i / 5)::text, 12, '0'), 'Line ' || i || ' ' || repeat(md5(i::text), 2),
       ((i * 7919) % 100000000) / 100.0, ((i * 104729) % 1000000) / 100000.0, date '2020-01-01' + (i % 2000)::int,
       timestamptz '2026-01-01 00:00Z' + (i % 10000000) * interval '1 second', i % 7 = 0,
       jsonb_build_object('user', 'u' || (i % 500), 'tax', i % 20)
     FROM generate_series(1, $1::bigint) i`,
    [rows],
  )
  await client.query('VACUUM (ANALYZE, FREEZE) line_items')
  await client.query('CHECKPOINT')
}

/** A checksum over all columns and rows that does not depend on their order. */
export const checksum = async (client: pg.Client, table: string): Promise<string> => {
  const named = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '_aiia_run'`,
    [table],
  )
  const { rows } = await client.query<{ checksum: string }>(
    `SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS checksum FROM (SELECT ${named.rows[0]?.columns} FROM ${table}) AS t`,
  )
  return rows[0]?.checksum ?? ''
}

/** As `checksum`, of `line_items` however a source has named the types of its columns. */
export const lineItemsChecksum = async (client: pg.Client, table: string): Promise<string> => {
  const columns = `id::bigint, company::text, document::text, note::text, amount::numeric(15,2), rate::numeric(9,5), posted::date,
    changed_at::text::timestamptz, open::text::boolean, extra::text::jsonb`
  const { rows } = await client.query<{ checksum: string }>(
    `SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS checksum FROM (SELECT ${columns} FROM ${table}) AS t`,
  )
  return rows[0]?.checksum ?? ''
}
