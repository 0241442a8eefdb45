import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Source } from '@aiia/core/sync/source'
import { startCopyIn } from '@aiia/pg-copy/copy-in'
import { freePort } from '@aiia/testkit/free-port'
import { startMariadb, type TestMariadb } from '@aiia/testkit/mariadb'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import mysql, { type Connection } from 'mysql2/promise'
import pg from 'pg'
import selfsigned from 'selfsigned'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { extractAll, requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { listen } from '../testing/strangers.ts'
import { mysqlDriver } from './driver.ts'

let server: TestMariadb
let owner: Connection
let destination: TestPostgres
let target: pg.Client
let authority: string
let logged: string[]
let source: Source
beforeAll(async () => {
  const identity = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  authority = identity.cert
  const files = [join(tmpdir(), `aiia-test-${process.pid}.crt`), join(tmpdir(), `aiia-test-${process.pid}.key`)] as const
  writeFileSync(files[0], identity.cert)
  writeFileSync(files[1], identity.private)
  server = await startMariadb({ options: [`--ssl-cert=${files[0]}`, `--ssl-key=${files[1]}`] })
  owner = await mysql.createConnection({ uri: server.url, multipleStatements: true })
  await owner.query(
    `SET sql_mode = ''; CREATE TABLE items (id int PRIMARY KEY, name varchar(80)); INSERT INTO items VALUES (1, 'one'), (2, NULL)`,
  )
  await owner.query(
    `CREATE USER reader IDENTIFIED BY 'reader-password'; GRANT SELECT ON source.items TO reader; CREATE TABLE hidden (id int)`,
  )
  destination = await startPostgres()
})
afterAll(async () => {
  await destination?.stop()
  await owner?.end()
  await server?.stop()
})
beforeEach(async () => {
  logged = []
  target = new pg.Client({ connectionString: destination.url, options: '-c timezone=UTC' })
  // A copy that is broken off ends its connection.
  target.on('error', () => {})
  await target.connect()
  source = await mysqlDriver.open(accessTo(server.url, { log: (_level, line) => logged.push(line) }))
})
afterEach(async () => {
  await target.end()
  await source.close()
})

/** A session of its own: one sees tables as they were when it began. */
const session = async <T>(work: (own: Source) => Promise<T>, changes: Parameters<typeof accessTo>[1] = {}): Promise<T> => {
  const own = await mysqlDriver.open(accessTo(server.url, { log: (_level, line) => logged.push(line), ...changes }))
  try {
    return await work(own)
  } finally {
    await own.close()
  }
}

const described = (from: unknown) => session((own) => own.describe(streamOf(from)))

const copied = (from: object, changes?: Parameters<typeof accessTo>[1]) => session((own) => copyFrom(own, from), changes)

/** Takes a stream over into Postgres. @returns its rows there, as text */
const copyFrom = async (own: Source, from: object): Promise<Record<string, string | null>[]> => {
  const stream = streamOf(from)
  const shape = await own.describe(stream)
  await target.query(
    `DROP TABLE IF EXISTS copied; CREATE TABLE copied (${shape.columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`,
  )
  const sink = await startCopyIn(target, 'COPY copied FROM STDIN (FORMAT binary)')
  let rows = 0
  try {
    for await (const chunk of own.extract(stream, shape, requestAll(own, shape))) {
      rows += chunk.rows
      await sink.write(chunk.data)
    }
  } catch (error) {
    await sink.abort()
    throw error
  }
  expect(await sink.finish()).toBe(rows)
  return (await target.query(`SELECT ${shape.columns.map(({ name }) => `"${name}"::text`).join(', ')} FROM copied`)).rows
}

const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )

