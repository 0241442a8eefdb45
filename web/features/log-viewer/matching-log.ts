/** The lines of a log that a filter lets through, read from the oldest on, as far as the viewer has scrolled. */

import { createChanges, type LogFilter, type LogLine, type LogSource, type ReadLog } from './log-source.ts'

const pageSize = 500

export type MatchingLog = LogSource & {
  /** Lines that match in all, as far as is known; null before the first answer. */
  total(): number | null
}

const matches = ({ levels, search }: LogFilter, { level, message }: Pick<LogLine, 'level' | 'message'>): boolean =>
  (levels.length === 0 || levels.includes(level)) && message.toLowerCase().includes(search.toLowerCase())

export const createMatchingLog = (read: ReadLog, filter: LogFilter): MatchingLog => {
  const changes = createChanges()
  const lines: LogLine[] = []
  /** Written while a part is on its way: that part may have been read before them. */
  let early: LogLine[] = []
  let complete = false
  let loading = false
  let total: number | null = null
  let closed = false

  const add = (fresh: readonly LogLine[]) => {
    const last = lines.at(-1)?.seq ?? 0
    lines.push(...fresh.filter(({ seq }) => seq > last))
  }

  const load = async () => {
    if (loading || complete || closed) return
    loading = true
    try {
      const page = await read({
        afterSeq: lines.at(-1)?.seq ?? 0,
        first: pageSize,
        levels: filter.levels.length > 0 ? filter.levels : null,
        search: filter.search || null,
      })
      add(page.lines)
      total = Math.max(page.totalLines, lines.length)
      complete = !page.hasMore
      if (complete) {
        add(early)
        total = lines.length
        early = []
      }
    } finally {
      loading = false
      if (!closed) changes.changed()
    }
  }

  void load().catch(() => {})
  return {
    ...changes,
    close: () => {
      closed = true
      changes.close()
    },
    count: () => lines.length,
    reachesEnd: () => complete,
    total: () => total,
    at: (index) => lines[index],
    indexOf: (seq) => lines.findIndex((line) => line.seq === seq),
    ensure: (_from, to) => {
      if (to >= lines.length - pageSize / 2) void load().catch(() => {})
    },
    append: (written) => {
      const fresh = written.filter((line) => matches(filter, line))
      if (fresh.length === 0) return
      if (complete) add(fresh)
      else early.push(...fresh)
      if (total !== null) total = complete ? lines.length : total + fresh.length
      changes.changed()
    },
  }
}
