import { expect, test } from 'vitest'
import { failureCatalogue, failureCodes } from './catalogue.ts'
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
  expect(failure).toMatchObject({ code: 'INTERNAL', retryable: false, step: null, stream: null })
  expect(failure.message).toBe(`surprise (reference ${failure.reference})`)
  expect(failure.trace).toMatch(/surprise[\s\S]*Caused by: Error: below/)
})

test('a message of any length leaves a trace that can be stored, with the places in it', () => {
  const { trace } = toFailure(new SyncError('PROTOCOL_ERROR', 'ä'.repeat(10_000_000), { cause: new Error('x'.repeat(10_000_000)) }))
  expect(trace?.length).toBeLessThan(100_000)
  expect(trace).toMatch(/SyncError: ä+… \(9992000 characters left out\)\n +at [\s\S]*Caused by: Error: x+… .*\n +at /)
})

test('a defect has the same reference each time, another one another, and what is known has none', () => {
  const defect = (what: string) => toFailure(new Error(what)).reference
  expect(['a', 'b'].map(defect)).toEqual([expect.stringMatching(/^E-[0-9A-Z]{7}$/), expect.any(String)])
  expect(new Set(['a', 'b'].map(defect)).size).toBe(1)
  expect(toFailure(new Error('a')).reference).not.toBe(defect('a'))
  expect(toFailure(new SyncError('RUN_TIMEOUT', 'Too long.')).reference).toBeNull()
})

test('what was thrown need not be an Error', () => {
  expect(toFailure('text')).toMatchObject({ code: 'INTERNAL', message: expect.stringMatching(/^text \(reference E-/), trace: null })
})

/** The table of semantics, as people read it: status, and whether a new attempt may help. */
test.each([
  ['CONNECTION_TIMEOUT', 'FAILED', true],
  ['CONNECTION_REFUSED', 'FAILED', true],
  ['HOST_NOT_FOUND', 'FAILED', true],
  ['TLS_FAILED', 'FAILED', false],
  ['CONNECTION_LOST', 'FAILED', true],
  ['INVALID_CREDENTIALS', 'FAILED', false],
  ['PERMISSION_DENIED', 'FAILED', false],
  ['PROTOCOL_ERROR', 'FAILED', true],
  ['SOURCE_UNAVAILABLE', 'FAILED', true],
  ['RATE_LIMITED', 'FAILED', true],
  ['RUN_TIMEOUT', 'FAILED', false],
  ['OUT_OF_MEMORY', 'FAILED', false],
  ['WORKER_LOST', 'FAILED', true],
  ['DESTINATION_UNAVAILABLE', 'FAILED', true],
  ['COLUMN_MISSING', 'ERROR', false],
  ['COLUMN_TYPE_CHANGED', 'ERROR', false],
  ['ROWS_REJECTED', 'ERROR', false],
  ['INVALID_QUERY', 'ERROR', false],
  ['INVALID_FILE', 'ERROR', false],
  ['DUPLICATE_KEY', 'ERROR', false],
  ['CONTROL_TOTAL_MISMATCH', 'ERROR', false],
  ['INTERNAL', 'FAILED', false],
] as const)('%s ends a run as %s, retryable: %s', (code, status, retryable) => {
  expect(failureCatalogue[code]).toMatchObject({ status, retryable })
})

test('the catalogue has no code beyond that table', () => {
  expect(Object.keys(failureCatalogue)).toHaveLength(22)
})

test('every failure has a title of its own, and explains itself in sentences', () => {
  expect(new Set(Object.values(failureCatalogue).map(({ title }) => title)).size).toBe(failureCodes.length)
  for (const { title, rootCause, resolution } of Object.values(failureCatalogue)) {
    expect(title).toMatch(/^[A-Z][^.]+$/)
    expect(rootCause).toMatch(/^[A-Z].+\.$/s)
    expect(resolution).toMatch(/^[A-Z].+\.$/s)
  }
})
