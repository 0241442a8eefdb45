/** Requests on kept connections, to addresses that the worker may reach; bodies arrive decoded, failures in the terms of the catalogue. */

import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import type { SourceAccess } from '@aiia/core/sync/source'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { checkedLookup, checkLiteral } from './checked-lookup.ts'
import { type HttpHeaders, isUnanswered, peerOf, type RequestContext, toTransportError } from './http-errors.ts'

export type HttpAccess = Pick<SourceAccess, 'targets' | 'connectTimeoutMs' | 'signal'>
/** @property ca PEM text that is trusted instead of the system's authorities */
export type TlsOptions = { ca?: string | undefined; verify?: boolean | undefined }

export type HttpRequest = { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string }
/** The body must be read or destroyed. */
export type HttpResponse = { status: number; headers: HttpHeaders; body: Readable }

export type HttpTransport = {
  /** One request, whatever it is answered. @throws SyncError; the reason of the session's signal once that was aborted */
  send(url: URL, request: HttpRequest): Promise<HttpResponse>
  close(): Promise<void>
}

/** A raw `deflate` cannot be told from one with a header, so it is not asked for; it is read all the same. */
const acceptedEncodings = 'gzip, br'
const pieceSize = 65_536

export const createHttpTransport = (
  access: HttpAccess,
  { tls, idleTimeoutMs, context }: { tls: TlsOptions; idleTimeoutMs: number; context: (url: URL) => RequestContext },
): HttpTransport => {
  const { signal } = access
  const connecting = new Set<AbortController>()
  const agent = createAgent(access, { tls, idleTimeoutMs, connecting })
  const stop = (): void => {
    for (const attempt of connecting) attempt.abort()
    void agent.destroy()
  }
  signal.addEventListener('abort', stop, { once: true })
  const translate = (url: URL, error: unknown): unknown => (signal.aborted ? signal.reason : toTransportError(error, context(url)))
  const request = (url: URL, { method, headers, body }: HttpRequest): Promise<Dispatcher.ResponseData> =>
    agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      headers: { 'accept-encoding': acceptedEncodings, 'user-agent': 'AIIA-Data-Refresh', ...headers },
      body: body ?? null,
      signal,
    })
  return {
    send: async (url, wanted) => {
      signal.throwIfAborted()
      try {
        const { statusCode, headers, body } = await insistently(() => request(url, wanted), signal)
        return { status: statusCode, headers, body: decoded(body, headers, (error) => translate(url, error)) }
      } catch (error) {
        throw translate(url, error)
      }
    },
    close: async () => {
      signal.removeEventListener('abort', stop)
      // Ends the sockets at once; that a socket is gone is not always told when it was aborted before.
      stop()
    },
  }
}

/** How often it is tried again: the connections that are kept at a time are not more. */
const mostRetries = 2

/** A kept connection may be closed by the server just when it is used again. */
const insistently = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || retries === mostRetries || !isUnanswered(error)) throw error
    }
  }
}

type AgentOptions = {
  tls: TlsOptions
  idleTimeoutMs: number /** Attempts under way, so that they can be ended. */
  connecting: Set<AbortController>
}

const createAgent = ({ targets, connectTimeoutMs }: HttpAccess, { tls, idleTimeoutMs, connecting }: AgentOptions): Agent => {
  const { ca, verify = true } = tls
  const connect: buildConnector.connector = (options, callback) => {
    const peer = peerOf(new URL(`${options.protocol}//${options.host ?? options.hostname}`))
    checkLiteral(targets, peer)
    // A socket never lets go of its signal, so it gets one of its own.
    const attempt = new AbortController()
    connecting.add(attempt)
    const open = buildConnector({
      timeout: connectTimeoutMs,
      lookup: checkedLookup(targets, peer.port),
      signal: attempt.signal,
      rejectUnauthorized: verify,
      // An address that is slow must not be given up for another one too soon.
      autoSelectFamilyAttemptTimeout: Math.max(250, connectTimeoutMs / 4),
      ...(ca === undefined ? {} : { ca }),
    })
    open(options, (...result) => {
      connecting.delete(attempt)
      callback(...result)
    })
  }
  return new Agent({ connect, headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs })
}

/** The body as it was before it was packed, with failures that are translated. Destroying it ends the request. */
const decoded = (body: Readable, headers: HttpHeaders, translate: (error: Error) => unknown): Readable => {
  const encodings = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  const last = new PassThrough({ destroy: (error, callback) => callback(error === null ? null : (translate(error) as Error)) })
  pipeline([body, ...encodings.toReversed().map(decoderOf), last], () => {})
  return last
}

/** gzip and deflate tell themselves apart; anything else is found not to be either. */
const decoderOf = (encoding: string): Transform =>
  encoding === 'br' ? createBrotliDecompress({ chunkSize: pieceSize }) : createUnzip({ chunkSize: pieceSize })
