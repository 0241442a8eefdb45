/** A small GraphQL client: requests over HTTP, subscriptions over one WebSocket that comes back by itself. */

import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Access } from './env.ts'

/** The platform could not be asked: unreachable, not ours, or the token is not accepted. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
}

/** The platform answered no. `code` is `extensions.code` of the GraphQL error. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type GraphQLClient = {
  request<T>(query: string, variables?: Record<string, unknown>): Promise<T>
  /** Ends when the server completes the subscription; a lost connection is taken up again. */
  subscribe<T>(query: string, variables?: Record<string, unknown>): AsyncIterableIterator<T>
  /** What the platform offers beside GraphQL, piece by piece: a file. */
  download(path: string): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

type GraphQLError = { message: string; extensions?: { code?: string; fields?: Record<string, string> } }

export const createGraphQLClient = ({ url, token }: Access): GraphQLClient => {
  const authorization = `Bearer ${token}`
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { authorization } })
      }
    },
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  })
  return {
    async request<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
      const { data, errors } = await post<T>(url, authorization, JSON.stringify({ query, variables }))
      if (errors?.[0]) throw toError(errors[0])
      if (data == null) throw new UnavailableError(`${url} answered without data.`)
      return data
    },
    async *subscribe<T>(query: string, variables: Record<string, unknown> = {}) {
      for await (const { data, errors } of socket.iterate<T>({ query, variables })) {
        if (errors?.[0]) throw toError(errors[0])
        if (data != null) yield data
      }
    },
    download: (path) => download(new URL(path, url).href, authorization),
    close: async () => socket.dispose(),
  }
}

async function* download(url: string, authorization: string): AsyncGenerator<Uint8Array> {
  const response = await ask(url, { headers: { authorization } })
  if (response.status === 401) throw notAccepted()
  if (!response.ok || response.body === null) throw new RefusedError(String(response.status), (await response.text()).trim())
  yield* response.body
}

const ask = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new UnavailableError(`${url} cannot be reached: ${cause}. Is the platform running? Give --url or set AIIA_URL.`)
  })

const notAccepted = () => new UnavailableError('The API token is not accepted: it is wrong, expired or revoked.')

const post = async <T>(url: string, authorization: string, body: string): Promise<{ data?: T; errors?: GraphQLError[] }> => {
  const response = await ask(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body })
  const text = await response.text()
  try {
    return JSON.parse(text) as { data?: T; errors?: GraphQLError[] }
  } catch {
    throw new UnavailableError(`${url} answered HTTP ${response.status} and no GraphQL. Give --url or set AIIA_URL.`)
  }
}

const toError = ({ message, extensions }: GraphQLError): Error => {
  const code = extensions?.code ?? 'INTERNAL'
  if (code === 'UNAUTHENTICATED') return notAccepted()
  const fields = Object.entries(extensions?.fields ?? {}).map(([field, problem]) => `\n  ${field}: ${problem}`)
  return new RefusedError(code, message + fields.join(''))
}
