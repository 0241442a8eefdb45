/** GETs an API: signs the requests, follows redirects, waits out short limits of rate, and tells what failed. */

import { setTimeout as delay } from 'node:timers/promises'
import { SyncError } from '@aiia/core/failures/failure'
import { textOf } from './body-text.ts'
import { createAuthorizer, type HttpAuthentication, secretsOf } from './http-authentication.ts'
import { printUrl, type RequestContext, toStatusError } from './http-errors.ts'
import { createHttpTransport, type HttpAccess, type HttpResponse, type TlsOptions } from './http-transport.ts'
import { retryAfterOf } from './retry-after.ts'

export type { HttpAuthentication } from './http-authentication.ts'
export type { HttpResponse } from './http-transport.ts'

export type HttpClient = {
  /**
   * GET with back-pressure. Credentials and `headers` go to the origin of the first URL that was asked for, and to no other.
   *
   * @returns an answer with a status of 2xx; its body must be read or destroyed, and fails with `SyncError`
   * @throws SyncError for every other status, with what the server said
   */
  get(url: URL, options?: { headers?: Record<string, string> }): Promise<HttpResponse>
  close(): Promise<void>
}

export type HttpClientOptions = {
  authentication: HttpAuthentication
  tls?: TlsOptions | undefined
  /** What the other side is, as the beginning of a sentence: `The API`. */
  what: string
  /** How long a server may be silent before its answer or within it: two minutes where a connection is waited for for 20 s. */
  idleTimeoutMs?: number
}

const mostRedirects = 5
const mostWaits = 3
/** A longer wait is left to the next attempt of the run. */
const longestWaitMs = 10_000
const longestErrorText = 16_384

export const createHttpClient = (
  access: HttpAccess,
  { authentication, tls = {}, what, idleTimeoutMs = 6 * access.connectTimeoutMs }: HttpClientOptions,
): HttpClient => {
  const { signal, connectTimeoutMs } = access
  const secrets = new Set(secretsOf(authentication))
  const context = (url: URL): RequestContext => ({ what, url, secrets: [...secrets], connectTimeoutMs, idleTimeoutMs })
  const transport = createHttpTransport(access, { tls, idleTimeoutMs, context })
  const authorizer = createAuthorizer(authentication, transport, context, (secret) => secrets.add(secret))
  let home: string | null = null

  /** The answer to one URL, which may be a redirect. */
  const answerOf = async (url: URL, headers: Record<string, string>): Promise<HttpResponse> => {
    const atHome = url.origin === home
    let renewed = false
    for (let [waits, renew] = [0, false]; ; ) {
      const signed = atHome ? await authorizer.authorize(url, headers, renew) : { url, headers: {} }
      const response = await transport.send(signed.url, { method: 'GET', headers: { accept: 'application/json', ...signed.headers } })
      if (response.status < 400) return response
      const text = await textOf(response.body, longestErrorText)
      if (response.status === 401 && atHome && authorizer.renews && !renewed) {
        renewed = true
        renew = true
        continue
      }
      const waitMs = waitOf(response, waits)
      if (waitMs === null) throw toStatusError({ ...response, text, atHome }, context(url))
      waits += 1
      renew = false
      await delay(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
  }

  return {
    get: async (url, { headers = {} } = {}) => {
      home ??= url.origin
      const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      let target = url
      for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
        const response = await answerOf(target, own)
        if (response.status < 300) return response
        const text = await textOf(response.body, longestErrorText)
        const next = redirectOf(response, target)
        if (next === null) throw toStatusError({ ...response, text, atHome: true }, context(target))
        target = next
      }
      throw new SyncError(
        'PROTOCOL_ERROR',
        `${what} at ${url.host} redirects more than ${mostRedirects} times, at last to ${printUrl(target, [...secrets])}.`,
      )
    },
    close: () => transport.close(),
  }
}

/** @returns null where waiting is not worth it, or was tried often enough */
const waitOf = ({ status, headers }: HttpResponse, waits: number): number | null => {
  const asked = retryAfterOf(headers)
  if (waits >= mostWaits || (status !== 429 && !(status === 503 && asked !== null))) return null
  const waitMs = asked ?? 1_000 * 2 ** waits
  return waitMs <= longestWaitMs ? waitMs : null
}

/** @returns null where the answer names no other place that can be asked */
const redirectOf = ({ status, headers }: HttpResponse, from: URL): URL | null => {
  const location = headers['location']
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string' || !URL.canParse(location, from.href)) return null
  const next = new URL(location, from)
  return /^https?:$/.test(next.protocol) ? next : null
}
