/** Our own log: structured lines on standard output. A run's log is product text and lives in the store. */

import { type Logger, pino, stdTimeFunctions } from 'pino'

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

/** @param service its name, in each line */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    name: service,
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
  })
