/** `/rejected-rows/<number of the run>.csv` and `.jsonl`: all rejected rows of a run, streamed however many there are. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PrismaClient } from '@aiia/prisma/client'
import { rejectedRowPages, type StoredRejectedRow } from '@aiia/store/rejected-rows'
import type { Authenticate } from '../auth/authenticate.ts'
import { isSameOrigin } from '../auth/origin.ts'
import { mayActAs } from '../auth/viewer.ts'
import { unauthenticated } from '../errors.ts'
import { csvLine } from './csv.ts'
import { toHeaders } from './node-headers.ts'

export type RejectedRowsDownload = (request: IncomingMessage, response: ServerResponse) => Promise<void>

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

export const createRejectedRowsDownload =
  ({ prisma, authenticate }: Options): RejectedRowsDownload =>
  async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(response, 405, 'A download is asked for with GET.')
    }
    if (!isSameOrigin(request.headers.origin, request.headers.host)) return refuse(response, 403, 'Another site may not ask for this.')
    if (!mayActAs(await authenticate(toHeaders(request.headers)), 'VIEWER')) return refuse(response, 401, unauthenticated().message)
    const [, digits = '', extension = ''] = /^\/rejected-rows\/([0-9]{1,9})\.(csv|jsonl)$/.exec(request.url?.split('?')[0] ?? '') ?? []
    const [number, format] = [Number(digits), formats[extension]]
    if (format === undefined)
      return refuse(response, 404, 'There is no such download. It is /rejected-rows/ with the number of a run and .csv or .jsonl.')
    const run = await prisma.jobRun.findUnique({ where: { number }, select: { id: true, rejectedRowsRemovedAt: true } })
    if (run === null) return refuse(response, 404, `There is no run #${number}.`)
    if (run.rejectedRowsRemovedAt !== null)
      return refuse(response, 404, `The rejected rows of run #${number} are no longer kept: the connector’s retention has removed them.`)
    response.writeHead(200, {
      'content-type': format.type,
      'content-disposition': `attachment; filename="rejected-rows-${number}.${extension}"`,
      'cache-control': 'no-store',
    })
    if (request.method === 'HEAD') return void response.end()
    await pipeline(Readable.from(linesOf({ prisma }, run.id, format)), response).catch(unlessGone)
  }

/** A page at a time, as fast as the client takes them. */
async function* linesOf({ prisma }: { prisma: PrismaClient }, runId: string, { head, line }: Format): AsyncGenerator<string> {
  if (head !== '') yield head
  for await (const page of rejectedRowPages({ prisma }, runId, 200)) yield page.map(line).join('')
}

/** Who goes away in the middle has seen enough. */
const unlessGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

const refuse = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${message}\n`)
}
