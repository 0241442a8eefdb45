import { PassThrough, Readable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { objectStream } from './object-stream.ts'

afterEach(() => {
  vi.useRealTimers()
})

const translate = (error: unknown): Error => new Error(`translated: ${(error as Error).message}`)
const over = (body: Readable, length: number) => objectStream(body, { length, patienceMs: 1_000, translate })

const all = async (stream: Readable): Promise<string> => {
  let text = ''
  for await (const piece of stream) text += piece
  return text
}

test('the bytes come as they are', async () => {
  expect(await all(over(Readable.from([Buffer.from('one'), Buffer.from('two')]), 6))).toBe('onetwo')
})

test.each([
  ['fewer', 7],
  ['more', 5],
])('%s bytes than were promised fail', async (_how, length) => {
  await expect(all(over(Readable.from([Buffer.from('onetwo')]), length))).rejects.toThrow(`translated: 6 of ${length} bytes came`)
})

test('what the network says is translated, also when it says nothing', async () => {
  const broken = new PassThrough()
  const stream = over(broken, 6)
  broken.destroy(new Error('aborted'))
  await expect(all(stream)).rejects.toThrow('translated: aborted')
  const gone = new PassThrough()
  const other = over(gone, 6)
  gone.destroy()
  await expect(all(other)).rejects.toThrow('translated: 0 of 6 bytes came')
})

test('no more is taken than is read', async () => {
  let made = 0
  let taken = 0
  const body = new Readable({
    read() {
      made += 1 << 16
      this.push(Buffer.alloc(1 << 16))
    },
  })
  const stream = over(body, Number.POSITIVE_INFINITY)
  const pieces = stream[Symbol.asyncIterator]()
  while (taken < 1 << 21) taken += (await pieces.next()).value.length
  await new Promise(setImmediate)
  expect(made - taken).toBeLessThan(1 << 20)
  stream.destroy()
  expect(body.destroyed).toBe(true)
})

test('silence fails, while more is wanted', async () => {
  vi.useFakeTimers()
  const body = new PassThrough()
  const work = all(over(body, 6))
  const failed = expect(work).rejects.toThrow('translated: nothing more came for 1 second')
  body.write('one')
  await vi.advanceTimersByTimeAsync(900)
  body.write('t')
  await vi.advanceTimersByTimeAsync(900)
  expect(body.destroyed).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  await failed
  expect(body.destroyed).toBe(true)
})

test('a reader may take its time', async () => {
  vi.useFakeTimers()
  const body = new PassThrough()
  const stream = over(body, (1 << 18) + 3)
  body.write(Buffer.alloc(1 << 18))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(stream.destroyed).toBe(false)
  const work = all(stream)
  await vi.advanceTimersByTimeAsync(500)
  body.end('end')
  expect((await work).length).toBe((1 << 18) + 3)
  expect(vi.getTimerCount()).toBe(0)
})
