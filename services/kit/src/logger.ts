/** Our own log: structured lines on standard output. A run's log is product text and lives in the store. */

import { type Logger, pino, stdTimeFunctions } from 'pino'
import { logLevel } from './env.ts'

export type { Logger }

const secrets = [
  'password',
  'credentials',
  'token',
  'authorization',
  'cookie',
  'secret',
  'secretKey',
  'databaseUrl',
  'redisUrl',
  'destinationUrl',
]

// Node's own stream gives a write up when nobody reads any more; pino's would try it for ever, and the process with it.
const output = process.stdout
output.on('error', () => {})

/**
 * @param service its name, in each line
 * @param level the setting LOG_LEVEL
 */
export const createLogger = (service: string, level = logLevel()): Logger =>
  pino(
    {
      base: { service },
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
    },
    output,
  )
