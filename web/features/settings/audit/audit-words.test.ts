import { expect, test } from 'vitest'
import { detailsInWords } from './audit-words.ts'

test.each([
  [{}, ''],
  [null, ''],
  [{ changed: ['credentials', 'settings.host'] }, 'changed: credentials, settings.host'],
  [{ role: ['VIEWER', 'OPERATOR'] }, 'role: VIEWER → OPERATOR'],
  [{ connector: 'SAP', full: true }, 'connector: SAP, full'],
  [{ role: 'VIEWER', expiresAt: null, reason: '' }, 'role: VIEWER'],
])('%j reads %j', (details, words) => {
  expect(detailsInWords(details)).toBe(words)
})
