import { expect, test } from 'vitest'
import { createConflated } from './conflated.ts'

test('who reads slowly gets the newest of each key, in the order in which the keys came', async () => {
  const values = createConflated<string, number>()
  values.put('a', 1)
  values.put('b', 1)
  values.put('a', 2)
  values.put('a', 3)
  expect(values.size).toBe(2)
  expect([await values.take(), await values.take()]).toEqual([3, 1])
})

test('who waits gets the next value', async () => {
  const values = createConflated<string, number>()
  const next = values.take()
  values.put('a', 1)
  expect(await next).toBe(1)
})

test('the end is told to who waits and to who comes later', async () => {
  const values = createConflated<string, number>()
  const waiting = values.take()
  values.end()
  expect(await waiting).toBeNull()
  expect(await values.take()).toBeNull()
})

test('an end with an error rejects', async () => {
  const values = createConflated<string, number>()
  values.put('a', 1)
  values.end(new Error('too slow'))
  await expect(values.take()).rejects.toThrow('too slow')
})
