import { expect, test } from 'vitest'
import { freshnessOf } from './freshness.ts'

const nightly = { enabled: true, schedule: {} }
const good = { lastGoodAt: '2026-05-24T02:00:00Z', lateSince: null }

test.each([
  ['a schedule that was kept', nightly, good, 'ON_TIME'],
  ['a due time that brought nothing', nightly, { ...good, lateSince: '2026-05-25T02:00:00Z' }, 'LATE'],
  ['a paused one is never late', { ...nightly, enabled: false }, { ...good, lateSince: '2026-05-25T02:00:00Z' }, 'PAUSED'],
  ['nor is one without a schedule', { ...nightly, schedule: null }, { ...good, lateSince: '2026-05-25T02:00:00Z' }, 'ON_DEMAND'],
  ['before the first good run', nightly, { lastGoodAt: null, lateSince: null }, 'NEVER'],
] as const)('%s', (_name, promised, kept, freshness) => {
  expect(freshnessOf(promised, kept)).toBe(freshness)
})
