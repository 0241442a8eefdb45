/** The kind `odata` under the contract suite, on SAP's CAP. */

import { startOData } from '@aiia/testkit/odata'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { changed, type Dataset, type PlainType } from './datasets.ts'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { rowCodes } from './row-failures.ts'
import { troubleOn } from './trouble.ts'
import { csvOf, jsonRecordsOf } from './written-rows.ts'

const typeNames: Readonly<Record<PlainType, string>> = {
  integer: 'Integer',
  text: 'LargeString',
  amount: 'Decimal(15,2)',
  moment: 'Timestamp',
}

/** Declared as, given as JSON, type of the destination, and printed there. */
const types: readonly (readonly [declared: string, value: unknown, type: string, text: string])[] = [
  ['Int16', -32_768, 'smallint', '-32768'],
  ['UInt8', 255, 'smallint', '255'],
  ['Int32', 2_147_483_647, 'integer', '2147483647'],
  ['Int64', '-9223372036854775808', 'bigint', '-9223372036854775808'],
  ['Decimal(15,2)', '-9999999999999.99', 'numeric(15,2)', '-9999999999999.99'],
  ['Decimal', '0.125', 'numeric', '0.125'],
  ['Double', -1.5e300, 'double precision', '-1.5e+300'],
  ['Boolean', true, 'boolean', 'true'],
  ['Date', '9999-12-31', 'date', '9999-12-31'],
  ['Time', '23:59:59', 'time without time zone', '23:59:59'],
  ['DateTime', '2026-11-24T10:35:00Z', 'timestamp with time zone', '2026-11-24 10:35:00+00'],
  ['Timestamp', '2026-10-25T01:30:00.001Z', 'timestamp(6) with time zone', '2026-10-25 01:30:00.001+00'],
  ['UUID', '123e4567-e89b-12d3-a456-426614174000', 'uuid', '123e4567-e89b-12d3-a456-426614174000'],
  ['String(100)', 'tab\tline\nback\\slash "quote"', 'text', 'tab\tline\nback\\slash "quote"'],
  ['LargeString', 'äöü 😀', 'text', 'äöü 😀'],
  ['Binary(100)', Buffer.from([0, 255, 0]).toString('base64'), 'bytea', '\\x00ff00'],
  ['many String', ['a', 'b "c"'], 'jsonb', '["a", "b \\"c\\""]'],
  ['many Integer', [1, 2], 'jsonb', '[1, 2]'],
]

const typeColumns = types.map(([declared, value, type, text], index) => ({
  name: `c${index}`,
  declared,
  value,
  type,
  text,
  // A collection is never null.
  ...(declared.startsWith('many ') && { empty: '[]' }),
}))

const entityOf = (name: string, elements: readonly string[]): string => `entity ${name} { key id: Integer; ${elements.join(' ')} }`

const modelOf = (datasets: Readonly<Record<string, Dataset>>): string => {
  const plain = Object.entries(datasets).map(([name, { columns }]) =>
    entityOf(
      name,
      columns.slice(1).map((column) => `${column.name}: ${typeNames[column.type]};`),
    ),
  )
  const typed = entityOf(
    'types',
    typeColumns.map(({ name, declared }) => `${name}: ${declared};`),
  )
  const refused = [entityOf('busy', []), entityOf('closed', []), `@requires: 'admin' ${entityOf('hidden', [])}`]
  return `@path: 'source' @requires: 'authenticated-user' service source { ${[...plain, typed, ...refused].join('\n')} }`
}

/** Moments as the service would write them itself. */
const inItsWords = ({ columns, rows }: Dataset): Dataset => ({
  columns,
  rows: rows.map((row) =>
    row.map((value, index) => (columns[index]?.type === 'moment' && value !== null ? new Date(value).toISOString() : value)),
  ),
})

/** Of the service, in CAP; to wait for longer than a few seconds is left to the next attempt. */
const handlers = `module.exports = (service) => {
  service.before('READ', 'closed', (request) => request.reject(503, 'In maintenance.'))
  service.before('READ', 'busy', (request) => {
    request.http.res.set('retry-after', '60')
    request.reject(429, 'Too often.')
  })
}`

const startService = (datasets: Readonly<Record<string, Dataset>>) =>
  startOData({
    model: modelOf(datasets),
    handlers,
    data: Object.fromEntries(Object.entries(datasets).map(([name, dataset]) => [name, csvOf(inItsWords(dataset))])),
  })

export const odata: KindUnderTest = {
  kind: 'odata',
  codes: [...networkCodes, 'RATE_LIMITED', 'INVALID_QUERY', ...rowCodes],
  start: async ({ unicode, ...datasets }) => {
    // A service does not change while it runs: another one takes its place.
    const nothing: Dataset = { columns: unicode.columns, rows: [] }
    const [server, later] = await Promise.all([startService({ ...datasets, unicode: nothing }), startService(changed)])
    // CSV cannot tell an empty text from none.
    await server.insert('unicode', ...jsonRecordsOf(unicode).map((record) => JSON.parse(record) as object))
    await server.insert('types', { id: 1, ...Object.fromEntries(typeColumns.map(({ name, value }) => [name, value])) }, { id: 2 })
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startSftp()])
    const serviceAt = (host: string, scheme = 'http') => ({ serviceUrl: `${scheme}://${host}:${way.port}/odata/v4/source/` })
    const network = networkFailures({ way, settingsAt: serviceAt, stranger: stranger.port, large: { entitySet: 'large' } })
    const elsewhere = { serviceUrl: `http://127.0.0.1:${way.port}/odata/v4/nowhere/` }
    return {
      settings: {
        ...serviceAt('127.0.0.1'),
        authentication: { kind: 'basic', user: server.user },
      },
      credentials: { password: server.password },
      streamOf: (entitySet) => ({ entitySet }),
      types: [{ stream: { entitySet: 'types' }, columns: typeColumns }],
      change: async () => way.leadTo(later.port),
      retyped: 'COLUMN_TYPE_CHANGED',
      failures: {
        ...network,
        TLS_FAILED: [{ by: 'a server without TLS', settings: serviceAt('127.0.0.1', 'https'), names: `127.0.0.1:${way.port}` }],
        INVALID_CREDENTIALS: [{ by: 'HTTP 401', credentials: { password: wrongSecret }, names: `127.0.0.1:${way.port}` }],
        PERMISSION_DENIED: [{ by: 'HTTP 403', stream: { entitySet: 'hidden' }, names: 'hidden' }],
        PROTOCOL_ERROR: [...network.PROTOCOL_ERROR, { by: 'an address that is no service', settings: elsewhere, names: '/nowhere/' }],
        SOURCE_UNAVAILABLE: [{ by: 'HTTP 503', stream: { entitySet: 'closed' }, names: 'In maintenance.' }],
        RATE_LIMITED: [{ by: 'HTTP 429', stream: { entitySet: 'busy' }, names: 'Too often.' }],
        INVALID_QUERY: [{ by: 'a filter that it refuses', stream: { entitySet: 'happy', filter: 'nme eq 1' }, names: '"nme"' }],
        COLUMN_MISSING: [{ by: 'an entity set that is not there', stream: { entitySet: 'nowhere' }, names: 'nowhere' }],
      },
      trouble: troubleOn(way, server.port, { asks: true }),
      untilLeft: () => way.untilLeft(),
      stop: async () => {
        await way.stop()
        await Promise.all([server.stop(), later.stop(), stranger.stop()])
      },
    }
  },
}
