/** Why the embedded Postgres does not start, in words for the person who started it. */

export class PostgresError extends Error {
  override name = 'PostgresError'
}
