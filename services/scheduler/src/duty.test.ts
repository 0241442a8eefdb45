import { createLogger } from '@aiia/kit/logger'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startDuty } from './duty.ts'

const log = createLogger('test', 'silent')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Work whose turns end when the test says so. */
const controlled = () => {
  const turns: ((nextMs: number) => void)[] = []
  const work = () => new Promise<number>((resolve) => void turns.push(resolve))
  return { turns, work }
}

test('a duty is done at once, and again when its time has come', async () => {
  const work = vi.fn<() => Promise<number>>(async () => 1_000)
  const duty = startDuty('test', log, work)
  await vi.advanceTimersByTimeAsync(999)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(work).toHaveBeenCalledTimes(2)
  await duty.stop()
})

test('being woken while at work is one more turn after it, however often', async () => {
  const { turns, work } = controlled()
  const duty = startDuty('test', log, work)
  duty.wake()
  duty.wake()
  expect(turns).toHaveLength(1)
  turns[0]?.(60_000)
  await vi.advanceTimersByTimeAsync(0)
  expect(turns).toHaveLength(2)
  turns[1]?.(60_000)
  await vi.advanceTimersByTimeAsync(59_999)
  expect(turns).toHaveLength(2)
  await duty.stop()
})

test('being woken does not wait for the time', async () => {
  const work = vi.fn<() => Promise<number>>(async () => 60_000)
  const duty = startDuty('test', log, work)
  await vi.advanceTimersByTimeAsync(10)
  duty.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(2)
  await duty.stop()
})

test('an outage is one warning, and its end one line', async () => {
  const [warn, info] = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'info')]
  let away = true
  const duty = startDuty(
    'test',
    log,
    async () => {
      if (away) throw new Error('The database is away.')
      return 100
    },
    50,
  )
  await vi.advanceTimersByTimeAsync(500)
  expect([warn.mock.calls.length, info.mock.calls.length]).toEqual([1, 0])
  away = false
  await vi.advanceTimersByTimeAsync(500)
  expect([warn.mock.calls.length, info.mock.calls.length]).toEqual([1, 1])
  await duty.stop()
})

test('a stop waits for the turn under way, and there is none after it', async () => {
  const { turns, work } = controlled()
  const duty = startDuty('test', log, work)
  let stopped = false
  const stopping = duty.stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(100)
  expect(stopped).toBe(false)
  turns[0]?.(0)
  await stopping
  duty.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(turns).toHaveLength(1)
})
