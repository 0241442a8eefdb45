import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setImmediate as immediately } from 'node:timers/promises'
import { createServer as createTlsServer } from 'node:tls'
import { freePort } from '@aiia/testkit/free-port'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, test } from 'vitest'
import { requestAll } from '../testing/extract.ts'
import { type HanaAnswer, type HanaServer, startHanaServer } from '../testing/hana-server.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { failureOf, listen, saying } from '../testing/strangers.ts'
import { failed, keptValues } from '../testing/values.ts'
import { hanaDriver } from './driver.ts'

let server: HanaServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const about: HanaAnswer = { columns: { version: 'NVARCHAR', home: 'NVARCHAR' }, rows: [['2.00.059.00', 'SALES']] }

const catalogue = (rows: (string | bigint | null)[][]): HanaAnswer => ({
  columns: {
    schemaName: 'NVARCHAR',
    tableName: 'NVARCHAR',
    expected: 'BIGINT',
    keyPosition: 'BIGINT',
    name: 'NVARCHAR',
    base: 'NVARCHAR',
    length: 'BIGINT',
    scale: 'BIGINT',
    nullable: 'NVARCHAR',
  },
  rows,
})

const orders = catalogue([
  ['SALES', 'ORDERS', 3n, 1n, 'ID', 'BIGINT', 19n, 0n, 'FALSE'],
  ['SALES', 'ORDERS', 3n, null, 'AMOUNT', 'DECIMAL', 18n, 2n, 'TRUE'],
  ['SALES', 'ORDERS', 3n, null, 'CHANGED', 'TIMESTAMP', 27n, 7n, 'FALSE'],
  ['SALES', 'ORDERS', 3n, null, 'NOTE', 'NCLOB', 2_147_483_647n, null, 'TRUE'],
  ['SALES', 'ORDERS', 3n, null, 'PAID', 'BOOLEAN', 1n, null, 'TRUE'],
  ['SALES', 'ORDERS', 3n, null, 'SCAN', 'BLOB', 2_147_483_647n, null, 'TRUE'],
])

const readColumns = { ID: 'BIGINT', AMOUNT: 'NVARCHAR', CHANGED: 'NVARCHAR', NOTE: 'NCLOB', PAID: 'BOOLEAN', SCAN: 'BLOB' } as const
const isRead = (sql: string): boolean => sql.includes('"ID", ')

const start = async (reply: (sql: string) => HanaAnswer | undefined = () => undefined, options?: Parameters<typeof startHanaServer>[1]) => {
  server = await startHanaServer((sql) => {
    const own = reply(sql)
    if (own !== undefined) return own
    if (sql.includes('M_DATABASE')) return about
    if (sql.includes('TABLE_COLUMNS')) return orders
    if (sql.startsWith('SELECT')) return { columns: { x: 'BIGINT' }, rows: [] }
    return 'done'
  }, options)
  return server
}

const access = (changes: Parameters<typeof accessTo>[1] = {}) =>
  accessTo(`hana://reader:secret@127.0.0.1:${server?.port}/`, { ...changes, settings: { database: undefined, ...changes.settings } })

