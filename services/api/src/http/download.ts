/** What is taken home as a file: asked for with GET, by who may look, streamed however long it is. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Authenticate } from '../auth/authenticate.ts'
import { isSameOrigin } from '../auth/origin.ts'
import { mayActAs } from '../auth/viewer.ts'
import { unauthenticated } from '../errors.ts'
import { toHeaders } from './node-headers.ts'

export type Download = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type Attachment = { fileName: string; type: string; parts: AsyncIterable<string> }

/** Why there is none; one sentence. */
export type NoAttachment = { status: 400 | 404; message: string }

/** @param find is asked once the viewer is known to be one */
export const createDownload =
  ({ authenticate }: { authenticate: Authenticate }, find: (asked: URL) => Promise<Attachment | NoAttachment>): Download =>
  async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(response, 405, 'A download is asked for with GET.')
    }
    if (!isSameOrigin(request.headers.origin, request.headers.host)) return refuse(response, 403, 'Another site may not ask for this.')
    if (!mayActAs(await authenticate(toHeaders(request.headers)), 'VIEWER')) return refuse(response, 401, unauthenticated().message)
    const found = await find(new URL(request.url ?? '/', 'http://platform'))
    if ('status' in found) return refuse(response, found.status, found.message)
    response.writeHead(200, {
      'content-type': found.type,
      'content-disposition': `attachment; filename="${found.fileName}"`,
      'cache-control': 'no-store',
    })
    if (request.method === 'HEAD') return void response.end()
    await pipeline(Readable.from(found.parts), response).catch(unlessGone)
  }

/** Who goes away in the middle has seen enough. */
const unlessGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

const refuse = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${message}\n`)
}
