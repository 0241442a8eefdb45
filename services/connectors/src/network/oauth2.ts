/** Access tokens of OAuth 2.0 client credentials (RFC 6749, 4.4), kept until shortly before they end. */

import { SyncError } from '@aiia/core/failures/failure'
import { textOf } from './body-text.ts'
import { formEncoded, type RequestContext, toStatusError } from './http-errors.ts'
import type { HttpResponse, HttpTransport } from './http-transport.ts'

type ClientCredentials = { tokenUrl: string; clientId: string; clientSecret: string; scope?: string | undefined }

type TokenSource = {
  /** The one that is kept, or a new one. */
  token(): Promise<string>
  /** It was refused: the next one is another. */
  forget(): void
}

/** A token that ends within this is no longer used. */
const marginMs = 60_000
const longestAnswer = 65_536

type Token = { text: string; endsAt: number }

export const createTokenSource = (
  transport: HttpTransport,
  credentials: ClientCredentials,
  context: (url: URL) => RequestContext,
): TokenSource => {
  let kept: Promise<Token> | null = null
  const fresh = (): Promise<Token> => {
    const asked = requestToken(transport, credentials, context)
    kept = asked
    asked.catch(() => {
      if (kept === asked) kept = null
    })
    return asked
  }
  return {
    token: async () => {
      const before = kept
      if (before !== null) {
        const token = await before
        if (Date.now() < token.endsAt) return token.text
        if (kept === before) kept = null
      }
      return (await (kept ?? fresh())).text
    },
    forget: () => {
      kept = null
    },
  }
}

const requestToken = async (
  transport: HttpTransport,
  { tokenUrl, clientId, clientSecret, scope }: ClientCredentials,
  context: (url: URL) => RequestContext,
): Promise<Token> => {
  const url = new URL(tokenUrl)
  const grant = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }
  const ask = (form: Record<string, string>, headers: Record<string, string>): Promise<HttpResponse> =>
    transport.send(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    })
  const asked = Date.now()
  // As in a form: RFC 6749, 2.3.1.
  const pair = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')
  let response = await ask(grant, { authorization: `Basic ${pair}` })
  let text = await textOf(response.body, longestAnswer)
  if (response.status === 400 || response.status === 401) {
    // Servers must know the header, but some know only the form.
    response = await ask({ ...grant, client_id: clientId, client_secret: clientSecret }, {})
    text = await textOf(response.body, longestAnswer)
  }
  const { status, headers } = response
  if (status === 200) return readToken(text, asked, url)
  const refused = toStatusError({ status, headers, text }, { ...context(url), what: 'The token endpoint', method: 'POST' })
  // It says 400 as well.
  throw status === 400 ? new SyncError('INVALID_CREDENTIALS', refused.message, { cause: refused }) : refused
}

const readToken = (text: string, asked: number, url: URL): Token => {
  const failed = (what: string) => new SyncError('PROTOCOL_ERROR', `The token endpoint ${url.origin}${url.pathname} ${what}.`)
  let answer: { access_token?: unknown; token_type?: unknown; expires_in?: unknown }
  try {
    answer = JSON.parse(text) as typeof answer
  } catch {
    throw failed('did not answer with JSON')
  }
  const { access_token: token, token_type: type, expires_in: seconds } = answer
  if (typeof token !== 'string' || token === '') throw failed('gave no access_token')
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') throw failed(`gave a token of the type "${type}" instead of "Bearer"`)
  const lifeMs = Number(seconds) * 1_000
  if (!(lifeMs > 0)) return { text: token, endsAt: Infinity }
  return { text: token, endsAt: asked + Math.max(lifeMs - marginMs, lifeMs / 2) }
}
