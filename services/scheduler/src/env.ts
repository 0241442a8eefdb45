/** The settings of the scheduler. */

import { parseSettings, settings } from '@aiia/kit/settings'
import { z } from 'zod'

const schema = z
  .object({
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl.optional(),
    SECRET_KEY: settings.secretKey,
    /** The address that people type, for the links in notifications; PORT where that is enough. */
    PUBLIC_URL: settings.httpUrl.optional(),
    PORT: settings.port.default(3000),
    SMTP_URL: settings.smtpUrl.optional(),
    /** Who sends notifications by email, such as `AIIA <aiia@example.com>`. */
    SMTP_FROM: z.string().includes('@', { message: 'must be an address such as AIIA <aiia@example.com>' }).optional(),
    /** Networks that no webhook may lead to. */
    DENY_TARGETS: settings.list.default([]),
    HEALTH_PORT: settings.port.optional(),
  })
  .refine(({ SMTP_URL, SMTP_FROM }) => SMTP_URL === undefined || SMTP_FROM !== undefined, {
    path: ['SMTP_FROM'],
    message: 'must be given with SMTP_URL, such as AIIA <aiia@example.com>',
  })

export type SchedulerSettings = z.output<typeof schema>

/** @throws SettingsError */
export const readSettings = (): SchedulerSettings => parseSettings(schema, process.env)
