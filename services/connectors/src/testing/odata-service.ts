/** An OData service that answers as a test wants, for what no server of the tests does. */

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Since } from '@aiia/core/sync/source'
import { odataDriver } from '../odata/driver.ts'
import { extractAll } from './extract.ts'
import { accessTo, streamOf } from './source-access.ts'

type Request = { path: string; options: Record<string, string>; headers: IncomingHttpHeaders }
/** What is sent, as JSON or as it is; undefined: it answers by itself. */
export type Answer = (request: Request, response: ServerResponse) => object | string | undefined

type Service = {
  version: 'v2' | 'v4'
  /** Elements beside the key `id`, and attributes of the entity set. */
  properties?: string
  set?: string
  key?: string
  tls?: { cert: string; key: string }
}

export const createServices = () => {
  const stops: (() => void)[] = []
  /** A service with the entity set `Rows`. */
  const serve = async ({ version, properties = '', set = '', key = 'id', tls }: Service, answer: Answer) => {
    const requests: Request[] = []
    const edmx = `<edmx:Edmx Version="${version === 'v2' ? '1.0' : '4.0'}"><edmx:DataServices><Schema Namespace="s">
      <EntityType Name="Row"><Key><PropertyRef Name="${key}"/></Key><Property Name="id" Type="Edm.Int32" Nullable="false"/>${properties}</EntityType>
      <EntityContainer Name="c"><EntitySet Name="Rows" EntityType="s.Row" ${set}/></EntityContainer>
    </Schema></edmx:DataServices></edmx:Edmx>`
    const listener: RequestListener = (incoming, response) => {
      const url = new URL(incoming.url ?? '', 'http://x')
      const request = { path: url.pathname, options: Object.fromEntries(url.searchParams), headers: incoming.headers }
      requests.push(request)
      const body = url.pathname === '/s/$metadata' ? edmx : answer(request, response)
      if (body !== undefined) response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const server = (tls === undefined ? createServer(listener) : createTlsServer(tls, listener)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const origin = `${tls === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${(server.address() as AddressInfo).port}`
    /** Those that read, without the look that describes. */
    const pages = () => requests.filter(({ path, options }) => path === '/s/Rows' && options['$top'] !== '1').map(({ options }) => options)
    return { url: `${origin}/s`, origin, requests, pages }
  }
  return {
    serve,
    stop: () => {
      for (const stop of stops.splice(0)) stop()
    },
  }
}

type Changes = Parameters<typeof accessTo>[1]

/** In pages of three, without credentials. */
export const reach = (serviceUrl: string, { settings, ...changes }: Changes = {}) =>
  accessTo(serviceUrl, {
    settings: { serviceUrl, authentication: { kind: 'none' }, pageSize: 3, ...settings },
    credentials: {},
    ...changes,
  })

/** Reads the stream of `Rows`. @param only of the columns */
export const read = async (
  serviceUrl: string,
  { filter, only, since = null, ...changes }: Changes & { filter?: string; only?: string[]; since?: Since | null } = {},
) => {
  const source = await odataDriver.open(reach(serviceUrl, changes))
  try {
    const stream = streamOf({ entitySet: 'Rows', filter })
    const shape = await source.describe(stream)
    const columns = shape.columns.filter(({ name }) => only?.includes(name) ?? true)
    const { chunks, rejections } = await extractAll(source, stream, { ...shape, columns }, { since })
    return { rows: chunks.reduce((sum, chunk) => sum + chunk.rows, 0), rejections, columns }
  } finally {
    await source.close()
  }
}

export const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )
