import { expect, test } from 'vitest'
import { serviceLog } from './service-log.ts'

const show = (line: object | string, { all = false, from = 'stdout' }: { all?: boolean; from?: 'stdout' | 'stderr' } = {}): string[] => {
  const shown: string[] = []
  serviceLog('worker', all, (text) => shown.push(text))(typeof line === 'string' ? line : JSON.stringify(line), from)
  return shown
}

test('a warning is one short line with its fields', () => {
  const line = { level: 'warn', time: '2026-05-24T02:00:03.000Z', service: 'worker', runId: 'r1', attempt: 2, msg: 'lease lost' }
  expect(show(line)).toEqual(['worker WARN: lease lost (runId=r1 attempt=2)'])
})

test('an error names its cause, without the stack', () => {
  const err = { type: 'Error', message: 'connect ECONNREFUSED', stack: 'Error: connect …\n at x' }
  expect(show({ level: 'error', msg: 'queue is down', err })).toEqual(['worker ERROR: queue is down: connect ECONNREFUSED'])
  expect(show({ level: 'error', msg: 'connect ECONNREFUSED', err })).toEqual(['worker ERROR: connect ECONNREFUSED'])
})

test('information is shown only where all is asked for', () => {
  expect(show({ level: 'info', msg: 'run claimed' })).toEqual([])
  expect(show({ level: 'info', msg: 'run claimed' }, { all: true })).toEqual(['worker INFO: run claimed'])
})

test('what is no log line is shown from standard error only', () => {
  expect(show('PORT: must be a number', { from: 'stderr' })).toEqual(['worker: PORT: must be a number'])
  expect(show('{ half a line', { from: 'stderr' })).toEqual(['worker: { half a line'])
  expect(show('✓ Ready in 200ms')).toEqual([])
})
