/** Lines as runs write them, of differing lengths and levels, behind those that a run has. */

import type pg from 'pg'

/** The session may write what the platform alone writes: histories of runs are kept by a trigger. */
export const asReplica = (database: pg.Client): Promise<unknown> => database.query('SET session_replication_role = replica')

/** Most are short, every ninth has more than a window is wide, and every fiftieth is an account of many lines. */
const message = `CASE
  WHEN i % 1000 = 0 THEN 'Stream "orders": rows are rejected; the first is row ' || i || ', column "price": ' || md5(i::text) || ' is no number.'
  WHEN i % 50 = 0 THEN 'Stream "orders": the source has changed: ' || repeat('column "' || md5(i::text) || '" is new; ', 1 + i / 50 % 12)
  WHEN i % 9 = 0 THEN 'Stream "orders": chunk ' || i || ' reads on behind (' || md5(i::text) || ', ' || md5((i + 1)::text) || ', ' || md5((i + 2)::text) || ').'
  ELSE 'Stream "orders": chunk ' || i || ' with ' || i % 12000 * 7919 % 90000 || ' rows is kept.' END`

const level = `CASE WHEN i % 1000 = 0 THEN 'WARN' WHEN i % 20 = 0 THEN 'INFO' ELSE 'DEBUG' END`

export const addLogLines = async (database: pg.Client, number: number, lines: number): Promise<void> => {
  await database.query(
    `INSERT INTO platform.log_lines SELECT r.id, r.last_log_seq + i, coalesce(r.finished_at, now()), (${level})::platform.log_level, ${message}
     FROM platform.job_runs r, generate_series(1, $2::int) i WHERE r.number = $1`,
    [number, lines],
  )
  await database.query('UPDATE platform.job_runs SET last_log_seq = last_log_seq + $2 WHERE number = $1', [number, lines])
}