describe('types', () => {
  const types = [
    ['tiny', 'tinyint', 'smallint', '-128', '-128'],
    ['utiny', 'tinyint unsigned', 'smallint', '255', '255'],
    ['flag', 'tinyint(1)', 'smallint', 'true', '1'],
    ['usmall', 'smallint unsigned', 'integer', '65535', '65535'],
    ['umedium', 'mediumint unsigned', 'integer', '16777215', '16777215'],
    ['uint', 'int unsigned', 'bigint', '4294967295', '4294967295'],
    ['big', 'bigint', 'bigint', '-9223372036854775808', '-9223372036854775808'],
    ['ubig', 'bigint unsigned', 'numeric(20,0)', '18446744073709551615', '18446744073709551615'],
    ['price', 'decimal(38,10)', 'numeric(38,10)', "'-1234567890123456789012345678.0123456789'", '-1234567890123456789012345678.0123456789'],
    ['udec', 'decimal(5,0) unsigned', 'numeric(5,0)', '42', '42'],
    ['flt', 'float', 'real', '16777215.5', '1.6777216e+07'],
    ['flt2', 'float', 'real', '0.1', '0.1'],
    ['dbl', 'double', 'double precision', '0.1234567890123456', '0.1234567890123456'],
    ['bits', 'bit(10)', 'bit(10)', "b'1000000001'", '1000000001'],
    ['day', 'date', 'date', "'2026-11-24'", '2026-11-24'],
    ['moment', 'datetime(6)', 'timestamp(6) without time zone', "'9999-12-31 23:59:59.999999'", '9999-12-31 23:59:59.999999'],
    ['second', 'datetime', 'timestamp(0) without time zone', "'1000-01-01 00:00:01'", '1000-01-01 00:00:01'],
    ['stamp', 'timestamp(3) null', 'timestamp(3) with time zone', "'2026-03-29 02:30:00.125'", '2026-03-29 02:30:00.125+00'],
    ['span', 'time(3)', 'interval', "'-838:59:58.999'", '-838:59:58.999'],
    ['yr', 'year', 'smallint', '2026', '2026'],
    ['words', 'varchar(60) character set latin1', 'text', "'Größe'", 'Größe'],
    ['smile', 'text', 'text', "'🙂\\n\\t\"'", '🙂\n\t"'],
    ['pick', "enum('b','ä')", 'text', "'ä'", 'ä'],
    ['picks', "set('a','b','c')", 'text', "'c,a'", 'a,c'],
    ['raw', 'varbinary(8)', 'bytea', "x'00ff10'", '\\x00ff10'],
    ['doc', 'json', 'text', `'{"a": [1, null]}'`, '{"a": [1, null]}'],
    ['place', 'point', 'text', "ST_GeomFromText('POINT(8.5 47.25)')", 'POINT(8.5 47.25)'],
    ['ident', 'uuid', 'uuid', "'123e4567-e89b-12d3-a456-426655440000'", '123e4567-e89b-12d3-a456-426655440000'],
  ] as const

  test('a table of all of them arrives, each in a type that holds every value, with NULLs', async () => {
    await owner.query("SET time_zone = '+00:00'")
    await owner.query(
      `CREATE TABLE kinds (id int PRIMARY KEY, ${types.map(([name, type]) => `${name} ${type}`).join(', ')}) CHARSET utf8mb4`,
    )
    await owner.query(`INSERT INTO kinds VALUES (1, ${types.map(([, , , value]) => value).join(', ')}); INSERT INTO kinds (id) VALUES (2)`)
    const { columns, primaryKey } = await described({ table: 'kinds' })
    expect(primaryKey).toEqual(['id'])
    expect(Object.fromEntries(columns.slice(1).map(({ name, type }) => [name, type]))).toEqual(
      Object.fromEntries(types.map(([name, , type]) => [name, type])),
    )
    const [full, empty] = await copied({ table: 'kinds' })
    expect(full).toEqual({ id: '1', ...Object.fromEntries(types.map(([name, , , , text]) => [name, text])) })
    expect(empty).toEqual({ id: '2', ...Object.fromEntries(types.map(([name]) => [name, null])) })
  })

  test('custom SQL arrives as the table does, but for what only the catalogue knows', async () => {
    const [table] = await copied({ table: 'kinds' })
    const names = types.map(([name]) => name).filter((name) => name !== 'place')
    const [custom] = await copied({ sql: `select id, ${names.join(', ')} from kinds where id = 1; -- that is all` })
    const { place: _, ...rest } = table ?? {}
    expect(custom).toEqual(rest)
  })

  test('dates that do not exist arrive as NULL, and the log counts them', async () => {
    await owner.query(
      `CREATE TABLE zeros (id int, a date, b datetime); INSERT INTO zeros VALUES (1, '0000-00-00', '2026-00-00 00:00:00'), (2, '2026-05-00', '2026-01-01')`,
    )
    expect(await copied({ table: 'zeros' })).toEqual([
      { id: '1', a: null, b: null },
      { id: '2', a: null, b: '2026-01-01 00:00:00' },
    ])
    expect(logged.filter((line) => line.includes('do not exist'))).toEqual([
      expect.stringContaining('2 values of column "a"'),
      expect.stringContaining('1 values of column "b"'),
    ])
  })

  test('a character that Postgres cannot hold rejects its row, told by its place', async () => {
    await owner.query(`CREATE TABLE nul (id int, word varchar(9)); INSERT INTO nul VALUES (1, 'a'), (2, 'b\\0')`)
    const rejected = await session(async (own) => {
      const stream = streamOf({ table: 'nul' })
      const { chunks, rejections } = await extractAll(own, stream, await own.describe(stream))
      expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(2)
      return rejections
    })
    expect(rejected).toMatchObject([{ position: 2, column: 1, rule: expect.stringContaining('U+0000') }])
  })
})