describe('a session', () => {
  test('describes a table from the catalogue, and reads it in one read-only snapshot', async () => {
    const { heard } = await start((sql) =>
      isRead(sql)
        ? {
            columns: readColumns,
            rows: [
              [9_223_372_036_854_775_807n, '1.50', '2026-11-24 10:35:00.1234567', 'Größe 🙂 '.repeat(20), 1, Buffer.from('scanned page')],
              [2n, null, '2026-11-24 10:35:00.0000000', null, 0, null],
            ],
          }
        : undefined,
    )
    const lines: string[] = []
    const source = await hanaDriver.open(access({ log: (level, line) => lines.push(`${level} ${line}`) }))
    expect(source.vouchesForKeys).toBe(true)
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    expect(shape).toMatchObject({ primaryKey: ['ID'], expectedRows: 3 })
    expect(shape.columns.map(({ sourceType, type }) => [sourceType, type])).toEqual([
      ['BIGINT', 'bigint'],
      ['DECIMAL(18,2)', 'numeric(18,2)'],
      ['TIMESTAMP', 'timestamp(6) without time zone'],
      ['NCLOB', 'text'],
      ['BOOLEAN', 'boolean'],
      ['BLOB', 'bytea'],
    ])
    const { values, rows } = keptValues()
    for await (const _ of source.extract(stream, shape, { ...requestAll(source, shape), rows }));
    expect(values).toEqual([
      ['9223372036854775807', '1.50', '2026-11-24 10:35:00.123456', 'Größe 🙂 '.repeat(20), 't', 'scanned page'],
      ['2', null, '2026-11-24 10:35:00.000000', null, 'f', null],
    ])
    await source.close()
    expect(heard.filter((sql) => sql.startsWith('SET'))).toEqual([
      'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
      'SET TRANSACTION READ ONLY',
    ])
    expect(heard.at(-1)).toBe(
      `SELECT "ID", "AMOUNT", TO_VARCHAR("CHANGED", 'YYYY-MM-DD HH24:MI:SS.FF7'), "NOTE", "PAID", "SCAN" FROM "SALES"."ORDERS"`,
    )
    expect(lines).toContainEqual(expect.stringMatching(/^WARN .*1 values of column "CHANGED" .* cut off/))
    expect(lines.join()).not.toContain('secret')
  })

  test('asks the server only for what is new, and for sums of the same', async () => {
    const { heard } = await start((sql) =>
      sql.includes('COUNT(*)') ? { columns: { a: 'BIGINT', b: 'NVARCHAR' }, rows: [[3n, '99.50']] } : undefined,
    )
    const source = await hanaDriver.open(access())
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    const since = { column: 'CHANGED', value: '2026-11-24 10:35:00', inclusive: true }
    expect(await source.totals?.(stream, shape, { columns: ['AMOUNT'], since })).toEqual({ rows: '3', sums: ['99.50'] })
    await source.close()
    expect(heard.at(-1)).toBe(
      `SELECT COUNT(*), COALESCE(SUM(TO_DECIMAL("AMOUNT", 38, 2)), 0) FROM "SALES"."ORDERS" WHERE "CHANGED" >= TO_TIMESTAMP('2026-11-24 10:35:00.000000', 'YYYY-MM-DD HH24:MI:SS.FF6')`,
    )
  })

  test('custom SQL is described by what the server says of it, and not run', async () => {
    const { heard } = await start((sql) => {
      if (sql.includes('nme')) return { error: { code: 260, message: 'invalid column name: NME: line 2 col 1 (at pos 30)' } }
      return sql.includes('select') ? { columns: { N: 'DECIMAL(18,2)', AT: 'TIMESTAMP(27)' }, rows: [] } : undefined
    })
    const source = await hanaDriver.open(access())
    const { columns } = await source.describe(streamOf({ sql: 'select n, at from t; -- all' }))
    expect(columns).toMatchObject([
      { name: 'N', sourceType: 'DECIMAL(18,2)', type: 'numeric(18,2)' },
      { name: 'AT', sourceType: 'TIMESTAMP', type: 'timestamp(6) without time zone' },
    ])
    expect(heard.at(-1)).toBe('SELECT * FROM (select n, at from t\n) AS "stream"')
    expect(await failed(source.describe(streamOf({ sql: 'select id,\nnme from t' })))).toMatchObject({
      code: 'INVALID_QUERY',
      message: expect.stringContaining('line 2 col 1'),
    })
    expect(await failed(source.describe(streamOf({ sql: 'select 1 from dummy; drop table t' })))).toMatchObject({ code: 'INVALID_QUERY' })
    await source.close()
  })

  test.each([
    [258, 'PERMISSION_DENIED'],
    [259, 'COLUMN_MISSING'],
    [131, 'SOURCE_UNAVAILABLE'],
  ])('error %i while looking at a table is %s', async (code, expected) => {
    await start((sql) => (sql.startsWith('SELECT * FROM "SALES"') ? { error: { code, message: 'it will not' } } : undefined))
    const source = await hanaDriver.open(access())
    expect(await failed(source.describe(streamOf({ table: 'orders' })))).toMatchObject({ code: expected })
    await source.close()
  })

  test('discovery proposes each table once, and a test tells the server', async () => {
    await start((sql) => (sql.includes('EFFECTIVE_PRIVILEGES') ? { columns: { P: 'NVARCHAR' }, rows: [['INSERT']] } : undefined))
    expect(await hanaDriver.discover(access())).toMatchObject([
      { name: 'ORDERS', source: { table: '"SALES"."ORDERS"' }, primaryKey: ['ID'], expectedRows: 3 },
    ])
    expect(await hanaDriver.test(access())).toMatchObject({
      serverVersion: 'SAP HANA 2.00.059.00',
      warnings: [expect.stringContaining('may write')],
    })
  })
})

