/** What the wizard's stream step ends with: discovered streams that were picked, and custom SQL. */

import type { DiscoverStreamsMutation, StreamInput } from '@/graphql/generated/graphql.ts'

export type Discovered = DiscoverStreamsMutation['discoverStreams'][number]

export type ChosenStream = {
  name: string
  source: unknown
  /** null: the source's own key. */
  primaryKey: string[] | null
  destinationTable: string
}

export const fromDiscovery = ({ name, source }: Discovered): ChosenStream => ({ name, source, primaryKey: null, destinationTable: name })

/** `keyText` lists columns, separated by commas; empty: no key, each run replaces the whole table. */
export const fromSql = (name: string, sql: string, keyText: string): ChosenStream => ({
  name,
  source: { sql },
  primaryKey: keyText
    .split(',')
    .map((column) => column.trim())
    .filter(Boolean),
  destinationTable: name,
})

export const isSql = (source: unknown): source is { sql: string } => typeof source === 'object' && source !== null && 'sql' in source

export const streamInput = ({ name, source, primaryKey, destinationTable }: ChosenStream): StreamInput => ({
  name,
  source,
  ...(primaryKey && { primaryKey }),
  ...(destinationTable !== name && { destinationTable }),
})

/** How a discovered stream matches its rows from run to run, in words. */
export const keyInWords = (primaryKey: readonly string[] | null): string => {
  if (primaryKey === null) return 'the source’s own key'
  return primaryKey.length > 0 ? primaryKey.join(', ') : 'none: each run replaces the whole table'
}
