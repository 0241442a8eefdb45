import { expect, test } from 'vitest'
import { inLanes } from './in-lanes.ts'

test('everything is done once, a few at a time, and the answers keep their order', async () => {
  let under = 0
  let most = 0
  const items = Array.from({ length: 25 }, (_, index) => index)
  const results = await inLanes(items, async (item) => {
    under += 1
    most = Math.max(most, under)
    await new Promise(setImmediate)
    under -= 1
    return item * 2
  })
  expect(results).toEqual(items.map((item) => item * 2))
  expect(most).toBe(4)
})

test('nothing is done to nothing', async () => {
  expect(await inLanes([], async () => 1)).toEqual([])
})