describe('a long result', () => {
  const plain = { ID: 'BIGINT', AMOUNT: 'NVARCHAR', CHANGED: 'NVARCHAR', NOTE: 'NVARCHAR', PAID: 'BOOLEAN', SCAN: 'NVARCHAR' } as const
  function* endless() {
    for (let id = 1n; ; id += 1n) yield [id, '1.00', '2026-11-24 10:35:00.0000000', 'x'.repeat(200), 1, null]
  }
  const reading = async (changes: Parameters<typeof accessTo>[1] = {}) => {
    const running = await start((sql) => (isRead(sql) ? { columns: plain, rows: endless() } : undefined))
    const source = await hanaDriver.open(access(changes))
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    return { running, source, chunks: source.extract(stream, shape, requestAll(source, shape))[Symbol.asyncIterator]() }
  }

  test('is fetched no faster than it is taken, and leaving it leaves the session usable', async () => {
    const { running, source, chunks } = await reading()
    await chunks.next()
    // Time enough for many times as much to come, if it could.
    for (let turn = 0; turn < 2_000; turn += 1) await immediately()
    const before = running.fetches()
    expect(before).toBeLessThan(20)
    await chunks.return?.()
    expect((await source.describe(streamOf({ table: 'orders' }))).columns).toHaveLength(6)
    expect(running.fetches()).toBeLessThan(before + 3)
    await source.close()
  })

  test('an abort cancels the session at the server, over another connection', async () => {
    const abort = new AbortController()
    const { running, source, chunks } = await reading({ signal: abort.signal })
    await chunks.next()
    abort.abort(new Error('enough'))
    expect(await failed(drain(chunks))).toMatchObject({ code: 'CONNECTION_LOST' })
    await source.close()
    expect(running.heard.at(-1)).toBe("ALTER SYSTEM CANCEL SESSION '4711'")
  })

  test('a time limit cancels it as well', async () => {
    await start((sql) => (isRead(sql) ? 'silence' : undefined))
    const source = await hanaDriver.open(access({ settings: { statementTimeoutSeconds: 1 } }))
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    const chunks = source.extract(stream, shape, requestAll(source, shape))[Symbol.asyncIterator]()
    expect(await failed(drain(chunks))).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('longer than 1 s') })
    await source.close()
    expect(server?.heard.at(-1)).toBe("ALTER SYSTEM CANCEL SESSION '4711'")
  })

  test('a connection that breaks in the middle is CONNECTION_LOST, then and afterwards', async () => {
    const { running, source, chunks } = await reading()
    await chunks.next()
    running.cut()
    expect(await failed(drain(chunks))).toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await failed(source.describe(streamOf({ table: 'orders' })))).toMatchObject({ code: 'CONNECTION_LOST' })
    await source.close()
  })
})

const drain = async (chunks: AsyncIterator<unknown>): Promise<void> => {
  while ((await chunks.next()).done !== true);
}

