import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { withTimeout } from './with-timeout.ts'

const reasonOf = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }))

test('it ends after its time, though memory is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { signal } = new AbortController()
  const reasons = [reasonOf(withTimeout(signal, 100)), reasonOf(withTimeout(withTimeout(signal, 100), 60_000))]
  for (let round = 0; round < 5; round += 1) {
    collect()
    await new Promise(setImmediate)
  }
  expect(await Promise.all(reasons)).toMatchObject([{ name: 'TimeoutError' }, { name: 'TimeoutError' }])
})

test('it ends with the signal, for the signal’s reason', () => {
  const controller = new AbortController()
  const signal = withTimeout(controller.signal, 60_000)
  controller.abort('cancelled')
  expect(signal.reason).toBe('cancelled')
})
