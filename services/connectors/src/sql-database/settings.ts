/** Settings and credentials that all kinds of SQL databases have in common. */

import { z } from 'zod'

/** @param port that such servers listen on */
export const databaseSettings = (port: number) =>
  z.object({
    host: z
      .string()
      .trim()
      .min(1, 'The name or address of the server.')
      .meta({ title: 'Host', description: 'Name or IP address of the server.', examples: ['10.140.2.14'] }),
    port: z.int().min(1).max(65_535).default(port).meta({ title: 'Port' }),
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

export type DatabaseSettings = z.output<ReturnType<typeof databaseSettings>>

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

export type DatabaseStreamSource = z.output<typeof streamSourceSchema>

/** `mysql://sap_read@10.140.2.14:3306/production`. */
export const addressOf = (scheme: string, { host, port, database, user }: DatabaseSettings): string =>
  `${scheme}://${encodeURIComponent(user)}@${host.includes(':') ? `[${host}]` : host}:${port}/${encodeURIComponent(database)}`

/** What a kind tells of its settings, for the kinds of this family. */
export const describeSettings = (scheme: string, settingsSchema: ReturnType<typeof databaseSettings>) => ({
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: streamSourceSchema,
  address: (settings: unknown) => addressOf(scheme, settingsSchema.parse(settings)),
  sourceHost: (settings: unknown) => {
    const { host, port } = settingsSchema.parse(settings)
    return `${host.toLowerCase()}:${port}`
  },
  targetOf: (settings: unknown) => {
    const { host, port, database, user, tls } = settingsSchema.parse(settings)
    return { host, port, database, user, tls }
  },
})

type ServerSettings = Pick<DatabaseSettings, 'host' | 'port' | 'user'> & { tls: string }

/** As `describeSettings`, for a kind that names what it connects to in settings of its own. */
export const describeServer = <Settings extends ServerSettings>(
  settingsSchema: { parse(settings: unknown): Settings } & z.ZodObject,
  /** The address without secrets, and what of the settings names the database. */
  { address, database }: { address(settings: Settings): string; database(settings: Settings): Record<string, string | undefined> },
) => ({
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: streamSourceSchema,
  address: (settings: unknown) => address(settingsSchema.parse(settings)),
  sourceHost: (settings: unknown) => {
    const { host, port } = settingsSchema.parse(settings)
    return `${host.toLowerCase()}:${port}`
  },
  targetOf: (settings: unknown) => {
    const parsed = settingsSchema.parse(settings)
    const { host, port, user, tls } = parsed
    return { host, port, ...database(parsed), user, tls }
  },
})
