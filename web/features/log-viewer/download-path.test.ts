import { expect, test } from 'vitest'
import { downloadPath } from './download-path.ts'

test('a download has what is shown', () => {
  expect(downloadPath(7, { levels: [], search: '' })).toBe('/run-logs/7.log')
  expect(downloadPath(7, { levels: ['WARN', 'ERROR'], search: '100 %' })).toBe('/run-logs/7.log?level=WARN&level=ERROR&search=100+%25')
})
