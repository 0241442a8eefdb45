/** Puts credentials into requests. */

import type { RequestContext } from './http-errors.ts'
import type { HttpTransport } from './http-transport.ts'
import { createTokenSource } from './oauth2.ts'

export type HttpAuthentication =
  | { kind: 'none' }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'bearer'; token: string }
  | { kind: 'api-key'; name: string; value: string; in: 'header' | 'query' }
  | { kind: 'oauth2-client-credentials'; tokenUrl: string; clientId: string; clientSecret: string; scope?: string | undefined }

type Authorizer = {
  /** @param renew the ones of before were refused, and others are wanted where there can be any */
  authorize(url: URL, headers: Record<string, string>, renew: boolean): Promise<{ url: URL; headers: Record<string, string> }>
  /** New credentials can be had after the first were refused. */
  readonly renews: boolean
}

export const createAuthorizer = (
  authentication: HttpAuthentication,
  transport: HttpTransport,
  context: (url: URL) => RequestContext,
  keepSecret: (text: string) => void,
): Authorizer => {
  const always = (added: Record<string, string>): Authorizer => ({
    renews: false,
    authorize: async (url, headers) => ({ url, headers: { ...headers, ...added } }),
  })
  switch (authentication.kind) {
    case 'none':
      return always({})
    case 'basic':
      return always({ authorization: basic(authentication.user, authentication.password) })
    case 'bearer':
      return always({ authorization: `Bearer ${authentication.token}` })
    case 'api-key': {
      const { name, value, in: place } = authentication
      if (place === 'header') return always({ [name.toLowerCase()]: value })
      return {
        renews: false,
        authorize: async (url, headers) => {
          const keyed = new URL(url)
          keyed.searchParams.set(name, value)
          return { url: keyed, headers }
        },
      }
    }
    case 'oauth2-client-credentials': {
      const tokens = createTokenSource(transport, authentication, context)
      return {
        renews: true,
        authorize: async (url, headers, renew) => {
          if (renew) tokens.forget()
          const token = await tokens.token()
          keepSecret(token)
          return { url, headers: { ...headers, authorization: `Bearer ${token}` } }
        },
      }
    }
    default:
      return authentication satisfies never
  }
}

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** What no message may hold. */
export const secretsOf = (authentication: HttpAuthentication): string[] => {
  switch (authentication.kind) {
    case 'none':
      return []
    case 'basic':
      return [authentication.password, basic(authentication.user, authentication.password).slice('Basic '.length)]
    case 'bearer':
      return [authentication.token]
    case 'api-key':
      return [authentication.value]
    case 'oauth2-client-credentials':
      return [authentication.clientSecret]
    default:
      return authentication satisfies never
  }
}
