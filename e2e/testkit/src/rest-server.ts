/** A real JSON API of a test's own: pages of every style, sign-ins, and what goes wrong with them. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>

export type TestRestServer = {
  /** Without a slash at the end. */
  url: string
  port: number
  /** Every request so far, as `GET /orders?page=2`. */
  requests: string[]
  /** What is answered at a path, from now on. */
  serve(path: string, handler: Handler): void
  /** Connections that are open. */
  connections(): Promise<number>
  stop(): Promise<void>
}

/** @param tls certificate and key, for https */
export const startRestServer = async ({ tls }: { tls?: { cert: string; key: string } } = {}): Promise<TestRestServer> => {
  const handlers = new Map<string, Handler>()
  const requests: string[] = []
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://server')
    requests.push(`${request.method} ${request.url}`)
    const handler = handlers.get(url.pathname) ?? answer({ message: `There is no ${url.pathname}.` }, { status: 404 })
    void handler(request, response, url)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    serve: (path, handler) => void handlers.set(path, handler),
    connections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** @param body sent as it is where it is text or bytes, else as JSON */
export const answer =
  (body: unknown, { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {}): Handler =>
  (_request, response) => {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(isRaw ? body : JSON.stringify(body))
  }

const numberOf = (url: URL, name: string, instead: number): number => Number(url.searchParams.get(name) ?? instead)

/** `?page=1&size=100`. @param most what is given at most, whatever is asked for */
export const pagesByNumber =
  (records: readonly unknown[], { start = 1, most = 1_000 }: { start?: number; most?: number } = {}): Handler =>
  (request, response, url) => {
    const size = Math.min(numberOf(url, 'size', most), most)
    const from = (numberOf(url, 'page', start) - start) * size
    return answer({ data: records.slice(from, from + size), total: records.length })(request, response, url)
  }

/** `?offset=0&limit=100` */
export const pagesByOffset =
  (records: readonly unknown[], { most = 1_000 }: { most?: number } = {}): Handler =>
  (request, response, url) => {
    const from = numberOf(url, 'offset', 0)
    return answer(records.slice(from, from + Math.min(numberOf(url, 'limit', most), most)))(request, response, url)
  }

/** `?cursor=…`; the next one is in `meta.next`, null behind the last. */
export const pagesByCursor =
  (records: readonly unknown[], { size }: { size: number }): Handler =>
  (request, response, url) => {
    const from = numberOf(url, 'cursor', 0)
    const next = from + size < records.length ? String(from + size) : null
    return answer({ items: records.slice(from, from + size), meta: { next, more: next !== null } })(request, response, url)
  }

/** `?after=<id of the last record>` */
export const pagesByLastId =
  (records: readonly { id: number }[], { size }: { size: number }): Handler =>
  (request, response, url) => {
    const after = numberOf(url, 'after', -1)
    const left = records.filter(({ id }) => id > after)
    return answer({ data: left.slice(0, size), has_more: left.length > size })(request, response, url)
  }

/** The next page's address is in the header Link and in `links.next`. */
export const pagesByLink =
  (records: readonly unknown[], { size, origin = '' }: { size: number; origin?: string }): Handler =>
  (request, response, url) => {
    const from = numberOf(url, 'from', 0)
    const next = from + size < records.length ? `${origin}${url.pathname}?from=${from + size}` : null
    const headers = { link: `<${url.pathname}>; rel="first"${next === null ? '' : `, <${next}>; title="more"; rel="next"`}` }
    return answer({ records: records.slice(from, from + size), links: { next } }, { headers })(request, response, url)
  }

/** Those who do not bring this header are refused. */
export const demandHeader =
  (name: string, value: string, inner: Handler): Handler =>
  (request, response, url) =>
    request.headers[name] === value
      ? inner(request, response, url)
      : answer({ error: { message: `Bad ${name}: ${String(request.headers[name])}` } }, { status: 401 })(request, response, url)

export const demandBasic = (user: string, password: string, inner: Handler): Handler =>
  demandHeader('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, inner)

export const demandParameter =
  (name: string, value: string, inner: Handler): Handler =>
  (request, response, url) =>
    url.searchParams.get(name) === value
      ? inner(request, response, url)
      : answer({ message: `No key in ${url.search}` }, { status: 401 })(request, response, url)

export type TokenEndpoint = {
  /** Issues tokens: `token-1`, `token-2`… */
  issue: Handler
  /** Takes only a token that was issued and is not revoked. */
  demand(inner: Handler): Handler
  /** What was issued is refused from now on. */
  revoke(): void
}

/** OAuth 2.0 client credentials. @param by where the client's secret is expected */
export const createTokenEndpoint = ({
  clientId,
  clientSecret,
  lifeSeconds,
  by = 'header',
}: {
  clientId: string
  clientSecret: string
  lifeSeconds?: number
  by?: 'header' | 'form'
}): TokenEndpoint => {
  let issued = 0
  const valid = new Set<string>()
  return {
    issue: async (request, response, url) => {
      const form = new URLSearchParams(await text(request))
      const known =
        by === 'header'
          ? request.headers.authorization ===
            `Basic ${Buffer.from(new URLSearchParams([[clientId, clientSecret]]).toString().replace('=', ':')).toString('base64')}`
          : form.get('client_id') === clientId && form.get('client_secret') === clientSecret
      if (!known || form.get('grant_type') !== 'client_credentials')
        return answer({ error: 'invalid_client', error_description: 'Who is that?' }, { status: 401 })(request, response, url)
      issued += 1
      const token = `token-${issued}`
      valid.add(token)
      return answer({
        access_token: token,
        token_type: 'Bearer',
        scope: form.get('scope'),
        ...(lifeSeconds !== undefined && { expires_in: lifeSeconds }),
      })(request, response, url)
    },
    demand: (inner) => (request, response, url) =>
      valid.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))
        ? inner(request, response, url)
        : answer({ message: 'The token is not valid.' }, { status: 401 })(request, response, url),
    revoke: () => valid.clear(),
  }
}

/** Another answer so many times, then the real one. */
export const atFirst = (times: number, first: Handler, then: Handler): Handler => {
  let left = times
  return (request, response, url) => {
    left -= 1
    return left >= 0 ? first(request, response, url) : then(request, response, url)
  }
}

export const redirectTo = (location: string, status = 302): Handler => answer('', { status, headers: { location } })

/** Announces all of the body, sends a part and cuts the connection. */
export const cutAfter =
  (bytes: number, body: string | Buffer, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers })
    response.write(Buffer.from(body).subarray(0, bytes), () => response.socket?.destroy())
  }

/** As `cutAfter`, with a body of chunks whose end is missing. */
export const cutChunked =
  (bytes: number, body: string): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(Buffer.from(body).subarray(0, bytes), () => response.socket?.destroy())
  }

/** Sends the beginning of a body and nothing more. */
export const fallSilent =
  (beginning: string): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(beginning)
  }
