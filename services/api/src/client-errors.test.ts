import type { Logger } from '@aiia/kit/logger'
import { ActiveRunError } from '@aiia/store/errors'
import { GraphQLError } from 'graphql'
import { beforeEach, expect, test } from 'vitest'
import { createPresentError } from './client-errors.ts'
import { notFound } from './errors.ts'

const logged: unknown[][] = []
const log = { error: (...entry: unknown[]) => logged.push(entry) } as unknown as Logger
const present = createPresentError({ log })

beforeEach(() => {
  logged.length = 0
})

const wrapped = (originalError: Error) => new GraphQLError(originalError.message, { originalError, path: ['triggerSync'] })

test('a defect is masked; its reference leads to it in the log', () => {
  const { message, path, extensions } = present(wrapped(new Error('password authentication failed for user "aiia"')))
  expect(extensions).toEqual({ code: 'INTERNAL', reference: expect.any(String) })
  expect(message).not.toContain('password')
  expect(message).toContain(extensions['reference'])
  expect(path).toEqual(['triggerSync'])
  expect(logged).toEqual([[expect.objectContaining({ reference: extensions['reference'], err: expect.any(Error) }), expect.any(String)]])
})

test('what resolvers refuse keeps its code, and gets its path', () => {
  expect(present(wrapped(notFound('There is no such run.')))).toMatchObject({
    message: 'There is no such run.',
    path: ['triggerSync'],
    extensions: { code: 'NOT_FOUND' },
  })
})

test('a refusal of the store becomes what clients know', () => {
  const error = present(wrapped(new ActiveRunError({ id: '0199f1c2-7d11-7c33-9d2e-3a1b5c6d7e8f', number: 14802 })))
  expect(error.extensions).toMatchObject({ code: 'CONFLICT', number: 14802, jobRunId: expect.any(String) })
  expect(logged).toEqual([])
})

test('errors of the document are the client’s', () => {
  const error = present(
    new GraphQLError('Cannot query field "x" on type "Query".', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400, spec: true } },
    }),
  )
  expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT' })
})

test('a refused variable is not repeated: it may be a secret', () => {
  const message =
    'Variable "$input" got invalid value { name: "x", credentials: { password: "canary; at \\"x\\"" } } at "input.streams[0]"; Field "mood" is not defined by type "StreamInput".'
  const { message: told } = present(
    new GraphQLError(message, { originalError: new GraphQLError('Field "mood" is not defined by type "StreamInput".') }),
  )
  expect(told).toBe('Variable "$input" got invalid value at "input.streams[0]"; Field "mood" is not defined by type "StreamInput".')
})

test('an error that was presented stays as it is', () => {
  const once = present(new Error('boom'))
  expect(present(once)).toBe(once)
  expect(logged).toHaveLength(1)
})
