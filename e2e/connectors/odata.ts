/** The kind `odata` under the contract suite, on SAP's CAP. */

import { startOData } from '@aiia/testkit/odata'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { changed, type Dataset, type PlainType } from './datasets.ts'
import { type KindUnderTest, wrongSecret } from './kind-under-test.ts'
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
  return `@path: 'source' @requires: 'authenticated-user' service source { ${[...plain, typed].join('\n')} }`
}

/** Moments as the service would write them itself. */
const inItsWords = ({ columns, rows }: Dataset): Dataset => ({
  columns,
  rows: rows.map((row) =>
    row.map((value, index) => (columns[index]?.type === 'moment' && value !== null ? new Date(value).toISOString() : value)),
  ),
})

const startService = (datasets: Readonly<Record<string, Dataset>>) =>
  startOData({
    model: modelOf(datasets),
    data: Object.fromEntries(Object.entries(datasets).map(([name, dataset]) => [name, csvOf(inItsWords(dataset))])),
  })

export const odata: KindUnderTest = {
  kind: 'odata',
  start: async ({ unicode, ...datasets }) => {
    // A service does not change while it runs: another one takes its place.
    const nothing: Dataset = { columns: unicode.columns, rows: [] }
    const [server, later] = await Promise.all([startService({ ...datasets, unicode: nothing }), startService(changed)])
    // CSV cannot tell an empty text from none.
    await server.insert('unicode', ...jsonRecordsOf(unicode).map((record) => JSON.parse(record) as object))
    await server.insert('types', { id: 1, ...Object.fromEntries(typeColumns.map(({ name, value }) => [name, value])) }, { id: 2 })
    const way = await startTcpProxy(server.port)
    const trouble = troubleOn(way)
    return {
      settings: {
        serviceUrl: `http://127.0.0.1:${way.port}/odata/v4/source/`,
        authentication: { kind: 'basic', user: server.user },
      },
      credentials: { password: server.password },
      streamOf: (entitySet) => ({ entitySet }),
      types: [{ stream: { entitySet: 'types' }, columns: typeColumns }],
      change: async () => way.leadTo(later.port),
      retyped: 'COLUMN_TYPE_CHANGED',
      refusals: [{ credentials: { password: wrongSecret }, code: 'INVALID_CREDENTIALS', names: `127.0.0.1:${way.port}` }],
      trouble: {
        ...trouble,
        heal: async () => {
          way.leadTo(server.port)
          await trouble.heal()
        },
      },
      untilLeft: () => way.untilLeft(),
      stop: async () => {
        await way.stop()
        await Promise.all([server.stop(), later.stop()])
      },
    }
  },
}
