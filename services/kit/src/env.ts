/** The one setting that every service has in common. */

import { z } from 'zod'
import { parseSettings } from './settings.ts'

const schema = z.object({
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { message: 'must be debug, info, warn, error or silent' })
    .default('info'),
})

/** @throws SettingsError */
export const logLevel = (): string => parseSettings(schema, process.env).LOG_LEVEL
