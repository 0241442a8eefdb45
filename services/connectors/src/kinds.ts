/** The kinds of connectors, without their drivers: what the API offers and checks. */

import type { z } from 'zod'
import { mysqlKind } from './mysql/config.ts'
import { postgresKind } from './postgres/config.ts'

export type ConnectorKind = {
  kind: string
  /** As people know it. */
  label: string
  description: string
  /** false: not verified against a live server. */
  verified: boolean
  settings: z.ZodObject
  credentials: z.ZodObject
  /** What a stream's `source` may be. */
  streamSource: z.ZodType
  /** Where it connects to, without secrets. */
  address(settings: unknown): string
  /** The server that its runs load, as `host:port`; null where there is none that could be overloaded. */
  sourceHost(settings: unknown): string | null
  /** The part of the settings whose change demands the credentials again. */
  targetOf(settings: unknown): unknown
}

export const connectorKinds: readonly ConnectorKind[] = [postgresKind, mysqlKind]
