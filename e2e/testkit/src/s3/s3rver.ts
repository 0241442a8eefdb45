/** What the tests use of s3rver, which has no types: the server with its middleware, and its own errors. */

import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Koa's, as far as it is used. */
export type Context = {
  method: string
  /** As it was sent, still encoded. */
  path: string
  query: Record<string, string | undefined>
  headers: Record<string, string | undefined>
  params: { bucket?: string; key?: string }
  state: { account?: object }
  status: number
  type: string
  body?: unknown
  /** Of the request; empty: none. */
  get(header: string): string
  /** Of the answer. */
  set(header: string, value: string): void
  response: { get(header: string): string }
}
export type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>

type ListOptions = { maxKeys: number; startAfter?: string }
export type S3rver = {
  callback(): RequestListener
  middleware: Middleware[]
  store: { listObjects(bucket: string, options: ListOptions): Promise<{ objects: { key: string }[] }> }
}

const Server = require('@20minutes/s3rver') as new (options: { directory: string; silent: boolean; vhostBuckets: boolean }) => S3rver

export const createS3rver = (directory: string): S3rver => {
  const server = new Server({ directory, silent: true, vhostBuckets: false })
  // In front of what makes XML of the answer.
  server.middleware.splice(1, 0, unescapeOnce)
  return server
}

/** It escapes the texts of its answers twice. */
const unescapeOnce: Middleware = async (context, next) => {
  await next()
  if (typeof context.body === 'string') context.body = context.body.replaceAll(/&amp;(\w+|#\w+);/g, '&$1;')
}

/** An answer of the server's, with the status that S3 documents for its code. */
export type S3Error = Error & { status: number; toXML(): string }
export const S3Error = require('@20minutes/s3rver/lib/models/error') as new (code: string, message: string, detail?: object) => S3Error

/** Verifies the signature of a request. @throws S3Error InvalidAccessKeyId, SignatureDoesNotMatch */
export const authenticate = (require('@20minutes/s3rver/lib/middleware/authentication') as () => Middleware)()

type Account = { createKeyPair(accessKeyId: string, secretAccessKey: string): void; revokeAccessKey(accessKeyId: string): void }

/** The one that every server has: `S3RVER`, with the secret `S3RVER`. */
export const { DUMMY_ACCOUNT: account } = require('@20minutes/s3rver/lib/models/account') as { DUMMY_ACCOUNT: Account }
