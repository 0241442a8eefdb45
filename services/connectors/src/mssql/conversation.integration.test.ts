import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setImmediate as immediately } from 'node:timers/promises'
import { freePort } from '@aiia/testkit/free-port'
import { afterEach, describe, expect, test } from 'vitest'
import { extractAll, requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { failureOf, listen, saying } from '../testing/strangers.ts'
import { errorTokens, routing, startTdsServer, type TdsAnswer, type TdsServer } from '../testing/tds-server.ts'
import { failed, keptValues } from '../testing/values.ts'
import { mssqlDriver } from './driver.ts'
import { findInstancePort } from './instance-port.ts'

let server: TdsServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const about = (snapshot: number, versioned = false): TdsAnswer => ({
  columns: { version: 'nvarchar', edition: 'nvarchar', home: 'nvarchar', snapshot: 'int', versioned: 'bit' },
  rows: [['16.0.4003.1', 'Developer Edition', 'sales', snapshot, versioned]],
})

const catalogueColumns = {
  schemaName: 'nvarchar',
  tableName: 'nvarchar',
  expected: 'bigint',
  keyPosition: 'int',
  name: 'nvarchar',
  base: 'nvarchar',
  size: 'int',
  digits: 'int',
  scale: 'int',
  nullable: 'bit',
} as const

const orders: TdsAnswer = {
  columns: catalogueColumns,
  rows: [
    ['sales', 'orders', '3', 1, 'id', 'bigint', 8, 19, 0, false],
    ['sales', 'orders', '3', null, 'amount', 'decimal', 9, 18, 2, true],
    ['sales', 'orders', '3', null, 'changed', 'datetime2', 8, 27, 7, false],
    ['sales', 'orders', '3', null, 'note', 'nvarchar', 100, 0, 0, true],
    ['sales', 'orders', '3', null, 'paid', 'bit', 1, 1, 0, true],
    ['sales', 'orders', '3', null, 'scan', 'varbinary', -1, 0, 0, true],
  ],
}

const readColumns = { id: 'bigint', amount: 'nvarchar', changed: 'nvarchar', note: 'nvarchar', paid: 'bit', scan: 'varbinary' } as const

/** @param reply for what the driver itself does not ask */
const start = async (reply: (sql: string) => TdsAnswer | undefined = () => undefined, options?: Parameters<typeof startTdsServer>[1]) => {
  server = await startTdsServer((sql) => {
    const own = reply(sql)
    if (own !== undefined) return own
    if (sql.includes('SERVERPROPERTY')) return about(1)
    if (sql.includes('OBJECT_ID') || sql.includes('is_ms_shipped')) return orders
    return 'done'
  }, options)
  return server
}

const access = (changes: Parameters<typeof accessTo>[1] = {}) =>
  accessTo(`mssql://reader:secret@127.0.0.1:${server?.port}/production`, changes)

describe('a session', () => {
  test('describes a table from the catalogue, and reads it in one snapshot', async () => {
    const { heard } = await start((sql) =>
      sql.includes('[id], ')
        ? {
            columns: readColumns,
            rows: [
              ['9223372036854775807', '12345678901234567.89', '2026-11-24 10:35:00.1234567', 'Größe 🙂', true, Buffer.from([0, 255])],
              ['2', null, '2026-11-24 10:35:00.0000000', null, false, null],
            ],
          }
        : undefined,
    )
    const lines: string[] = []
    const source = await mssqlDriver.open(access({ log: (level, line) => lines.push(`${level} ${line}`) }))
    expect(source.vouchesForKeys).toBe(true)
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    expect(shape).toMatchObject({ primaryKey: ['id'], expectedRows: 3 })
    expect(shape.columns.map(({ sourceType, type }) => [sourceType, type])).toEqual([
      ['bigint', 'bigint'],
      ['decimal(18,2)', 'numeric(18,2)'],
      ['datetime2(7)', 'timestamp(6) without time zone'],
      ['nvarchar(50)', 'text'],
      ['bit', 'boolean'],
      ['varbinary(max)', 'bytea'],
    ])
    const { values, rows } = keptValues()
    for await (const _ of source.extract(stream, shape, { ...requestAll(source, shape), rows }));
    expect(values).toEqual([
      ['9223372036854775807', '12345678901234567.89', '2026-11-24 10:35:00.123456', 'Größe 🙂', 't', '\0\ufffd'],
      ['2', null, '2026-11-24 10:35:00.000000', null, 'f', null],
    ])
    await source.close()
    expect(heard).toContain(
      'SELECT [id], CONVERT(varchar(41), [amount]), CONVERT(varchar(27), [changed], 121), [note], [paid], [scan] FROM [sales].[orders]',
    )
    expect(heard).toContain('SELECT TOP 0 * FROM [sales].[orders]')
    expect(lines).toContainEqual(expect.stringMatching(/^WARN .*1 values of column "changed" .* cut off/))
    expect(lines.join()).not.toContain('secret')
  })

  test('rows become a binary COPY, and what Postgres cannot hold is rejected alone', async () => {
    await start((sql) =>
      sql.includes('[id], ')
        ? {
            columns: { id: 'bigint', note: 'nvarchar' },
            rows: [
              ['1', 'one'],
              ['2', 'nu\0l'],
              ['3', null],
            ],
          }
        : sql.includes('OBJECT_ID')
          ? {
              columns: catalogueColumns,
              rows: [
                ['sales', 'notes', '3', 1, 'id', 'bigint', 8, 19, 0, false],
                ['sales', 'notes', '3', null, 'note', 'nvarchar', 100, 0, 0, true],
              ],
            }
          : undefined,
    )
    const source = await mssqlDriver.open(access())
    const stream = streamOf({ table: 'notes' })
    const { chunks, rejections } = await extractAll(source, stream, await source.describe(stream))
    await source.close()
    expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(3)
    expect(rejections).toMatchObject([{ position: 2, column: 1 }])
  })

  test('asks the server only for what is new, and for sums of the same', async () => {
    const { heard } = await start((sql) =>
      sql.includes('COUNT_BIG') ? { columns: { a: 'nvarchar', b: 'nvarchar' }, rows: [['3', '99.50']] } : undefined,
    )
    const source = await mssqlDriver.open(access())
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    const since = { column: 'changed', value: '2026-11-24 10:35:00.123456', inclusive: false }
    expect(await source.totals?.(stream, shape, { columns: ['amount'], since })).toEqual({ rows: '3', sums: ['99.50'] })
    await source.close()
    expect(heard.at(-1)).toBe(
      "SELECT CONVERT(varchar(20), COUNT_BIG(*)), CONVERT(varchar(41), ISNULL(SUM(CONVERT(decimal(38,2), [amount])), 0)) FROM [sales].[orders] WHERE [changed] >= DATEADD(microsecond, 1, CONVERT(datetime2(7), N'2026-11-24 10:35:00.123456', 121))",
    )
  })

  test('custom SQL is described without being run, and what the server says of it is told with its line', async () => {
    const { heard } = await start((sql) =>
      sql.startsWith('EXEC') && sql.includes('nme')
        ? { error: { number: 207, message: "Invalid column name 'nme'.", line: 2 } }
        : sql.startsWith('EXEC')
          ? {
              columns: {
                is_hidden: 'bit',
                name: 'nvarchar',
                is_nullable: 'bit',
                system_type_name: 'nvarchar',
                user_type_name: 'nvarchar',
                max_length: 'int',
                precision: 'int',
                scale: 'int',
              },
              rows: [
                [false, 'n', true, 'numeric(38,10)', null, 17, 38, 10],
                [false, 'place', true, null, 'geography', -1, 0, 0],
              ],
            }
          : undefined,
    )
    const source = await mssqlDriver.open(access())
    const shape = await source.describe(streamOf({ sql: 'with a as (select 1 as n)\nselect n, place from a; -- all' }))
    expect(shape.columns).toMatchObject([
      { name: 'n', sourceType: 'numeric(38,10)', type: 'numeric(38,10)' },
      { name: 'place', type: 'text' },
    ])
    expect(heard.at(-1)).toBe(
      "EXEC sp_describe_first_result_set @tsql = N'with a as (select 1 as n)\n, [stream] AS (select n, place from a\n)\nSELECT * FROM [stream]'",
    )
    expect(await failed(source.describe(streamOf({ sql: 'select id,\nnme from orders' })))).toEqual({
      code: 'INVALID_QUERY',
      message: `The source refuses the SQL of stream "stream": Invalid column name 'nme' (error 207), at line 2.`,
    })
    expect(await failed(source.describe(streamOf({ sql: 'select 1 as a) delete from orders; with x as (select 1 as a' })))).toMatchObject({
      code: 'INVALID_QUERY',
    })
    expect(heard.join()).not.toContain('delete')
    await source.close()
  })

  test('without snapshots it says what the rows are worth', async () => {
    await start((sql) => (sql.includes('SERVERPROPERTY') ? about(0) : undefined))
    const lines: string[] = []
    const source = await mssqlDriver.open(access({ log: (level, line) => lines.push(`${level} ${line}`) }))
    expect(source.vouchesForKeys).toBe(false)
    expect(lines).toContainEqual(expect.stringMatching(/^WARN .*ALLOW_SNAPSHOT_ISOLATION/))
    await source.close()
  })

  test('discovery proposes each table once', async () => {
    await start()
    expect(await mssqlDriver.discover(access())).toMatchObject([
      { name: 'orders', source: { table: '[sales].[orders]' }, primaryKey: ['id'], expectedRows: 3 },
    ])
  })
})

describe('a long result', () => {
  function* rowsUpTo(last: number) {
    for (let id = 1; id <= last; id += 1) yield [String(id), '1.00', '2026-11-24 10:35:00.0000000', 'x'.repeat(200), true, null]
  }
  const reading = async (changes: Parameters<typeof accessTo>[1] = {}, last = Number.POSITIVE_INFINITY) => {
    const running = await start((sql) => (sql.includes('[id], ') ? { columns: readColumns, rows: rowsUpTo(last) } : undefined))
    const source = await mssqlDriver.open(access(changes))
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    return { running, source, chunks: source.extract(stream, shape, requestAll(source, shape))[Symbol.asyncIterator]() }
  }

  test('waits at the server for whoever takes it, and is ended there when it is left', async () => {
    const { running, source, chunks } = await reading()
    await chunks.next()
    // Time enough for many times as much to come, if it could.
    for (let turn = 0; turn < 2_000; turn += 1) await immediately()
    expect(running.sent()).toBeLessThan(16_000_000)
    await chunks.return?.()
    expect(running.heard.at(-1)).toBe('<attention>')
    await source.close()
  })

  test('that is left before its end leaves the session usable', async () => {
    const { running, source, chunks } = await reading({}, 5_000)
    await chunks.next()
    await chunks.return?.()
    expect(running.heard.at(-1)).toBe('<attention>')
    expect((await source.describe(streamOf({ table: 'orders' }))).columns).toHaveLength(6)
    await source.close()
  })

  test('an abort ends it at the server and closes the session', async () => {
    const abort = new AbortController()
    const { running, source, chunks } = await reading({ signal: abort.signal })
    await chunks.next()
    abort.abort(new Error('enough'))
    expect(await failed(drain(chunks))).toMatchObject({ code: 'CONNECTION_LOST' })
    await source.close()
    expect(running.heard.at(-1)).toBe('<attention>')
  })

  test('a time limit ends it at the server', async () => {
    const { running, source, chunks } = await reading({ settings: { statementTimeoutSeconds: 1 } })
    expect(await failed(drain(chunks))).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining('longer than 1 s') })
    expect(running.heard.at(-1)).toBe('<attention>')
    await source.close()
  })

  test('a connection that breaks in the middle is CONNECTION_LOST, then and afterwards', async () => {
    const { running, source, chunks } = await reading()
    await chunks.next()
    running.cut()
    expect(await failed(drain(chunks))).toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await failed(source.describe(streamOf({ table: 'orders' })))).toMatchObject({ code: 'CONNECTION_LOST' })
    await source.close()
  })

  test('an answer that does not parse is CONNECTION_LOST, and ends nothing else', async () => {
    await start((sql) => (sql.includes('[id], ') ? { tokens: Buffer.from('no token begins like this') } : undefined))
    const source = await mssqlDriver.open(access())
    const stream = streamOf({ table: 'orders' })
    const shape = await source.describe(stream)
    expect(await failed(extractAll(source, stream, shape))).toMatchObject({ code: 'CONNECTION_LOST' })
    await source.close()
  })
})

