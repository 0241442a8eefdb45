/** `/run-logs/<number of the run>.log`: its log as printed, or with `level` and `search` the lines that they let through. */

import { type LogLevel, logLevels, printLogLine } from '@aiia/core/job-run/log-line'
import type { PrismaClient } from '@aiia/prisma/client'
import { type LogFilter, logPages } from '@aiia/store/logs'
import type { Authenticate } from '../auth/authenticate.ts'
import { createDownload, type Download } from './download.ts'

type Options = { prisma: PrismaClient; authenticate: Authenticate }

export const createRunLogDownload = ({ prisma, authenticate }: Options): Download =>
  createDownload({ authenticate }, async ({ pathname, searchParams }) => {
    const [, digits] = /^\/run-logs\/([0-9]{1,9})\.log$/.exec(pathname) ?? []
    if (digits === undefined)
      return { status: 404, message: 'There is no such download. It is /run-logs/ with the number of a run and .log.' }
    const filter = filterOf(searchParams)
    if (filter === null) return { status: 400, message: `"level" is one of ${logLevels.join(', ')}, "search" at most 200 characters.` }
    const number = Number(digits)
    const run = await prisma.jobRun.findUnique({ where: { number }, select: { id: true, logRemovedAt: true } })
    if (run === null) return { status: 404, message: `There is no run #${number}.` }
    if (run.logRemovedAt !== null)
      return { status: 404, message: `The log of run #${number} is no longer kept: the connector’s retention has removed it.` }
    return { fileName: `run-${number}.log`, type: 'text/plain; charset=utf-8', parts: printed({ prisma }, run.id, filter) }
  })

const filterOf = (asked: URLSearchParams): LogFilter | null => {
  const levels = asked.getAll('level')
  const search = asked.get('search') ?? ''
  if (!levels.every(isLevel) || search.length > 200 || search.includes('\0')) return null
  return { ...(levels.length > 0 && { levels }), ...(search !== '' && { search }) }
}

const isLevel = (text: string): text is LogLevel => logLevels.some((level) => level === text)

/** A page at a time, as fast as the client takes them. */
async function* printed({ prisma }: Pick<Options, 'prisma'>, runId: string, filter: LogFilter): AsyncGenerator<string> {
  for await (const page of logPages({ prisma }, runId, filter)) yield page.map((line) => `${printLogLine(line)}\n`).join('')
}
