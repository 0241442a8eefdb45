import { expect, test } from 'vitest'
import { changedParts } from './changed-parts.ts'

test('what was added, removed or changed is named, and nothing else', () => {
  const before = new Map<string, unknown>([
    ['name', 'SAP'],
    ['settings.host', 'a'],
    ['stream bseg', { mode: 'FULL_REFRESH', primaryKey: ['id'] }],
    ['stream gone', {}],
  ])
  const after = new Map<string, unknown>([
    ['name', 'SAP'],
    ['settings.host', 'b'],
    ['settings.port', 5432],
    ['stream bseg', { mode: 'FULL_REFRESH', primaryKey: ['id'] }],
  ])
  expect(changedParts(before, after)).toEqual(['settings.host', 'settings.port', 'stream gone'])
  expect(changedParts(before, before)).toEqual([])
})
