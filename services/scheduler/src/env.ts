/** The settings of the scheduler. */

import { parseSettings, settings } from '@aiia/kit/settings'
import { z } from 'zod'

const schema = z.object({
  DATABASE_URL: settings.databaseUrl,
  REDIS_URL: settings.redisUrl.optional(),
  HEALTH_PORT: settings.port.optional(),
})

export type SchedulerSettings = z.output<typeof schema>

/** @throws SettingsError */
export const readSettings = (): SchedulerSettings => parseSettings(schema, process.env)
