import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parse } from './parse.ts'

const fieldsOf = (schema: z.ZodType, value: unknown): unknown => {
  try {
    parse(schema, value, ['settings'])
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions['fields']
    throw error
  }
  return undefined
}

const schema = z.strictObject({ host: z.string(), port: z.int().min(1).max(65_535), tls: z.enum(['disable', 'require']) })

test('what is right comes out', () => {
  expect(parse(schema, { host: 'db', port: 5432, tls: 'disable' })).toEqual({ host: 'db', port: 5432, tls: 'disable' })
})

test('every problem is told at once, by its path, with what would be right', () => {
  expect(fieldsOf(schema, { port: 70_000, tls: 'maybe', user: 'x' })).toEqual({
    'settings.host': 'This is required: a string.',
    'settings.port': expect.stringContaining('65535'),
    'settings.tls': expect.stringContaining('"disable"|"require"'),
    'settings.user': 'There is no such field here.',
  })
})

test('one of several forms: what each misses', () => {
  const source = z.union([z.strictObject({ table: z.string() }), z.strictObject({ sql: z.string() })])
  expect(fieldsOf(source, { view: 'x' })).toEqual({ settings: expect.stringMatching(/table.*Or:.*sql/) })
})

test('the message names the fields', () => {
  expect(() => parse(schema, { host: 'db', port: 1 })).toThrow('The input is not valid: tls.')
})
