/** The API that a connector reads: its address, and requests to it. */

import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { createHttpClient, type HttpAuthentication, type HttpResponse } from '../network/http-client.ts'
import { printUrl } from '../network/http-errors.ts'
import { credentialsSchema, type HttpSettings, headersOf, settingsSchema } from './config.ts'

export type Api = {
  settings: HttpSettings
  /** @param path below the base address, with or without a query */
  urlOf(path: string, query?: Readonly<Record<string, string | number | boolean>>): URL
  get(url: URL): Promise<HttpResponse>
  /** As messages may show it. */
  print(url: URL): string
  close(): Promise<void>
}

export const createApi = (access: SourceAccess): Api => {
  const settings = settingsSchema.parse(access.settings)
  const authentication = authenticationOf(settings, access.credentials)
  const http = createHttpClient(access, { authentication, tls: { ca: settings.ca }, what: 'The API' })
  const headers = headersOf(settings.headers ?? '')
  const base = settings.baseUrl.replace(/\/+$/, '')
  return {
    settings,
    urlOf: (path, query = {}) => {
      const url = new URL(path === '' ? base : /^[?]/.test(path) ? `${base}${path}` : `${base}/${path.replace(/^\/+/, '')}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
      return url
    },
    get: (url) => http.get(url, { headers }),
    print: (url) => printUrl(url, authentication.kind === 'api-key' ? [authentication.value] : []),
    close: () => http.close(),
  }
}

const authenticationOf = ({ authentication, baseUrl }: HttpSettings, credentials: unknown): HttpAuthentication => {
  const { kind, user = '', keyName = '', keyIn, tokenUrl = '', clientId = '', scope } = authentication
  const { password, token, apiKey, clientSecret } = credentialsSchema.parse(credentials ?? {})
  const demanded = (what: string, value: string | undefined): string => {
    if (value !== undefined && value !== '') return value
    throw new SyncError('INVALID_CREDENTIALS', `The connector signs in at ${baseUrl} with ${what}, and has none among its credentials.`, {
      place: { step: 'CONNECT' },
    })
  }
  switch (kind) {
    case 'none':
      return { kind }
    case 'basic':
      return { kind, user, password: password ?? '' }
    case 'bearer':
      return { kind, token: demanded('a token', token) }
    case 'api-key':
      return { kind, name: keyName, value: demanded('an API key', apiKey), in: keyIn }
    case 'oauth2-client-credentials':
      return { kind, tokenUrl, clientId, clientSecret: demanded('a client secret', clientSecret), scope }
    default:
      return kind satisfies never
  }
}
