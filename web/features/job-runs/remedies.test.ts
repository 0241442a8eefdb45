import { expect, test } from 'vitest'
import { limitsSchema } from '@/features/connectors/limits.ts'
import { isTestable, limitRemedy } from './remedies.ts'

const failure = (code: string, stream: string | null = null) => ({
  code,
  message: '',
  rootCause: '',
  resolution: '',
  retryable: false,
  step: null,
  stream,
  trace: null,
  proposal: null,
})

test('a limit that was met leads to its own field', () => {
  expect(limitRemedy('c1', failure('OUT_OF_MEMORY'))?.href).toBe('/admin/connectors/c1?tab=settings&field=limits.memoryMb')
  expect(limitRemedy('c1', failure('ROWS_REJECTED', 'a&b'))?.href).toBe('/admin/connectors/c1?tab=streams&stream=a%26b&field=rejectLimit')
  expect(limitRemedy('c1', failure('INTERNAL'))).toBeNull()
})

test('each of these fields is one of the settings', () => {
  for (const code of ['CONNECTION_TIMEOUT', 'RUN_TIMEOUT', 'OUT_OF_MEMORY']) {
    const field = limitRemedy('c1', failure(code))?.href.split('field=limits.')[1] ?? ''
    expect(Object.keys(limitsSchema.properties)).toContain(field)
  }
})

test('a Connection Test says something about the connection, and nothing about rows', () => {
  expect(['CONNECTION_REFUSED', 'INVALID_CREDENTIALS', 'ROWS_REJECTED', 'OUT_OF_MEMORY'].map((code) => isTestable(failure(code)))).toEqual([
    true,
    true,
    false,
    false,
  ])
})
