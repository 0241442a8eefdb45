/**
 * A real S3 server of a test's own, which verifies signatures: a temporary folder, a free port, rules that a test can set,
 * and answers that it can put in its mouth.
 */

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listInPages } from './s3/pages.ts'
import { createRules, type Rules } from './s3/rules.ts'
import { createS3rver } from './s3/s3rver.ts'

export type TestS3 = {
  /** Such as `http://127.0.0.1:4568`; buckets are in its path. */
  url: string
  port: number
  credentials: { accessKeyId: string; secretAccessKey: string }
  createBucket(name: string): Promise<void>
  put(bucket: string, key: string, content: Buffer | string): Promise<void>
  /** Every request that fits is answered so, until `answer(null)`. */
  answer(canned: CannedAnswer | null): void
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[]
  /** Connections that clients hold open. */
  readonly connections: number
  /** Resolves when no client holds a connection any more. */
  untilLeft(): Promise<void>
  stop(): Promise<void>
} & Pick<Rules, 'lend' | 'forbid' | 'limit'>

export type CannedAnswer = {
  status: number
  /** As S3 names it, such as `SlowDown`; null: the body is no answer of S3. */
  code: string | null
  headers?: Record<string, string>
  body?: string
  /** Of its path and query; left out: every request. */
  to?: RegExp
}

export type S3Options = {
  /** Key and certificate; left out: not encrypted. */
  tls?: { key: string; cert: string }
  /** Objects that one answer lists at most. */
  pageSize?: number
  /** A read that names another version of its object is refused, as by Amazon and MinIO. */
  heedsIfMatch?: boolean
}

export const startS3 = async ({ tls, pageSize = 500, heedsIfMatch = true }: S3Options = {}): Promise<TestS3> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-s3-'))
  const guarded = createS3rver(folder)
  const rules = createRules({ heedsIfMatch })
  // Behind what makes XML of the answer.
  guarded.middleware.splice(3, 0, rules.middleware, listInPages(guarded, pageSize))
  const serve = guarded.callback()
  const requests: string[] = []
  let canned: CannedAnswer | null = null
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? ''
    requests.push(path)
    if (canned === null || canned.to?.test(path) === false) serve(request, response)
    else answer(response, canned)
  }
  const server = tls === undefined ? createServer(respond) : createTlsServer(tls, respond)
  const sockets = watchSockets(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // Without rules, for the test itself: s3rver lets in whoever does not sign.
  const inside = createServer(createS3rver(folder).callback()).listen(0, '127.0.0.1')
  await once(inside, 'listening')
  const put = async (path: string, content: Buffer | string): Promise<void> => {
    const target = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/${path}`
    const { ok, status } = await fetch(target, {
      method: 'PUT',
      body: new Uint8Array(Buffer.from(content)),
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    })
    if (!ok) throw new Error(`PUT ${path} was answered with ${status}.`)
  }
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    createBucket: (name) => put(name, ''),
    put: (bucket, key, content) => put(`${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, content),
    lend: rules.lend,
    forbid: rules.forbid,
    limit: rules.limit,
    answer: (next) => {
      canned = next
    },
    requests,
    get connections() {
      return sockets.size
    },
    untilLeft: async () => {
      while (sockets.size > 0) await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
    stop: async () => {
      rules.end()
      for (const each of [server, inside]) {
        const closed = once(each, 'close')
        each.close()
        each.closeAllConnections()
        await closed
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answer = (response: ServerResponse, { status, code, headers = {}, body }: CannedAnswer): void => {
  const text = body ?? `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code} it is</Message></Error>`
  response.writeHead(status, { 'content-type': code === null ? 'text/html' : 'application/xml', ...headers })
  response.end(text)
}

const watchSockets = (server: Server): Set<Socket> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}
