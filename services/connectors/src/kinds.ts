/** The kinds of connectors, without their drivers: what the API offers and checks. */

import type { z } from 'zod'
import { fileKind } from './file/config.ts'
import { hanaKind } from './hana/config.ts'
import { httpKind } from './http/config.ts'
import { mssqlKind } from './mssql/config.ts'
import { mysqlKind } from './mysql/config.ts'
import { odataKind } from './odata/config.ts'
import { oracleKind } from './oracle/config.ts'
import { postgresKind } from './postgres/config.ts'
import { s3Kind } from './s3/config.ts'
import { sftpKind } from './sftp/config.ts'

/** What streams of a kind can do. */
export type KindCapabilities = {
  /** Custom SQL beside tables. */
  sql: boolean
  /** CURSOR: reads what has a later cursor value. FILES: reads files that it has not read yet. null: everything, each time. */
  incremental: 'CURSOR' | 'FILES' | null
  /** Large tables can be read chunk by chunk. */
  chunks: boolean
  /** Several sessions can read one table at the same moment of it. */
  parallel: boolean
  /** Sums can be computed at the source. */
  controlTotals: boolean
}

export type ConnectorKind = {
  kind: string
  /** As people know it. */
  label: string
  description: string
  /** false: not verified against a live server. */
  verified: boolean
  settings: z.ZodObject
  credentials: z.ZodObject
  capabilities: KindCapabilities
  /** What a stream's `source` may be. */
  streamSource: z.ZodType
  /** Where it connects to, without secrets. */
  address(settings: unknown): string
  /** The server that its runs load, as `host:port`; null where there is none that could be overloaded. */
  sourceHost(settings: unknown): string | null
  /** The part of the settings whose change demands the credentials again. */
  targetOf(settings: unknown): unknown
}

export const connectorKinds: readonly ConnectorKind[] = [
  postgresKind,
  mysqlKind,
  odataKind,
  s3Kind,
  sftpKind,
  fileKind,
  httpKind,
  mssqlKind,
  oracleKind,
  hanaKind,
]
