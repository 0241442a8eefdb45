import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { SourceAccess } from '@aiia/core/sync/source'
import { freePort } from '@aiia/testkit/free-port'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { postgresDriver } from './driver.ts'

let server: TestPostgres
let administrator: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  administrator = new pg.Client({ connectionString: server.url })
  await administrator.connect()
})
afterAll(async () => {
  await administrator?.end()
  await server?.stop()
})

const failure = async (access: SourceAccess) =>
  postgresDriver.test(access).then(
    () => {
      throw new Error('The test connected.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )

/** A server that accepts connections, and does with them what the test says. */
const listen = async (accept: Parameters<typeof createServer>[1]) => {
  const listener = createServer(accept).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return { port: (listener.address() as AddressInfo).port, close: () => listener.close() }
}

test('a connection tells version and latency, and warns of a superuser', async () => {
  const report = await postgresDriver.test(accessTo(server.url))
  expect(report.serverVersion).toMatch(/^PostgreSQL \d+/)
  expect(report.latencyMs).toBeGreaterThanOrEqual(0)
  expect(report.warnings).toEqual([expect.stringContaining('superuser')])
})

test('a missing password is INVALID_CREDENTIALS that says so', async () => {
  const found = await failure(accessTo(server.url, { credentials: null }))
  expect(found).toMatchObject({ code: 'INVALID_CREDENTIALS', message: expect.stringContaining('the connector has none') })
})

test('an unknown database is INVALID_CREDENTIALS that names it', async () => {
  const found = await failure(accessTo(server.url, { settings: { database: 'nowhere' } }))
  expect(found).toMatchObject({ code: 'INVALID_CREDENTIALS', message: expect.stringContaining('nowhere') })
})

test('what a server says of a certificate while refusing a sign-in is not TLS_FAILED', async () => {
  await administrator.query(`CREATE ROLE "SSL certificate" LOGIN PASSWORD 'right'`)
  const found = await failure(accessTo(server.url, { settings: { user: 'SSL certificate' }, credentials: { password: 'wrong' } }))
  expect(found.code).toBe('INVALID_CREDENTIALS')
})

test.each([
  ['disable', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'it begins with "HTTP/1.1 400 Bad Request".'],
  ['require', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'it begins with "HTTP/1.1 400 Bad Request".'],
  ['disable', 'SSH-2.0-OpenSSH_9.2\r\n', 'it begins with "SSH-2.0-OpenSSH_9.2··".'],
  ['disable', 'J\0\0\0\n8.4.0\0', 'it begins with "J····8.4.0·".'],
])('with TLS %s, another service that says %j is PROTOCOL_ERROR, in its words', async (tls, words, told) => {
  const other = await listen((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(words))
  })
  const found = await failure(accessTo(server.url, { settings: { port: other.port, tls } }))
  other.close()
  expect(found).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining(told) })
})

test('the time limit holds for a server that signs in and then says nothing', async () => {
  // AuthenticationOk and ReadyForQuery, and no answer to the first query.
  const mute = await listen((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(Buffer.from('5200000008000000005a0000000549', 'hex')))
  })
  const found = await failure(accessTo(server.url, { settings: { port: mute.port }, connectTimeoutMs: 300 }))
  mute.close()
  expect(found.code).toBe('CONNECTION_TIMEOUT')
})

test('an abort during sign-in ends it at once', async () => {
  const abort = new AbortController()
  const silent = await listen((socket) => {
    socket.on('error', () => {})
    abort.abort(new Error('enough'))
  })
  const found = await failure(accessTo(server.url, { settings: { port: silent.port }, connectTimeoutMs: 3_600_000, signal: abort.signal }))
  silent.close()
  expect(found.message).toBe('enough')
})

test('a host with several addresses is reached at the one that answers', async () => {
  // "localhost" is ::1 as well on most machines, where this server does not listen.
  const report = await postgresDriver.test(accessTo(server.url, { settings: { host: 'localhost' } }))
  expect(report.serverVersion).toMatch(/^PostgreSQL/)
})

test('no address is tried when one of them is forbidden', async () => {
  const port = await freePort()
  const targets = { refusal: (address: string) => `${address} is not for workers` }
  const found = await failure(accessTo(server.url, { settings: { host: 'localhost', port }, targets }))
  expect(found).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('is not for workers') })
})

describe('TLS', () => {
  const write = (file: string, text: string): Promise<unknown> =>
    administrator.query(`COPY (SELECT unnest(string_to_array('${text.trim()}', E'\\n'))) TO PROGRAM 'umask 077 && cat > ${file}'`)

  test('a server without TLS is TLS_FAILED where TLS is demanded', async () => {
    const found = await failure(accessTo(server.url, { settings: { tls: 'require' } }))
    expect(found).toMatchObject({ code: 'TLS_FAILED', message: expect.stringContaining('does not support SSL') })
  })

  describe('of a server with a certificate for localhost', () => {
    let ca: string
    beforeAll(async () => {
      const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
            ],
          },
        ],
      })
      ca = pems.cert
      await write('server.crt', pems.cert)
      await write('server.key', pems.private)
      await administrator.query('ALTER SYSTEM SET ssl = on')
      await administrator.end()
      await server.restart()
      administrator = new pg.Client({ connectionString: server.url })
      await administrator.connect()
    })

    test('require takes any certificate, and the connection is encrypted', async () => {
      const source = await postgresDriver.open(accessTo(server.url, { settings: { tls: 'require' } }))
      const { rows } = await administrator.query(
        `SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'AIIA Data Refresh'`,
      )
      expect(rows).toEqual([{ ssl: true }])
      // The rows come through the same encrypted socket.
      const stream = streamOf({ sql: 'SELECT i FROM generate_series(1, 100000) i' })
      const shape = await source.describe(stream)
      let count = 0
      for await (const piece of source.extract(stream, shape, requestAll(source, shape))) count += piece.rows
      await source.close()
      expect(count).toBe(100_000)
    })

    test.each(['localhost', '127.0.0.1'])('verify-full accepts %s with the authority that signed it', async (host) => {
      const report = await postgresDriver.test(accessTo(server.url, { settings: { tls: 'verify-full', host, ca } }))
      expect(report.serverVersion).toMatch(/^PostgreSQL/)
    })

    test('verify-full refuses an authority that it does not know', async () => {
      const found = await failure(accessTo(server.url, { settings: { tls: 'verify-full', host: 'localhost' } }))
      expect(found.code).toBe('TLS_FAILED')
    })

    test('a server that demands TLS says so to a connector without', async () => {
      const { rows } = await administrator.query<{ file: string; text: string }>(
        `SELECT current_setting('hba_file') AS file, pg_read_file(current_setting('hba_file')) AS text`,
      )
      const [hba] = rows
      if (hba === undefined) throw new Error('no pg_hba.conf')
      await administrator.query(`CREATE ROLE careful LOGIN PASSWORD 'right'`)
      await write(hba.file, `hostssl all careful all scram-sha-256\nhost all careful all reject\n${hba.text.replaceAll("'", "''")}`)
      await administrator.query('SELECT pg_reload_conf()')
      const careful = { settings: { user: 'careful' }, credentials: { password: 'right' } }
      await expect
        .poll(() => failure(accessTo(server.url, careful)))
        .toMatchObject({
          code: 'INVALID_CREDENTIALS',
          message: expect.stringContaining('set TLS to require'),
        })
      await postgresDriver.test(accessTo(server.url, { ...careful, settings: { ...careful.settings, tls: 'require' } }))
    })
  })
})
