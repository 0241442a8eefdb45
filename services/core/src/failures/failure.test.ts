import { expect, test } from 'vitest'
import { failureCatalogue } from './catalogue.ts'
import { SyncError, toFailure } from './failure.ts'

test('a known failure carries the catalogue’s cause and remedy', () => {
  const failure = toFailure(new SyncError('CONNECTION_TIMEOUT', 'Connection timeout.', { place: { stream: 'bseg' } }), {
    step: 'CONNECT',
    stream: 'x',
  })
  expect(failure).toMatchObject({
    code: 'CONNECTION_TIMEOUT',
    message: 'Connection timeout.',
    retryable: true,
    step: 'CONNECT',
    stream: 'bseg',
  })
  expect(failure.rootCause).toBe(failureCatalogue.CONNECTION_TIMEOUT.rootCause)
})

test('an unknown error is ours and keeps its trace and cause', () => {
  const failure = toFailure(new Error('surprise', { cause: new Error('below') }))
  expect(failure).toMatchObject({ code: 'INTERNAL', message: 'surprise', retryable: false, step: null, stream: null })
  expect(failure.trace).toMatch(/surprise[\s\S]*Caused by: Error: below/)
})

test('a message of any length leaves a trace that can be stored, with the places in it', () => {
  const { trace } = toFailure(new SyncError('PROTOCOL_ERROR', 'ä'.repeat(10_000_000), { cause: new Error('x'.repeat(10_000_000)) }))
  expect(trace?.length).toBeLessThan(100_000)
  expect(trace).toMatch(/SyncError: ä+… \(9992000 characters left out\)\n +at [\s\S]*Caused by: Error: x+… .*\n +at /)
})

test('what was thrown need not be an Error', () => {
  expect(toFailure('text')).toMatchObject({ code: 'INTERNAL', message: 'text', trace: null })
})

test('every failure explains itself in sentences', () => {
  for (const { rootCause, resolution } of Object.values(failureCatalogue)) {
    expect(rootCause).toMatch(/^[A-Z].+\.$/s)
    expect(resolution).toMatch(/^[A-Z].+\.$/s)
  }
})
