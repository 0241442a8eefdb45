/** Settings, credentials and stream sources of the kind `postgres`. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'

export const settingsSchema = z.object({
  host: z
    .string()
    .trim()
    .min(1, 'The name or address of the server.')
    .meta({ title: 'Host', description: 'Name or IP address of the server.', examples: ['10.140.2.14'] }),
  port: z.int().min(1).max(65_535).default(5432).meta({ title: 'Port' }),
  database: z
    .string()
    .min(1, 'The name of the database.')
    .meta({ title: 'Database', examples: ['production'] }),
  user: z
    .string()
    .min(1, 'The user to sign in as.')
    .meta({ title: 'User', description: 'A role that may read what is synced, and nothing else.', examples: ['sap_read'] }),
  tls: z.enum(['disable', 'require', 'verify-full']).default('disable').meta({
    title: 'TLS',
    description:
      'disable: not encrypted. require: encrypted, any certificate. verify-full: encrypted, and the certificate must fit the host.',
  }),
  ca: z
    .string()
    .optional()
    .meta({ title: 'Certificate authority', description: 'PEM text that verify-full trusts instead of the system’s authorities.' }),
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .meta({ title: 'Statement time limit (s)', description: 'The server ends a query that takes longer.' }),
})

export type PostgresSettings = z.output<typeof settingsSchema>

export const credentialsSchema = z.object({
  password: z.string().optional().meta({ title: 'Password', format: 'password', writeOnly: true }),
})

export const streamSourceSchema = z.union(
  [
    z.strictObject({ table: z.string().trim().min(1), schema: z.string().min(1).optional() }),
    // As it was written: places in it are told by line and column.
    z.strictObject({ sql: z.string().regex(/\S/, 'A query.') }),
  ],
  { error: 'Either {"table": "schema.name"} or {"sql": "select …"}.' },
)

export type PostgresStreamSource = z.output<typeof streamSourceSchema>

/** `postgresql://sap_read@10.140.2.14:5432/production`. */
export const addressOf = ({ host, port, database, user }: PostgresSettings): string =>
  `postgresql://${encodeURIComponent(user)}@${host.includes(':') ? `[${host}]` : host}:${port}/${encodeURIComponent(database)}`

export const postgresKind: ConnectorKind = {
  kind: 'postgres',
  label: 'PostgreSQL',
  description: 'Tables, views and custom SQL of a PostgreSQL database.',
  verified: true,
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: streamSourceSchema,
  address: (settings) => addressOf(settingsSchema.parse(settings)),
  sourceHost: (settings) => {
    const { host, port } = settingsSchema.parse(settings)
    return `${host.toLowerCase()}:${port}`
  },
  targetOf: (settings) => {
    const { host, port, database, user, tls } = settingsSchema.parse(settings)
    return { host, port, database, user, tls }
  },
}
