/** The API's settings. */

import { parseSettings, settings } from '@aiia/kit/settings'
import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: settings.databaseUrl,
  REDIS_URL: settings.redisUrl.optional(),
  SECRET_KEY: settings.secretKey,
  /** 127.0.0.1 keeps it on this machine; 0.0.0.0 or :: opens it to the network. */
  HOST: z.string().default('127.0.0.1'),
  PORT: settings.port.default(3000),
  /** The address that people type, where a proxy with TLS stands in front. */
  PUBLIC_URL: settings.httpUrl.optional(),
  /** 1 where that proxy appends the client's address to X-Forwarded-For. */
  TRUST_PROXY: settings.flag.default(false),
  CONSOLE_URL: settings.httpUrl.optional(),
  DESTINATION_SCHEMA: settings.schemaName.default('destination'),
  ADMIN_EMAIL: z.email('must be an email address such as admin@example.com').toLowerCase().default('admin@example.com'),
  ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(128, 'must have at most 128 characters').optional(),
  ADMIN_TOKEN: z
    .string()
    .regex(/^\S{8,}$/, 'must be at least 8 characters without spaces')
    .optional(),
  SUBSCRIPTIONS_PER_VIEWER: settings.wholeNumber(1, 100_000).default(2_000),
})

export type Settings = z.output<typeof schema>

/** @throws SettingsError */
export const readSettings = (): Settings => parseSettings(schema, process.env)
