import { expect, test } from 'vitest'
import { isSameOrigin } from './origin.ts'

test.each([
  ['http://localhost:3000', 'localhost:3000', true],
  // Behind a proxy that ends TLS.
  ['https://aiia.example.com', 'aiia.example.com', true],
  ['https://AIIA.example.com', 'aiia.example.com', true],
  [undefined, 'localhost:3000', true],
  ['http://localhost:3001', 'localhost:3000', false],
  ['https://evil.example', 'localhost:3000', false],
  ['https://localhost:3000.evil.example', 'localhost:3000', false],
  ['null', 'localhost:3000', false],
  ['http://localhost:3000', undefined, false],
])('origin %s on host %s: %s', (origin, host, expected) => {
  expect(isSameOrigin(origin, host)).toBe(expected)
})
