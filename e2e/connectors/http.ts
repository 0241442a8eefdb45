/** The kind `http` under the contract suite: an API of pages, behind a sign-in. */

import { answer, demandBasic, type Handler, startRestServer } from '@aiia/testkit/rest-server'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { type KindUnderTest, type StreamSource, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { rowCodes } from './row-failures.ts'
import { declared, jsonTypeColumns, jsonTypeRecords } from './text-types.ts'
import { troubleOn } from './trouble.ts'
import { jsonRecordsOf } from './written-rows.ts'

const pageSize = 500

/** As texts, so that numbers stay as they are written. */
const pages =
  (records: readonly string[]): Handler =>
  (request, response, url) => {
    const from = Number(url.searchParams.get('offset')) || 0
    return answer(`{"data":[${records.slice(from, from + pageSize).join(',')}]}`)(request, response, url)
  }

const streamAt = (name: string): StreamSource => ({
  path: `/${name}`,
  records: 'data',
  pagination: { style: 'offset', sizeParam: 'limit', size: pageSize },
})

/** By their paths; to wait for longer than a few seconds is left to the next attempt. */
const refusals: Readonly<Record<string, Handler>> = {
  forbidden: answer({ message: 'Of others.' }, { status: 403 }),
  page: answer('<html>Please sign in</html>', { headers: { 'content-type': 'text/html' } }),
  closed: answer({ message: 'In maintenance.' }, { status: 503 }),
  busy: answer({ message: 'Too often.' }, { status: 429, headers: { 'retry-after': '60' } }),
}

export const http: KindUnderTest = {
  kind: 'http',
  codes: [...networkCodes, 'RATE_LIMITED', 'INVALID_QUERY', ...rowCodes],
  start: async (datasets) => {
    const server = await startRestServer()
    const serve = (name: string, records: readonly string[]) =>
      server.serve(`/${name}`, demandBasic('reader', 'reader-password', pages(records)))
    for (const [name, dataset] of Object.entries(datasets)) serve(name, jsonRecordsOf(dataset))
    serve('types', jsonTypeRecords(jsonTypeColumns))
    for (const [name, handler] of Object.entries(refusals)) server.serve(`/${name}`, demandBasic('reader', 'reader-password', handler))
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startSftp()])
    const addressAt = (host: string, scheme = 'http') => ({ baseUrl: `${scheme}://${host}:${way.port}` })
    const network = networkFailures({ way, settingsAt: addressAt, stranger: stranger.port, large: streamAt('large') })
    return {
      settings: { ...addressAt('127.0.0.1'), authentication: { kind: 'basic', user: 'reader' } },
      credentials: { password: 'reader-password' },
      streamOf: (name) => ({
        ...streamAt(name),
        // Without records nothing tells of columns.
        ...(name === 'empty' && { columns: emptyColumns }),
      }),
      types: [{ stream: { ...streamAt('types'), columns: declared(jsonTypeColumns) }, columns: jsonTypeColumns }],
      change: async (name, later) => serve(name, jsonRecordsOf(later)),
      retyped: 'ROWS_REJECTED',
      failures: {
        ...network,
        TLS_FAILED: [{ by: 'a server without TLS', settings: addressAt('127.0.0.1', 'https'), names: `127.0.0.1:${way.port}` }],
        INVALID_CREDENTIALS: [{ by: 'HTTP 401', credentials: { password: wrongSecret }, names: '/happy' }],
        PERMISSION_DENIED: [{ by: 'HTTP 403', stream: streamAt('forbidden'), names: 'Of others.' }],
        PROTOCOL_ERROR: [...network.PROTOCOL_ERROR, { by: 'a web page', stream: streamAt('page'), names: '/page' }],
        SOURCE_UNAVAILABLE: [{ by: 'HTTP 503', stream: streamAt('closed'), names: 'In maintenance.' }],
        RATE_LIMITED: [{ by: 'HTTP 429', stream: streamAt('busy'), names: 'Too often.' }],
        INVALID_QUERY: [{ by: 'HTTP 404', stream: streamAt('nowhere'), names: '/nowhere' }],
      },
      trouble: troubleOn(way, server.port, { asks: true }),
      untilLeft: () => way.untilLeft(),
      stop: async () => {
        await way.stop()
        await stranger.stop()
        await server.stop()
      },
    }
  },
}

const emptyColumns = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'numeric(15,2)' },
  { name: 'moment', type: 'timestamp with time zone' },
]
