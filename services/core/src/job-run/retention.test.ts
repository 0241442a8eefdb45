import { expect, test } from 'vitest'
import { changedOwnRetention, effectiveRetention, noOwnRetention } from './retention.ts'

const platform = { runs: 1_000, runsDays: 365, logsDays: 90, rejectedRowsDays: 30 }

test('what a connector does not say is the platform’s', () => {
  expect(effectiveRetention({ ...noOwnRetention, logsDays: 7 }, platform)).toEqual({ ...platform, logsDays: 7 })
})

test('a form that sends back what it showed leaves the platform’s to the platform', () => {
  expect(changedOwnRetention(noOwnRetention, { ...platform, logsDays: 7 }, platform)).toEqual({ ...noOwnRetention, logsDays: 7 })
})

test('what is a connector’s own stays so until it is given back', () => {
  const own = { ...noOwnRetention, logsDays: 90 }
  expect(changedOwnRetention(own, platform, platform)).toEqual(own)
  expect(changedOwnRetention(own, {}, platform)).toEqual(own)
  expect(changedOwnRetention(own, { logsDays: null }, platform)).toEqual(noOwnRetention)
})