describe('a sign-in', () => {
  const to = (port: number, changes: Parameters<typeof accessTo>[1] = {}) =>
    accessTo(`hana://reader:x@127.0.0.1:${port}/`, { ...changes, settings: { database: undefined, ...changes.settings } })

  test.each([
    [10, 'INVALID_CREDENTIALS'],
    [416, 'INVALID_CREDENTIALS'],
    [437, 'SOURCE_UNAVAILABLE'],
  ])('error %i is %s, in the server’s words', async (code, expected) => {
    await start(undefined, { refusal: { code, message: 'authentication failed' } })
    expect(await failureOf(hanaDriver, access())).toMatchObject({ code: expected, message: expect.stringContaining(`(error ${code})`) })
  })

  test('without a password it is INVALID_CREDENTIALS that says so', async () => {
    await start()
    expect(await failureOf(hanaDriver, access({ credentials: null }))).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      message: expect.stringContaining('has no password'),
    })
  })

  test('nothing listens, or the name has no address', async () => {
    expect(await failureOf(hanaDriver, to(await freePort()))).toMatchObject({ code: 'CONNECTION_REFUSED' })
    expect(await failureOf(hanaDriver, to(30_015, { settings: { host: 'no-such-host.invalid' } }))).toMatchObject({
      code: 'HOST_NOT_FOUND',
    })
  })

  test.each(['disable', 'require'])('with TLS %s, nobody answers', async (tls) => {
    const silent = await listen(() => {})
    const found = await failureOf(hanaDriver, to(silent.port, { connectTimeoutMs: 300, settings: { tls } }))
    silent.stop()
    expect(found).toMatchObject({ code: 'CONNECTION_TIMEOUT', message: expect.stringContaining('0.3 second') })
  })

  test('the time limit holds for a server that signs in and then says nothing', async () => {
    await start((sql) => (sql.includes('M_DATABASE') ? 'silence' : undefined))
    expect(await failureOf(hanaDriver, access({ connectTimeoutMs: 500 }))).toMatchObject({ code: 'CONNECTION_TIMEOUT' })
  })

  test('another service is PROTOCOL_ERROR, in its words', async () => {
    const other = await saying('HTTP/1.1 400 Bad Request\r\n\r\n')
    const found = await failureOf(hanaDriver, to(other.port))
    other.stop()
    expect(found).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining('it begins with "HTTP/1.1 400 Bad Request".') })
  })

  test('a server without TLS is TLS_FAILED where TLS is demanded', async () => {
    const other = await saying('HTTP/1.1 400 Bad Request\r\n\r\n')
    const found = await failureOf(hanaDriver, to(other.port, { settings: { tls: 'require' } }))
    other.stop()
    expect(found.code).toBe('TLS_FAILED')
  })

  test('a host that hangs up is CONNECTION_LOST', async () => {
    const closing = await listen((socket) => void socket.once('data', () => socket.destroy()))
    const found = await failureOf(hanaDriver, to(closing.port))
    closing.stop()
    expect(found.code).toBe('CONNECTION_LOST')
  })

  test('no address is tried that is forbidden', async () => {
    const { heard } = await start()
    const targets = { refusal: (address: string) => `${address} is not for workers` }
    expect(await failureOf(hanaDriver, access({ targets }))).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(heard).toEqual([])
  })

  test('a system database may send the driver on to a tenant, but not to where workers may not go', async () => {
    const end = await start()
    const system = await startHanaServer(() => 'done', { tenant: end.port })
    const through = (targets = { refusal: (_address: string, _port: number): string | null => null }) =>
      to(system.port, { targets, settings: { database: 'PRD' } })
    expect((await hanaDriver.test(through())).serverVersion).toBe('SAP HANA 2.00.059.00')
    expect(
      await failureOf(hanaDriver, through({ refusal: (_address, port) => (port === end.port ? 'it is not for workers' : null) })),
    ).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining(`127.0.0.1:${end.port}`) })
    await system.stop()
  })

  test('an abort ends it at once', async () => {
    const abort = new AbortController()
    const silent = await listen((socket) => void socket.once('data', () => abort.abort(new Error('enough'))))
    const found = await failureOf(hanaDriver, to(silent.port, { connectTimeoutMs: 3_600_000, signal: abort.signal }))
    silent.stop()
    expect(found.message).toBe('enough')
  })

  test('TLS: the certificate must fit where that is asked for', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
    })
    const secured = createTlsServer({ cert, key }, (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400\r\n'))).listen(
      0,
      '127.0.0.1',
    )
    await once(secured, 'listening')
    const { port } = secured.address() as AddressInfo
    const through = (settings: object) => failureOf(hanaDriver, to(port, { settings: { host: 'localhost', ...settings } }))
    expect(await through({ tls: 'verify-full' })).toMatchObject({ code: 'TLS_FAILED' })
    // Behind TLS stands no HANA.
    expect(await through({ tls: 'verify-full', ca: cert })).toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(await through({ tls: 'require' })).toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(await through({ tls: 'verify-full', ca: cert, host: '127.0.0.1' })).toMatchObject({ code: 'TLS_FAILED' })
    secured.close()
  })
})