const drain = async (chunks: AsyncIterator<unknown>): Promise<void> => {
  while ((await chunks.next()).done !== true);
}

describe('a sign-in', () => {
  test.each([
    [18_456, 'INVALID_CREDENTIALS', "Login failed for user 'reader'."],
    [4060, 'INVALID_CREDENTIALS', 'Cannot open database "production" requested by the login.'],
    [916, 'PERMISSION_DENIED', 'The server principal is not able to access the database.'],
    [40_613, 'SOURCE_UNAVAILABLE', 'Database is not currently available.'],
  ])('error %i is %s, in the server’s words', async (number, code, message) => {
    await start(undefined, { signIn: errorTokens({ number, message }) })
    expect(await failureOf(mssqlDriver, access())).toMatchObject({ code, message: expect.stringContaining(`(error ${number})`) })
  })

  test('nothing listens', async () => {
    expect(await failureOf(mssqlDriver, accessTo(`mssql://reader:x@127.0.0.1:${await freePort()}/db`))).toMatchObject({
      code: 'CONNECTION_REFUSED',
    })
  })

  test('a name without an address', async () => {
    expect(await failureOf(mssqlDriver, accessTo('mssql://reader:x@no-such-host.invalid:1433/db'))).toMatchObject({
      code: 'HOST_NOT_FOUND',
    })
  })

  test.each(['disable', 'require'])('with TLS %s, nobody answers', async (tls) => {
    const silent = await listen(() => {})
    const found = await failureOf(
      mssqlDriver,
      accessTo(`mssql://reader:x@127.0.0.1:${silent.port}/db`, { connectTimeoutMs: 300, settings: { tls } }),
    )
    silent.stop()
    expect(found).toMatchObject({ code: 'CONNECTION_TIMEOUT', message: expect.stringContaining('0.3 second') })
  })

  test('the time limit holds for a server that signs in and then says nothing', async () => {
    await start((sql) => (sql.includes('SERVERPROPERTY') ? 'silence' : undefined))
    expect(await failureOf(mssqlDriver, access({ connectTimeoutMs: 500 }))).toMatchObject({ code: 'CONNECTION_TIMEOUT' })
  })

  test.each([
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'it begins with "HTTP/1.1 400 Bad Request".'],
    ['J\0\0\0\n8.4.0\0', 'it begins with "J····8.4.0·".'],
  ])('another service that says %j is PROTOCOL_ERROR, in its words', async (words, told) => {
    const other = await saying(words)
    const found = await failureOf(mssqlDriver, accessTo(`mssql://reader:x@127.0.0.1:${other.port}/db`))
    other.stop()
    expect(found).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining(told) })
  })

  test('a host that hangs up is CONNECTION_LOST', async () => {
    const closing = await listen((socket) => void socket.once('data', () => socket.destroy()))
    const found = await failureOf(mssqlDriver, accessTo(`mssql://reader:x@127.0.0.1:${closing.port}/db`))
    closing.stop()
    expect(found.code).toBe('CONNECTION_LOST')
  })

  test('a server that does not encrypt gets no password where TLS is demanded', async () => {
    const { heard } = await start(undefined, { encryption: 2 })
    expect(await failureOf(mssqlDriver, access({ settings: { tls: 'require' } }))).toMatchObject({ code: 'TLS_FAILED' })
    expect(heard).toEqual([])
  })

  test('a server that demands encryption says so to a connector without', async () => {
    await start(undefined, { encryption: 3 })
    expect(await failureOf(mssqlDriver, access())).toMatchObject({
      code: 'TLS_FAILED',
      message: expect.stringContaining('Set TLS to require'),
    })
  })

  test('no address is tried that is forbidden', async () => {
    const { heard } = await start()
    const targets = { refusal: (address: string) => `${address} is not for workers` }
    expect(await failureOf(mssqlDriver, access({ targets }))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('is not for workers'),
    })
    expect(heard).toEqual([])
  })

  test('a server may send the driver on, but not to where workers may not go', async () => {
    const end = await start()
    const gateway = await startTdsServer(() => 'done', { signIn: routing('127.0.0.1', end.port) })
    const through = (targets = { refusal: (_address: string, _port: number): string | null => null }) =>
      accessTo(`mssql://reader:x@127.0.0.1:${gateway.port}/db`, { targets })
    expect((await mssqlDriver.test(through())).serverVersion).toBe('SQL Server 16.0.4003.1 (Developer Edition)')
    expect(
      await failureOf(mssqlDriver, through({ refusal: (_address, port) => (port === end.port ? 'it is not for workers' : null) })),
    ).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining(`127.0.0.1:${end.port}`) })
    await gateway.stop()
  })

  test('an abort ends it at once', async () => {
    const abort = new AbortController()
    const silent = await listen((socket) => void socket.once('data', () => abort.abort(new Error('enough'))))
    const found = await failureOf(
      mssqlDriver,
      accessTo(`mssql://reader:x@127.0.0.1:${silent.port}/db`, { connectTimeoutMs: 3_600_000, signal: abort.signal }),
    )
    silent.stop()
    expect(found.message).toBe('enough')
  })

  test('a user who may write is warned of', async () => {
    await start((sql) => (sql.includes('HAS_PERMS_BY_NAME') ? { columns: { writes: 'int' }, rows: [[1]] } : undefined))
    expect((await mssqlDriver.test(access())).warnings).toEqual([expect.stringContaining('may write')])
  })
})