describe('shapes', () => {
  test('an empty table', async () => {
    await owner.query('CREATE TABLE nothing (id int)')
    expect(await copied({ table: 'nothing' })).toEqual([])
  })

  test('500 columns', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `c${index}`)
    await owner.query(
      `CREATE TABLE wide (${names.map((name) => `${name} smallint`).join(', ')}); INSERT INTO wide VALUES (${names.map((_, index) => index).join(', ')})`,
    )
    expect(await copied({ table: 'wide' })).toEqual([Object.fromEntries(names.map((name, index) => [name, String(index)]))])
  })

  test('cells over the size of a packet, between small ones', async () => {
    await owner.query('SET GLOBAL max_allowed_packet = 1073741824')
    const sizes = [1, 250, 251, 252, 65_535, 65_536, 16_777_200, 16_777_215, 16_777_216, 40_000_000]
    const sql = sizes.map((size) => `select ${size} as size, repeat('ä', ${size} div 2) as text`).join(' union all ')
    const rows = await copied({ sql })
    expect(rows.map(({ size, text }) => [Number(size), Buffer.byteLength(text ?? '')])).toEqual(
      sizes.map((size) => [size, size - (size % 2)]),
    )
  })

  test('a hundred thousand rows, to the last digit', async () => {
    await owner.query(
      `CREATE TABLE many (id int PRIMARY KEY, amount decimal(15,2), note varchar(90)); INSERT INTO many SELECT seq, seq * 1.37, IF(seq % 7 = 0, NULL, CONCAT('Nöte ', seq)) FROM seq_1_to_100000`,
    )
    expect((await described({ table: 'many' })).expectedRows).toBeGreaterThan(50_000)
    await copied({ table: 'many' })
    const whole = `concat(id, amount, coalesce(note, '-'))`
    await owner.query('SET group_concat_max_len = 100000000')
    const [theirs] = await owner.query(
      `SELECT count(*) AS n, sum(amount) AS sum, md5(group_concat(${whole} ORDER BY id SEPARATOR '')) AS digest FROM many`,
    )
    const { rows } = await target.query(
      `SELECT count(*)::int AS n, sum(amount)::text AS sum, md5(string_agg(${whole}, '' ORDER BY id)) AS digest FROM copied`,
    )
    expect(rows).toEqual(theirs)
    expect((await target.query('SELECT note FROM copied WHERE id IN (7, 99999) ORDER BY id')).rows).toEqual([
      { note: null },
      { note: 'Nöte 99999' },
    ])
  })

  test('all streams of a session show the same moment', async () => {
    await owner.query(`INSERT INTO items VALUES (99, 'later')`)
    expect(await copyFrom(source, { table: 'items' })).toHaveLength(2)
    await owner.query('DELETE FROM items WHERE id = 99')
  })

  test('names that need quotes, in a database beside', async () => {
    await owner.query(
      'CREATE DATABASE `o.ther`; CREATE TABLE `o.ther`.`a``b` (`x y` int, `sélect` int, PRIMARY KEY (`sélect`, `x y`)); INSERT INTO `o.ther`.`a``b` VALUES (1, 2)',
    )
    expect(await copied({ table: '`o.ther`.`a``b`' })).toEqual([{ 'x y': '1', sélect: '2' }])
    expect(await copied({ schema: 'o.ther', table: 'a`b' })).toHaveLength(1)
    const found = (await mysqlDriver.discover(accessTo(server.url))).find(({ name }) => name === 'o.ther_a`b')
    expect(found).toMatchObject({ source: { table: '`o.ther`.`a``b`' }, primaryKey: ['sélect', 'x y'] })
    expect(found?.columns).toEqual((await described(found?.source)).columns)
  })
})

