import { expect, test } from 'vitest'
import { problemsOf, type Vitals } from './system-problems.ts'

const worker = { host: 'w1', pid: 7, online: true, version: '1', slots: 2, busy: 1 }
const well: Vitals = {
  version: '1',
  paused: false,
  workers: [worker],
  schedulers: [{ host: 's1', pid: 8, online: true, version: '1' }],
  database: { reachable: true, latencyMs: 2, version: '18' },
  redis: null,
  oldestPendingMs: 1_000,
}

const codes = (change: Partial<Vitals>) => problemsOf({ ...well, ...change }).map(({ code }) => code)

test.each<[string, Partial<Vitals>, string[]]>([
  ['all is well', {}, []],
  ['Redis is well', { redis: { reachable: true, latencyMs: 1, version: '8' } }, []],
  ['Redis is away', { redis: { reachable: false, latencyMs: null, version: null } }, ['REDIS_UNREACHABLE']],
  ['there is no worker', { workers: [] }, ['NO_WORKER_ONLINE']],
  ['the only worker is silent', { workers: [{ ...worker, online: false }] }, ['NO_WORKER_ONLINE', 'WORKER_SILENT']],
  ['one of two workers is silent', { workers: [worker, { ...worker, online: false }] }, ['WORKER_SILENT']],
  ['no scheduler', { schedulers: [] }, ['NO_SCHEDULER_ONLINE']],
  ['a long wait', { oldestPendingMs: 400_000 }, ['RUNS_WAIT_LONG']],
  ['a long wait in a pause', { oldestPendingMs: 400_000, paused: true }, []],
  ['a long wait without a worker has one cause', { oldestPendingMs: 400_000, workers: [] }, ['NO_WORKER_ONLINE']],
  ['a slow database', { database: { reachable: true, latencyMs: 900, version: '18' } }, ['DATABASE_SLOW']],
  ['an upgrade', { workers: [worker, { ...worker, version: '2' }] }, ['VERSIONS_DIFFER']],
])('%s', (_what, change, expected) => {
  expect(codes(change)).toEqual(expected)
})

test('errors come before warnings', () => {
  expect(codes({ workers: [worker, { ...worker, online: false }], schedulers: [] })).toEqual(['NO_SCHEDULER_ONLINE', 'WORKER_SILENT'])
})

test('a wait says whether slots are the reason', () => {
  const resolution = (busy: number) => problemsOf({ ...well, oldestPendingMs: 400_000, workers: [{ ...worker, busy }] })[0]?.resolution
  expect(resolution(2)).toContain('All slots are busy')
  expect(resolution(1)).toContain('Slots are free')
})
