/** The settings of a worker. */

import { parseSettings, settings } from '@aiia/kit/settings'
import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: settings.databaseUrl,
  REDIS_URL: settings.redisUrl.optional(),
  SECRET_KEY: settings.secretKey,
  DESTINATION_URL: settings.destinationUrl.optional(),
  DESTINATION_SCHEMA: settings.schemaName.default('destination'),
  /** Runs that this worker executes at once. */
  WORKER_CONCURRENCY: settings.wholeNumber(1, 64).default(2),
  /** Runs that may read from one server at once, over all workers; 0: any number. */
  RUNS_PER_SOURCE_HOST: settings.wholeNumber(0, 10_000).default(8),
  ALLOW_TARGETS: settings.list.default([]),
  DENY_TARGETS: settings.list.default([]),
  /** Sources may be the platform's own database; off, since its tables are not for everybody who edits connectors. */
  ALLOW_PLATFORM_DATABASE_AS_SOURCE: settings.flag.default(false),
  HEALTH_PORT: settings.port.optional(),
})

export type WorkerSettings = z.output<typeof schema>

/** @throws SettingsError */
export const readSettings = (): WorkerSettings => parseSettings(schema, process.env)
