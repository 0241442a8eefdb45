import { expect, test } from 'vitest'
import { parseErrorResponse } from './server-error.ts'

const response = (fields: Record<string, string>): Buffer =>
  Buffer.from(
    `${Object.entries(fields)
      .map(([key, text]) => `${key}${text}\0`)
      .join('')}\0`,
  )

test('an error has its message and its fields under the names of the driver', () => {
  const error = parseErrorResponse(response({ S: 'ERROR', C: '22012', M: 'division by zero', P: '8' }))
  expect(error).toMatchObject({ message: 'division by zero', code: '22012', fields: { position: '8' } })
})

test('a text of any length is cut, and the fields after it are read', () => {
  const error = parseErrorResponse(response({ M: 'ä'.repeat(1_000_000), C: 'P0001' }))
  expect(error.message.length).toBeLessThanOrEqual(16_000)
  expect(error.code).toBe('P0001')
})
