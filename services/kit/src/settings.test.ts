import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseSettings, SettingsError, settings } from './settings.ts'

const schema = z.object({
  PORT: settings.port.default(3000),
  DATABASE_URL: settings.databaseUrl,
  REDIS_URL: settings.redisUrl.optional(),
  SECRET_KEY: settings.secretKey.optional(),
  DEMO: settings.flag.default(true),
  ALLOW_TARGETS: settings.list.default([]),
})

const linesOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseSettings(schema, env)
  } catch (error) {
    if (error instanceof SettingsError) return error.lines
  }
  return []
}

test('what is unset or empty takes its default', () => {
  expect(parseSettings(schema, { DATABASE_URL: 'postgresql://a@b/c', PORT: '', REDIS_URL: '' })).toEqual({
    PORT: 3000,
    DATABASE_URL: 'postgresql://a@b/c',
    DEMO: true,
    ALLOW_TARGETS: [],
  })
})

test('all faults are told at once, each names its setting and what would be right', () => {
  expect(linesOf({ PORT: '70000', DATABASE_URL: 'mysql://x', REDIS_URL: 'localhost', SECRET_KEY: 'c2hvcnQ=', DEMO: 'yes' })).toEqual([
    'PORT: must be a whole number from 1 to 65535',
    'DATABASE_URL: must be an address such as postgresql://user:password@host:5432/database',
    'REDIS_URL: must be an address such as redis://host:6379',
    'SECRET_KEY: must be 32 bytes in base64; make one with: openssl rand -base64 32',
    'DEMO: must be 0 or 1',
  ])
})

test('a fault never shows the value, which may be a secret', () => {
  expect(linesOf({ DATABASE_URL: 'mysql://root:canary@host/db', SECRET_KEY: 'canary' }).join()).not.toContain('canary')
})

test('a list is cut at commas', () => {
  expect(parseSettings(schema, { DATABASE_URL: 'postgres://x', ALLOW_TARGETS: '10.0.0.0/8, 127.0.0.1,' }).ALLOW_TARGETS).toEqual([
    '10.0.0.0/8',
    '127.0.0.1',
  ])
})
