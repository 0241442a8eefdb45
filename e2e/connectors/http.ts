/** The kind `http` under the contract suite: an API of pages, behind a sign-in. */

import { answer, demandBasic, type Handler, startRestServer } from '@aiia/testkit/rest-server'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { type KindUnderTest, type StreamSource, wrongSecret } from './kind-under-test.ts'
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

export const http: KindUnderTest = {
  kind: 'http',
  start: async (datasets) => {
    const server = await startRestServer()
    const serve = (name: string, records: readonly string[]) =>
      server.serve(`/${name}`, demandBasic('reader', 'reader-password', pages(records)))
    for (const [name, dataset] of Object.entries(datasets)) serve(name, jsonRecordsOf(dataset))
    serve('types', jsonTypeRecords(jsonTypeColumns))
    const way = await startTcpProxy(server.port)
    return {
      settings: { baseUrl: `http://127.0.0.1:${way.port}`, authentication: { kind: 'basic', user: 'reader' } },
      credentials: { password: 'reader-password' },
      streamOf: (name) => ({
        ...streamAt(name),
        // Without records nothing tells of columns.
        ...(name === 'empty' && { columns: emptyColumns }),
      }),
      types: [{ stream: { ...streamAt('types'), columns: declared(jsonTypeColumns) }, columns: jsonTypeColumns }],
      change: async (name, later) => serve(name, jsonRecordsOf(later)),
      retyped: 'ROWS_REJECTED',
      refusals: [{ credentials: { password: wrongSecret }, code: 'INVALID_CREDENTIALS', names: '/happy' }],
      trouble: troubleOn(way),
      untilLeft: () => way.untilLeft(),
      stop: async () => {
        await way.stop()
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
