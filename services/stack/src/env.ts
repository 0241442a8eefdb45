/** The settings of `npm start`, parsed once. What only a service knows, that service checks. */

import { parseSettings, settings } from '@aiia/kit/settings'
import { z } from 'zod'

const schema = z.object({
  PORT: settings.port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: settings.databaseUrl.optional(),
  REDIS_URL: settings.redisUrl.optional(),
  DESTINATION_URL: settings.destinationUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  SECRET_KEY: settings.secretKey.optional(),
  ADMIN_EMAIL: z.email('must be an email address such as admin@example.com').toLowerCase().default('admin@example.com'),
  ADMIN_PASSWORD: z.string().optional(),
  ADMIN_TOKEN: z.string().optional(),
  DEMO: settings.flag.default(true),
  LOG_LEVEL: z.string().optional(),
})

export type StackSettings = z.output<typeof schema>

/** @throws SettingsError with a line for each setting that is wrong */
export const readSettings = (): StackSettings => parseSettings(schema, process.env)

/** npm is our parent then, and `npm start` is over when it is gone. */
export const startedByNpm = (): boolean => process.env.npm_lifecycle_event !== undefined

/** What the services inherit. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => process.env
