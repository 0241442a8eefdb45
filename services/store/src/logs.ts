/** Pages of a run's log. */

import type { LogLevel, LogLine } from '@aiia/core/job-run/log-line'
import type { StoreContext } from './context.ts'

export type LogQuery = {
  runId: string
  /** Only lines after, or before, this sequence number. */
  afterSeq?: number
  beforeSeq?: number
  /** The first lines that match, or the last; one of the two. */
  first?: number
  last?: number
  levels?: readonly LogLevel[]
  /** Text that a line contains, in any case. */
  search?: string
}

export type LogFilter = Pick<LogQuery, 'levels' | 'search'>

export type LogPage = { lines: LogLine[]; firstSeq: number | null; lastSeq: number | null; totalLines: number; hasMore: boolean }

/** `totalLines` counts what matches levels and search; `hasMore` is in the direction of the page. */
export const readLog = async ({ prisma }: StoreContext, query: LogQuery): Promise<LogPage> => {
  const { runId, afterSeq, beforeSeq, levels, search } = query
  const fromEnd = query.last !== undefined
  const size = query.last ?? query.first ?? 100
  const matching = linesOf(runId, query)
  const [found, totalLines] = await Promise.all([
    prisma.logLine.findMany({
      where: { ...matching, seq: { ...(afterSeq !== undefined && { gt: afterSeq }), ...(beforeSeq !== undefined && { lt: beforeSeq }) } },
      orderBy: { seq: fromEnd ? 'desc' : 'asc' },
      take: size + 1,
      omit: { runId: true },
    }),
    levels || search ? prisma.logLine.count({ where: matching }) : countAll({ prisma }, runId),
  ])
  const page = found.slice(0, size)
  const lines = fromEnd ? page.toReversed() : page
  return { lines, firstSeq: lines[0]?.seq ?? null, lastSeq: lines.at(-1)?.seq ?? null, totalLines, hasMore: found.length > size }
}

/** Sequence numbers have no hole, so the newest is the count; a log that was removed has none. */
const countAll = async ({ prisma }: StoreContext, id: string): Promise<number> => {
  const run = await prisma.jobRun.findUnique({ where: { id }, select: { lastLogSeq: true, logRemovedAt: true } })
  return run === null || run.logRemovedAt !== null ? 0 : run.lastLogSeq
}

const linesOf = (runId: string, { levels, search }: LogFilter) => ({
  runId,
  ...(levels && { level: { in: [...levels] } }),
  ...(search && { message: { contains: literally(search), mode: 'insensitive' as const } }),
})

/** Prisma hands the text on as a pattern, in which these would stand for others. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** The whole log, or what a filter lets through; a page holds no connection and no transaction while it is used. */
export async function* logPages({ prisma }: StoreContext, runId: string, filter: LogFilter, pageSize = 2_000): AsyncGenerator<LogLine[]> {
  const matching = linesOf(runId, filter)
  for (let after = 0; ; ) {
    const page = await prisma.logLine.findMany({
      where: { ...matching, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: pageSize,
      omit: { runId: true },
    })
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.seq ?? after
  }
}
