/** A real S3 server of a test's own: a temporary folder, a free port, and answers that a test can put in its mouth. */

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TestS3 = {
  /** Such as `http://127.0.0.1:4568`; buckets are in its path. */
  url: string
  port: number
  /** Any secret is accepted with this key id, and no other key id is. */
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
}

export type CannedAnswer = {
  status: number
  /** As S3 names it, such as `SlowDown`; null: the body is no answer of S3. */
  code: string | null
  headers?: Record<string, string>
  body?: string
  /** Of its path and query; left out: every request. */
  to?: RegExp
}

type Listing = { Contents: { Key: string }[]; KeyCount: number; IsTruncated: boolean; NextContinuationToken?: string }
type Context = { query: Record<string, string | undefined>; body?: { ListBucketResult?: Listing } }
type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>
type ListOptions = { maxKeys: number; startAfter?: string }
type S3rver = {
  callback(): RequestListener
  middleware: Middleware[]
  store: { listObjects(bucket: string, options: ListOptions): Promise<{ objects: { key: string }[] }> }
}
// It has no types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: {
  directory: string
  silent: boolean
  vhostBuckets: boolean
}) => S3rver

export type S3Options = {
  /** Key and certificate; left out: not encrypted. */
  tls?: { key: string; cert: string }
  /** Objects that one answer lists at most. */
  pageSize?: number
}

export const startS3 = async ({ tls, pageSize = 500 }: S3Options = {}): Promise<TestS3> => {
  const folder = mkdtempSync(join(tmpdir(), 'aiia-test-s3-'))
  const serve = listInPages(new S3rver({ directory: folder, silent: true, vhostBuckets: false }), pageSize).callback()
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
  // Without a signature, which the server does not ask for; by another way than `respond`.
  const inside = createServer(serve).listen(0, '127.0.0.1')
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

/** Its own pages want a cipher that today's OpenSSL has no more, and are not in the order of the keys. */
const listInPages = (server: S3rver, pageSize: number): S3rver => {
  const list = server.store.listObjects.bind(server.store)
  server.store.listObjects = async (bucket, options) => {
    const { objects, ...rest } = await list(bucket, { ...options, maxKeys: Number.POSITIVE_INFINITY, startAfter: '' })
    const sorted = objects.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)))
    const start = sorted.findIndex(({ key }) => key > (options.startAfter ?? ''))
    return { ...rest, objects: start < 0 ? [] : sorted.slice(start, start + options.maxKeys), isTruncated: false }
  }
  // Behind what makes XML of the answer.
  server.middleware.splice(2, 0, async (context, next) => {
    const { 'continuation-token': token, 'max-keys': wanted = pageSize, ...query } = context.query
    const limit = Math.min(pageSize, Number(wanted))
    if (token !== undefined) query['start-after'] = Buffer.from(token, 'base64url').toString()
    if (query['list-type'] === '2') context.query = { ...query, 'max-keys': String(limit + 1) }
    await next()
    const listing = context.body?.ListBucketResult
    if (listing === undefined || listing.Contents.length <= limit) return
    listing.Contents.length = limit
    listing.KeyCount = limit
    listing.IsTruncated = true
    listing.NextContinuationToken = Buffer.from(listing.Contents.at(-1)?.Key ?? '').toString('base64url')
  })
  return server
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
