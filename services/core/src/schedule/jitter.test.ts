import { expect, test } from 'vitest'
import { jitterOffset } from './jitter.ts'

const ids = Array.from({ length: 1_000 }, (_, index) => `01a20c6d-6616-7608-8c4b-${String(index).padStart(12, '0')}`)

test('a connector is always late by the same', () => {
  for (const id of ids) expect(jitterOffset(id, 600)).toBe(jitterOffset(id, 600))
})

test('connectors are spread over the whole of the jitter, and not beyond', () => {
  const offsets = ids.map((id) => jitterOffset(id, 9))
  for (let second = 0; second <= 9; second += 1) expect(offsets.filter((offset) => offset === second).length).toBeGreaterThan(50)
  expect(Math.max(...offsets)).toBe(9)
})

test('without jitter nobody is late', () => {
  for (const id of ids) expect(jitterOffset(id, 0)).toBe(0)
})
