import { expect, test } from 'vitest'
import type { LogLine, LogSource, ReadLog } from './log-source.ts'
import { createMatchingLog } from './matching-log.ts'
import { createWholeLog, pageSize } from './whole-log.ts'

const line = (seq: number): LogLine => ({
  seq,
  at: '2026-05-24T02:00:03.000Z',
  level: seq % 10 === 0 ? 'WARN' : 'INFO',
  message: `row ${seq}`,
  text: '',
})
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => line(from + index))

/** The store, with a log of `written` lines, and a list of what it was asked. */
const storeOf = (written: { count: number }) => {
  const asked: number[] = []
  const read: ReadLog = async ({ afterSeq, first, levels, search }) => {
    asked.push(afterSeq ?? 0)
    const found = lines(1, written.count).filter(
      ({ level, message }) => (!levels || [levels].flat().includes(level)) && message.includes(search ?? ''),
    )
    const rest = found.filter(({ seq }) => seq > (afterSeq ?? 0))
    const page = rest.slice(0, first ?? 100)
    return { lines: page, lastSeq: page.at(-1)?.seq ?? null, totalLines: found.length, hasMore: rest.length > page.length }
  }
  return { read, asked }
}

const changed = (source: LogSource) =>
  new Promise<void>((resolve) => {
    const stop = source.subscribe(() => {
      stop()
      resolve()
    })
  })

test('a line’s place is known before it is loaded, and only pages in view are asked for', async () => {
  const { read, asked } = storeOf({ count: 100_000 })
  const log = createWholeLog(read, 100_000, null)
  expect(log.count()).toBe(100_000)
  expect(log.indexOf(70_000)).toBe(69_999)
  log.ensure(69_990, 70_010)
  await changed(log)
  expect(log.at(69_999)?.seq).toBe(70_000)
  expect(log.at(10)).toBeUndefined()
  log.ensure(69_990, 70_010)
  expect(asked).toEqual([69_500, 70_000].slice(0, asked.length))
})

test('pages far from the view are dropped', async () => {
  const { read } = storeOf({ count: 20_000 })
  const log = createWholeLog(read, 20_000, null)
  for (let page = 0; page < 40; page++) {
    log.ensure(page * pageSize, page * pageSize)
    await changed(log)
  }
  expect(log.at(0)).toBeUndefined()
  expect(log.at(39 * pageSize)?.seq).toBe(39 * pageSize + 1)
})

test('of what a drag passes by little is asked for, and where it ends all', async () => {
  const { read, asked } = storeOf({ count: 100_000 })
  const log = createWholeLog(read, 100_000, null)
  for (let page = 0; page < 100; page += 2) log.ensure(page * pageSize, page * pageSize + 20)
  while (log.at(98 * pageSize) === undefined) await changed(log)
  expect(asked).toEqual([0, 98 * pageSize])
})

test('a line that comes twice, from the tail and from a page, is there once', async () => {
  const { read } = storeOf({ count: 12 })
  const log = createWholeLog(read, 10, null)
  log.append(lines(11, 12))
  log.append(lines(9, 12))
  log.ensure(0, 11)
  await changed(log)
  expect(log.count()).toBe(12)
  expect(Array.from({ length: 12 }, (_, index) => log.at(index)?.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
})

test('a page that could not be read is asked for again', async () => {
  const { read } = storeOf({ count: 5 })
  let failures = 1
  const log = createWholeLog(async (part) => (failures-- > 0 ? Promise.reject(new Error('offline')) : read(part)), 5, null, 0)
  log.ensure(0, 4)
  await changed(log)
  expect(log.at(0)).toBeUndefined()
  log.ensure(0, 4)
  await changed(log)
  expect(log.at(4)?.seq).toBe(5)
})

test('a filter reads on as the viewer scrolls', async () => {
  const { read } = storeOf({ count: 10_000 })
  const log = createMatchingLog(read, { levels: ['WARN'], search: '' })
  await changed(log)
  expect([log.count(), log.total(), log.reachesEnd()]).toEqual([500, 1000, false])
  log.ensure(300, 400)
  await changed(log)
  expect([log.count(), log.total(), log.reachesEnd()]).toEqual([1000, 1000, true])
  expect(log.indexOf(10_000)).toBe(999)
})

test('lines written while a part is read are neither lost nor doubled', async () => {
  const written = { count: 20 }
  const { read } = storeOf(written)
  const log = createMatchingLog(read, { levels: ['WARN'], search: '' })
  log.append(lines(21, 30))
  await changed(log)
  while (!log.reachesEnd()) await changed(log)
  log.append(lines(30, 40))
  expect(Array.from({ length: log.count() }, (_, index) => log.at(index)?.seq)).toEqual([10, 20, 30, 40])
  expect(log.total()).toBe(4)
})
