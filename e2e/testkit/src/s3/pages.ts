/** Listings in pages: s3rver's own want a cipher that today's OpenSSL has no more, and are not in the order of the keys. */

import type { Middleware, S3rver } from './s3rver.ts'

type Listing = { Contents: { Key: string }[]; KeyCount: number; IsTruncated: boolean; NextContinuationToken?: string }

/** @param pageSize objects that one answer lists at most */
export const listInPages = (server: S3rver, pageSize: number): Middleware => {
  const list = server.store.listObjects.bind(server.store)
  server.store.listObjects = async (bucket, options) => {
    const { objects, ...rest } = await list(bucket, { ...options, maxKeys: Number.POSITIVE_INFINITY, startAfter: '' })
    const sorted = objects.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)))
    const start = sorted.findIndex(({ key }) => key > (options.startAfter ?? ''))
    return { ...rest, objects: start < 0 ? [] : sorted.slice(start, start + options.maxKeys), isTruncated: false }
  }
  return async (context, next) => {
    const { 'continuation-token': token, 'max-keys': wanted = pageSize, ...query } = context.query
    const limit = Math.min(pageSize, Number(wanted))
    if (token !== undefined) query['start-after'] = Buffer.from(token, 'base64url').toString()
    if (query['list-type'] === '2') context.query = { ...query, 'max-keys': String(limit + 1) }
    await next()
    const listing = (context.body as { ListBucketResult?: Listing } | undefined)?.ListBucketResult
    if (listing === undefined || listing.Contents.length <= limit) return
    listing.Contents.length = limit
    listing.KeyCount = limit
    listing.IsTruncated = true
    listing.NextContinuationToken = Buffer.from(listing.Contents.at(-1)?.Key ?? '').toString('base64url')
  }
}
