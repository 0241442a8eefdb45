/** The service that a connector reads: its address, its metadata, and requests to it. */

import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { textOf } from '../network/body-text.ts'
import { createHttpClient, type HttpAuthentication, type HttpResponse } from '../network/http-client.ts'
import { credentialsSchema, type ODataSettings, settingsSchema } from './config.ts'
import { type Dialect, dialects } from './dialect.ts'
import { type ODataVersion, parseMetadata, type ServiceMetadata } from './metadata.ts'

/** Query options in the order in which they are sent; null: left out. */
export type QueryOptions = Readonly<Record<string, string | number | null>>

export type ODataService = {
  settings: ODataSettings
  metadata: ServiceMetadata
  version: ODataVersion
  dialect: Dialect
  /** Milliseconds from the first packet to the metadata. */
  latencyMs: number
  /** @param path below the service's root */
  urlOf(path: string, options: QueryOptions): URL
  /** Where a link of the answer to `from` leads. @throws SyncError PROTOCOL_ERROR where that is not this service */
  follow(link: string, from: URL): URL
  /** JSON, in pages of the size that is set where the service can tell them apart. */
  get(url: URL): Promise<HttpResponse>
  close(): Promise<void>
}

/** Larger metadata is that of no service. */
const longestMetadata = 128 * 1_048_576

/** Reads the metadata, which tells that it is there, lets us in and what it speaks. */
export const openService = async (access: SourceAccess): Promise<ODataService> => {
  const settings = settingsSchema.parse(access.settings)
  const http = createHttpClient(access, {
    authentication: authenticationOf(settings, access.credentials),
    tls: { ca: settings.ca },
    what: 'The OData service',
  })
  const urlOf = createUrls(settings)
  access.log('INFO', `Connecting to ${settings.serviceUrl}...`)
  const started = performance.now()
  try {
    const metadata = await readMetadata(() => http.get(urlOf('$metadata', {}), { headers: { accept: 'application/xml' } }), settings)
    const latencyMs = Math.round(performance.now() - started)
    const version = settings.version === 'auto' ? metadata.version : settings.version
    access.log('INFO', `Connected in ${latencyMs} ms: OData ${version}, ${metadata.entitySets.size} entity sets.`)
    const dialect = dialects[version]
    const headers = dialect.headers(settings.pageSize)
    return {
      settings,
      metadata,
      version,
      dialect,
      latencyMs,
      urlOf,
      follow: (link, from) => follow(link, from, settings),
      get: (url) => http.get(url, { headers }),
      close: () => http.close(),
    }
  } catch (error) {
    await http.close()
    throw error
  }
}

const authenticationOf = ({ authentication }: ODataSettings, credentials: unknown): HttpAuthentication => {
  const { kind, user = '', tokenUrl = '', clientId = '', scope } = authentication
  const { password = '', token = '', clientSecret = '' } = credentialsSchema.parse(credentials ?? {})
  switch (kind) {
    case 'none':
      return { kind }
    case 'basic':
      return { kind, user, password }
    case 'bearer':
      return { kind, token }
    case 'oauth2-client-credentials':
      return { kind, tokenUrl, clientId, clientSecret, scope }
    default:
      return kind satisfies never
  }
}

const rootOf = ({ serviceUrl }: ODataSettings): string => (serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`)

const sapOptions = ({ sapClient, language }: ODataSettings): QueryOptions => ({
  'sap-client': sapClient ?? null,
  'sap-language': language ?? null,
})

/** Encoded as all servers read it: a space is %20, and the $ of an option stays. */
const createUrls =
  (settings: ODataSettings): ODataService['urlOf'] =>
  (path, options) => {
    const sent = Object.entries({ ...options, ...sapOptions(settings) }).flatMap(([name, value]) =>
      value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    return new URL(`${rootOf(settings)}${path}${sent.length === 0 ? '' : `?${sent.join('&')}`}`)
  }

const follow = (link: string, from: URL, settings: ODataSettings): URL => {
  const { origin, host } = new URL(settings.serviceUrl)
  const failed = (message: string) => new SyncError('PROTOCOL_ERROR', `The OData service at ${host} ${message}`)
  if (!URL.canParse(link, from.href)) throw failed('links to its next page by something that is no address.')
  const named = new URL(link, from)
  if (named.origin !== origin && !settings.rewriteLinks)
    throw failed(
      `links to its next page at ${named.origin}, which is another place than ${origin}. Where both are the same service behind a proxy, switch on "Rewrite links" in the connector settings.`,
    )
  const next = new URL(`${origin}${named.pathname}${named.search}`)
  for (const [name, value] of Object.entries(sapOptions(settings))) {
    if (value !== null && !next.searchParams.has(name)) next.search += `${next.search === '' ? '?' : '&'}${name}=${value}`
  }
  return next
}

const readMetadata = async (get: () => Promise<HttpResponse>, { serviceUrl }: ODataSettings): Promise<ServiceMetadata> => {
  const failed = (message: string, cause?: unknown) => new SyncError('PROTOCOL_ERROR', message, { cause })
  const { body } = await get().catch((error: unknown) => {
    const isNoService = error instanceof SyncError && error.code === 'INVALID_QUERY'
    throw isNoService ? failed(`${error.message} Correct the service address: it is the one to which $metadata is added.`, error) : error
  })
  const text = await textOf(body, longestMetadata)
  const metadata = parseMetadata(text)
  if (metadata !== null) return metadata
  const page = /<html/i.test(text.slice(0, 1_000)) ? ' It answers with a web page, as one to sign in would be.' : ''
  throw failed(`${serviceUrl} does not answer with the metadata of an OData service.${page}`)
}
