/** The objects below a prefix of a bucket, as files. */

import { Readable } from 'node:stream'
import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { withTimeout } from '@aiia/kit/with-timeout'
import { GetObjectCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3'
import type { FileStore, StoredFile } from '../files/file-store.ts'
import { createClient, patienceOf } from './client.ts'
import { addressOf, peerOf, rootOf, type S3Settings, settingsSchema } from './config.ts'
import { changed, toS3Error } from './errors.ts'
import { objectStream } from './object-stream.ts'

/**
 * Signs in by listing what is to be read; the connect timeout covers it, the name's lookup included.
 *
 * @throws SyncError; the reason of `access.signal` when that was aborted
 */
export const openStore = async (access: SourceAccess): Promise<FileStore> => {
  const settings = settingsSchema.parse(access.settings)
  const { connectTimeoutMs, log, signal } = access
  log('INFO', `Connecting to ${addressOf(settings)}...`)
  const started = performance.now()
  const client = createClient(access, settings)
  const bucket: Bucket = { client, settings, signal, patienceMs: patienceOf(access) }
  try {
    await listPage(bucket, { prefix: rootOf(settings), most: 1 }, withTimeout(signal, connectTimeoutMs))
  } catch (error) {
    client.destroy()
    signal.throwIfAborted()
    throw toS3Error(error, { settings, patienceMs: connectTimeoutMs, what: whole(settings), place: { step: 'CONNECT' } })
  }
  log('INFO', `Connected in ${Math.round(performance.now() - started)} ms.`)
  return {
    list: (prefix) => list(bucket, prefix),
    open: (file, range) => openObject(bucket, file, range),
    close: async () => client.destroy(),
  }
}

type Bucket = { client: S3Client; settings: S3Settings; signal: AbortSignal; patienceMs: number }

const whole = ({ bucket }: S3Settings): string => `the bucket "${bucket}"`

type Page = { prefix: string; most?: number; token?: string | undefined }

const listPage = async ({ client, settings }: Bucket, { prefix, most, token }: Page, signal: AbortSignal) => {
  const page = await client.send(
    new ListObjectsV2Command({
      Bucket: settings.bucket,
      Prefix: prefix,
      ...(most !== undefined && { MaxKeys: most }),
      ...(token !== undefined && { ContinuationToken: token }),
    }),
    { abortSignal: signal },
  )
  if (!isListing(page)) {
    const { host, port } = peerOf(settings)
    throw new SyncError('PROTOCOL_ERROR', `${host}:${port} does not answer as S3 does: the listing of ${whole(settings)} is none.`)
  }
  return page
}

/** Any web page would do as one of no objects. */
const isListing = ({ Name, IsTruncated, NextContinuationToken }: ListObjectsV2CommandOutput): boolean =>
  Name !== undefined && (IsTruncated !== true || NextContinuationToken !== undefined)

async function* list(bucket: Bucket, prefix: string): AsyncGenerator<StoredFile> {
  const { settings, signal, patienceMs } = bucket
  const root = rootOf(settings)
  let token: string | undefined
  do {
    const { Contents = [], NextContinuationToken } = await listPage(bucket, { prefix: root + prefix, token }, signal).catch((error) => {
      signal.throwIfAborted()
      throw toS3Error(error, { settings, patienceMs, what: whole(settings) })
    })
    for (const { Key = '', Size = 0, ETag, LastModified } of Contents) {
      const path = Key.slice(root.length)
      if (isFile(path)) yield { path, size: Size, version: ETag ?? LastModified?.toISOString() ?? '', modifiedAt: LastModified ?? null }
    }
    token = NextContinuationToken
  } while (token !== undefined)
}

/** Consoles make empty objects of folders; a key with `..` could be taken for another one on its way. */
const isFile = (path: string): boolean => path !== '' && !path.endsWith('/') && !/(^|\/)\.{1,2}(\/|$)/.test(path)

const openObject = async (bucket: Bucket, file: StoredFile, range?: { from: number; to: number }): Promise<Readable> => {
  const { client, settings, signal, patienceMs } = bucket
  const key = rootOf(settings) + file.path
  const what = `s3://${settings.bucket}/${key}`
  if (!isFile(file.path)) throw new SyncError('INVALID_FILE', `"${file.path}" is no file in ${whole(settings)}.`)
  const { from, to } = range ?? { from: 0, to: file.size }
  if (to <= from) return Readable.from([])
  const translate = (error: unknown): Error => (signal.aborted ? reasonOf(signal) : toS3Error(error, { settings, patienceMs, what }))
  const isTagged = file.version.startsWith('"')
  try {
    const { Body, ETag, ContentLength } = await client.send(
      new GetObjectCommand({
        Bucket: settings.bucket,
        Key: key,
        ...(range !== undefined && { Range: `bytes=${from}-${to - 1}` }),
        ...(isTagged && { IfMatch: file.version }),
      }),
      { abortSignal: signal },
    )
    const body = Body as Readable
    // Not every server heeds IfMatch.
    if ((isTagged && ETag !== file.version) || ContentLength !== to - from) {
      body.destroy()
      throw changed(what)
    }
    return objectStream(body, { length: to - from, patienceMs, translate })
  } catch (error) {
    throw translate(error)
  }
}

const reasonOf = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)))
