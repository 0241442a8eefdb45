import { expect, test } from 'vitest'
import { toUtf8 } from './cesu8.ts'

test.each([
  ['plain', '706c61696e'],
  ['Größe 한', '4772c3b6c39f6520ed959c'],
  ['a🙂b', '61eda0bdedb98262'],
  ['🙂🙃', 'eda0bdedb982eda0bdedb983'],
])('%s', (text, hex) => {
  expect(toUtf8(Buffer.from(hex, 'hex')).toString()).toBe(text)
})

test('half a pair is left as it is', () => {
  const half = Buffer.from('61eda0bd62', 'hex')
  expect(toUtf8(half)).toBe(half)
})