test('the port of a named instance is asked of the browser', async () => {
  const browser = createSocket('udp4')
  browser.on('message', (question, { port, address }) => {
    const answer = Buffer.from(
      `\x05\0\0ServerName;DB;InstanceName;${question.toString('latin1', 1, question.length - 1)};IsClustered;No;Version;16.0.1000.6;tcp;49712;;`,
    )
    browser.send(answer, port, address)
  })
  browser.bind(0, '127.0.0.1')
  await once(browser, 'listening')
  const { port } = browser.address()
  const given = { access: accessTo('mssql://a:b@127.0.0.1:1/db'), deadline: AbortSignal.timeout(5_000) }
  expect(await findInstancePort('SQLEXPRESS', { host: '127.0.0.1', port }, given)).toBe(49_712)
  const forbidding = accessTo('mssql://a:b@127.0.0.1:1/db', { targets: { refusal: () => 'no' } })
  expect(await failed(findInstancePort('X', { host: '127.0.0.1', port }, { ...given, access: forbidding }))).toMatchObject({
    code: 'PERMISSION_DENIED',
  })
  browser.close()
  await once(browser, 'close')
  expect(
    await failed(
      findInstancePort(
        'X',
        { host: '127.0.0.1', port },
        { access: accessTo('mssql://a:b@127.0.0.1:1/db', { connectTimeoutMs: 300 }), deadline: AbortSignal.timeout(300) },
      ),
    ),
  ).toMatchObject({ code: expect.stringMatching(/^CONNECTION_(REFUSED|TIMEOUT)$/) })
})
