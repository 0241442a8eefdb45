import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecretBox, SecretBoxError } from './secret-box.ts'

const key = randomBytes(32)
const box = createSecretBox(key)
const secret = { password: 'canary-4711' }

test('what was sealed opens with the same key and context', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, context) => {
      expect(box.open(box.seal(value, context), context)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('the same secret is sealed differently each time, and is not readable', () => {
  const [one, two] = [box.seal(secret, 'a'), box.seal(secret, 'a')]
  expect(one.equals(two)).toBe(false)
  expect(one.toString('latin1')).not.toContain('canary')
})

test('another context, another key, and every changed byte are refused', () => {
  const sealed = box.seal(secret, 'connector:1')
  expect(() => box.open(sealed, 'connector:2')).toThrow('damaged or belong to something else')
  expect(() => createSecretBox(randomBytes(32)).open(sealed, 'connector:1')).toThrow('another SECRET_KEY')
  for (let at = 0; at < sealed.length; at += 1) {
    const tampered = Buffer.from(sealed)
    tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at)
    expect(() => box.open(tampered, 'connector:1')).toThrow(SecretBoxError)
  }
  expect(() => box.open(Buffer.alloc(0), 'connector:1')).toThrow('no sealed credentials')
})

test('what is sealed anew opens with the new context only', () => {
  const sealed = box.reseal(box.seal(secret, 'connector:1'), 'connector:1', 'connector:2')
  expect(box.open(sealed, 'connector:2')).toEqual(secret)
  expect(() => box.open(sealed, 'connector:1')).toThrow(SecretBoxError)
  expect(() => box.reseal(sealed, 'connector:1', 'connector:3')).toThrow(SecretBoxError)
})
