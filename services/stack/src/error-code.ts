/** The code of a system, network or Postgres error: `EACCES`, `ECONNREFUSED`, `57P03`. */

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
