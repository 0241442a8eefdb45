import { expect, test } from 'vitest'
import { forecastInWords, ownInWords } from './retention-words.ts'

const nothing = { runs: 0, logs: 0, logLines: 0, runsWithRejectedRows: 0 }

test('what goes is told, and that nothing does', () => {
  expect(forecastInWords(nothing)).toBeNull()
  expect(forecastInWords({ runs: 1, logs: 1_200, logLines: 5_300, runsWithRejectedRows: 1 })).toBe(
    '1 run, 1,200 logs with 5,300 lines, the rejected rows of 1 run',
  )
})

test('of a connector only what it says itself is told', () => {
  expect(ownInWords({ runs: 50, runsDays: null, logsDays: 1, rejectedRowsDays: null })).toBe('50 runs, logs 1 day')
})
