/** Names in SQL: quoted, and short enough for Postgres. */

import { createHash } from 'node:crypto'
import pg from 'pg'

export const quote = (name: string): string => pg.escapeIdentifier(name)

export const quoteAll = (names: readonly string[]): string => names.map(quote).join(', ')

/** A staging table of its own for each run, attempt, stream and use; a digest, since names may be long and odd. */
export const stagingName = (use: string, ...of: readonly (string | number)[]): string =>
  `${use}_${createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24)}`
