/**
 * The whole log of a run. `seq` counts without a hole, so that a line's place is known before it is loaded: pages
 * are asked for where the viewer looks, and those farthest from there are dropped again.
 */

import { createChanges, type LogLine, type LogPage, type LogSource, type ReadLog } from './log-source.ts'

export const pageSize = 500
const pagesKept = 16
/** Who drags through a million lines wants those where the drag ends, and of those on the way a glimpse now and then. */
const mostAsked = 2
const glimpseMs = 100

export type WholeLog = LogSource & {
  /** The newest line known of, loaded or not. */
  lastSeq(): number
  /** The log is known to reach this far. */
  reach(lastSeq: number): void
}

export const createWholeLog = (read: ReadLog, lastSeq: number, first: LogPage | null, retryMs = 2_000): WholeLog => {
  const changes = createChanges()
  const pages = new Map<number, LogLine[]>()
  const asked = new Set<number>()
  let last = lastSeq
  /** What the viewer looked at last: at first the end. */
  let view = { from: Math.max(lastSeq - 1, 0), to: lastSeq }
  let jumpedAt = Number.NEGATIVE_INFINITY
  let landing: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const looked = () => Math.floor(view.from / pageSize)

  const put = (lines: readonly LogLine[]) => {
    for (const line of lines) {
      const page = Math.floor((line.seq - 1) / pageSize)
      const slots = pages.get(page) ?? []
      slots[(line.seq - 1) % pageSize] = line
      pages.set(page, slots)
      last = Math.max(last, line.seq)
    }
  }

  const dropFar = () => {
    if (pages.size <= pagesKept) return
    const byDistance = [...pages.keys()].toSorted((a, b) => Math.abs(a - looked()) - Math.abs(b - looked()))
    for (const far of byDistance.slice(pagesKept)) pages.delete(far)
  }

  const load = async (page: number) => {
    asked.add(page)
    try {
      const { lines } = await read({ afterSeq: page * pageSize, first: pageSize })
      put(lines)
      dropFar()
    } catch {
      // The viewer asks again for what it still misses when it is told of a change.
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
    asked.delete(page)
    if (!closed) changes.changed()
  }

  const isLoaded = (page: number, from: number, to: number): boolean => {
    const slots = pages.get(page)
    if (slots === undefined) return false
    const start = page * pageSize
    for (let index = Math.max(from, start); index <= Math.min(to, start + pageSize - 1); index++)
      if (slots[index - start] === undefined) return false
    return true
  }

  /** What is not asked for now is when an answer is in: that is a change, on which the viewer comes here again. */
  const ask = () => {
    const end = Math.min(view.to, last - 1)
    for (let page = looked(); page * pageSize <= end && asked.size < mostAsked; page++)
      if (!asked.has(page) && !isLoaded(page, view.from, end)) void load(page)
  }

  const land = () => {
    landing = undefined
    jumpedAt = performance.now()
    ask()
  }

  if (first) put(first.lines)
  const at = (index: number) => pages.get(Math.floor(index / pageSize))?.[index % pageSize]

  return {
    ...changes,
    close: () => {
      closed = true
      clearTimeout(landing)
      changes.close()
    },
    count: () => last,
    reachesEnd: () => true,
    lastSeq: () => last,
    at,
    indexOf: (seq) => (seq >= 1 && seq <= last ? seq - 1 : -1),
    ensure: (from, to) => {
      const before = looked()
      view = { from, to }
      const jumps = Math.abs(looked() - before) > 1
      if (landing !== undefined) return
      const early = jumpedAt + glimpseMs - performance.now()
      if (jumps && early > 0) landing = setTimeout(land, early)
      else if (jumps) land()
      else ask()
    },
    append: (lines) => {
      put(lines)
      dropFar()
      changes.changed()
    },
    reach: (seq) => {
      if (seq <= last) return
      last = seq
      changes.changed()
    },
  }
}