describe('failures', () => {
  test.each([
    ['select nme\nfrom items', "'nme'"],
    ['select id\nfrm items where', 'at line 2'],
    ['select 1 as a, 2 as a', "'a'"],
    ['delete from items', 'at line 1'],
    ['select 1; select 2', 'at line 1'],
    ['select 1) as a union (select 2', ''],
  ])('%j is INVALID_QUERY that tells: %s', async (sql, told) => {
    const found = await refusal(source.describe(streamOf({ sql })))
    expect(found).toMatchObject({ code: 'INVALID_QUERY', message: expect.stringContaining(told) })
    expect((await source.describe(streamOf({ table: 'items' }))).columns).toHaveLength(2)
  })

  test('a table that is not there', async () => {
    expect(await refusal(source.describe(streamOf({ table: 'gone' })))).toMatchObject({ code: 'COLUMN_MISSING' })
  })

  const signIn = (settings: object, changes: object = {}) => refusal(mysqlDriver.test(accessTo(server.url, { settings, ...changes })))

  test.each([
    ['INVALID_CREDENTIALS', { user: 'nobody' }],
    ['INVALID_CREDENTIALS', { database: 'nowhere' }],
    ['HOST_NOT_FOUND', { host: 'no-such-host.invalid' }],
    ['TLS_FAILED', { tls: 'verify-full', host: 'localhost' }],
  ])('%s', async (code, settings) => {
    expect(await signIn(settings)).toMatchObject({ code })
  })

  test('nothing listens, nobody answers, somebody else answers', async () => {
    expect(await signIn({ port: await freePort() })).toMatchObject({ code: 'CONNECTION_REFUSED' })
    const silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    expect(await signIn({ port }, { connectTimeoutMs: 300 })).toMatchObject({
      code: 'CONNECTION_TIMEOUT',
      message: expect.stringContaining('0.3 second'),
    })
    silent.close()
    expect(await signIn({ port: destination.port }, { connectTimeoutMs: 500 })).toMatchObject({ code: 'CONNECTION_TIMEOUT' })
    const stranger = await listen((socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'))
    expect(await signIn({ port: stranger.port })).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: `127.0.0.1:${stranger.port} does not answer as a MySQL server: it begins with "SSH-2.0-OpenSSH_9.2p1··".`,
    })
    stranger.stop()
  })

  test('a user sees what it may read, and is told what it may not', async () => {
    const access = accessTo(server.url.replace('owner:owner', 'reader:reader'))
    expect((await mysqlDriver.discover(access)).map(({ name }) => name)).toEqual(['items'])
    const reader = await mysqlDriver.open(access)
    for (const source of [{ table: 'hidden' }, { sql: 'select * from hidden' }])
      expect(await refusal(reader.describe(streamOf(source)))).toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('The user "reader" may not read'),
      })
    await reader.close()
  })

  test('a time limit ends a query, and the session goes on', async () => {
    const limited = await mysqlDriver.open(accessTo(server.url, { settings: { statementTimeoutSeconds: 1 } }))
    const stream = streamOf({ sql: 'select seq, sleep(0.01) as pause from seq_1_to_100000' })
    const drain = async () => {
      const shape = await limited.describe(stream)
      for await (const _ of limited.extract(stream, shape, requestAll(limited, shape)));
    }
    expect(await refusal(drain())).toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    expect((await limited.describe(streamOf({ table: 'items' }))).columns).toHaveLength(2)
    await limited.close()
  })

  test('a connection that breaks in the middle is CONNECTION_LOST', async () => {
    const proxy = await startTcpProxy(server.port)
    const through = await mysqlDriver.open(accessTo(server.url, { settings: { port: proxy.port } }))
    const stream = streamOf({ sql: 'select seq from seq_1_to_10000000' })
    const shape = await through.describe(stream)
    proxy.cutAfter(1_000_000)
    const drain = async () => {
      for await (const _ of through.extract(stream, shape, requestAll(through, shape)));
    }
    expect(await refusal(drain())).toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await refusal(drain())).toMatchObject({ code: 'CONNECTION_LOST' })
    await through.close()
    await proxy.stop()
  })

  const running = async () => {
    const [rows] = await owner.query(
      `SELECT id FROM information_schema.processlist WHERE command = 'Query' AND info LIKE '%seq_1_to_9999999%' AND id <> connection_id()`,
    )
    return (rows as unknown[]).length
  }

  test.each(['abort', 'leave'] as const)('%s: the query is gone at the server', async (how) => {
    const abort = new AbortController()
    const cancelled = await mysqlDriver.open(accessTo(server.url, { signal: abort.signal }))
    const stream = streamOf({ sql: 'select seq from seq_1_to_9999999' })
    const shape = await cancelled.describe(stream)
    const read = async () => {
      for await (const _ of cancelled.extract(stream, shape, requestAll(cancelled, shape))) {
        expect(await running()).toBe(1)
        if (how === 'leave') return
        abort.abort(new Error('enough'))
      }
    }
    await read().catch(() => {})
    while ((await running()) > 0);
    await cancelled.close()
  })
})

describe('TLS', () => {
  test.each([
    ['require', '127.0.0.1', undefined],
    ['verify-full', 'localhost', 'its own'],
  ])('%s to %s encrypts what is read', async (tls, host, ca) => {
    const settings = { tls, host, ...(ca && { ca: authority }) }
    expect(await copied({ sql: 'select 1 as id union all select 2' }, { settings })).toHaveLength(2)
    const [[row]] = (await owner.query("SHOW GLOBAL STATUS LIKE 'Ssl_finished_accepts'")) as unknown as [[{ Value: string }]]
    expect(Number(row.Value)).toBeGreaterThan(0)
  })
})

test('a connection test tells the server, and warns of a user who may write', async () => {
  const report = await mysqlDriver.test(accessTo(server.url))
  expect(report.serverVersion).toMatch(/^MariaDB \d+\.\d+/)
  expect(report.warnings).toEqual([expect.stringContaining('may write')])
  expect((await mysqlDriver.test(accessTo(server.url.replace('owner:owner', 'reader:reader')))).warnings).toEqual([])
})
