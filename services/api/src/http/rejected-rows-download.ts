/** `/rejected-rows/<number of the run>.csv` and `.jsonl`: all rejected rows of a run, streamed however many there are. */

import type { PrismaClient } from '@aiia/prisma/client'
import { rejectedRowPages, type StoredRejectedRow } from '@aiia/store/rejected-rows'
import type { Authenticate } from '../auth/authenticate.ts'
import { csvLine } from './csv.ts'
import { createDownload, type Download } from './download.ts'

type Options = { prisma: PrismaClient; authenticate: Authenticate }

type Format = { type: string; head: string; line(row: StoredRejectedRow): string }

const columns = ['stream', 'position', 'place', 'key', 'column', 'rawValue', 'rule', 'row'] as const

const formats: Readonly<Record<string, Format>> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvLine(columns),
    line: (row) => csvLine(columns.map((name) => textOf(row[name]))),
  },
  jsonl: {
    type: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: (row) => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name]])), asNumber)}\n`,
  },
}

const asNumber = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

const textOf = (value: StoredRejectedRow[(typeof columns)[number]]): string | null => {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

export const createRejectedRowsDownload = ({ prisma, authenticate }: Options): Download =>
  createDownload({ authenticate }, async ({ pathname }) => {
    const [, digits = '', extension = ''] = /^\/rejected-rows\/([0-9]{1,9})\.(csv|jsonl)$/.exec(pathname) ?? []
    const [number, format] = [Number(digits), formats[extension]]
    if (format === undefined)
      return { status: 404, message: 'There is no such download. It is /rejected-rows/ with the number of a run and .csv or .jsonl.' }
    const run = await prisma.jobRun.findUnique({ where: { number }, select: { id: true, rejectedRowsRemovedAt: true } })
    if (run === null) return { status: 404, message: `There is no run #${number}.` }
    if (run.rejectedRowsRemovedAt !== null)
      return {
        status: 404,
        message: `The rejected rows of run #${number} are no longer kept: the connector’s retention has removed them.`,
      }
    return { fileName: `rejected-rows-${number}.${extension}`, type: format.type, parts: linesOf({ prisma }, run.id, format) }
  })

/** A page at a time, as fast as the client takes them. */
async function* linesOf({ prisma }: { prisma: PrismaClient }, runId: string, { head, line }: Format): AsyncGenerator<string> {
  if (head !== '') yield head
  for await (const page of rejectedRowPages({ prisma }, runId, 200)) yield page.map(line).join('')
}
