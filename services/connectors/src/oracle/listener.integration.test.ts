import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { freePort } from '@aiia/testkit/free-port'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { accessTo } from '../testing/source-access.ts'
import { failureOf, listen, saying } from '../testing/strangers.ts'
import { oracleDriver } from './driver.ts'

const to = (port: number, changes: Parameters<typeof accessTo>[1] = {}) =>
  accessTo(`oracle://reader:secret@127.0.0.1:${port}/`, { ...changes, settings: { serviceName: 'ORCLPDB1', ...changes.settings } })

/** A packet of the listener's protocol: length, checksum, type, flags, checksum, and what follows. */
const packet = (type: number, body: Buffer): Buffer => {
  const header = Buffer.from([0, 0, 0, 0, type, 0, 0, 0])
  header.writeUInt16BE(header.length + body.length)
  return Buffer.concat([header, body])
}

const sized = (text: string): Buffer => Buffer.concat([Buffer.from([text.length >> 8, text.length & 0xff]), Buffer.from(text)])

const refuse = (error: number): Buffer => packet(4, Buffer.concat([Buffer.from([0x22, 0]), sized(`(DESCRIPTION=(ERR=${error}))`)]))
const redirect = (port: number): Buffer => packet(5, sized(`(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=${port}))`))

test.each([
  [12_514, 'SOURCE_UNAVAILABLE', 'ORCLPDB1'],
  [12_516, 'SOURCE_UNAVAILABLE', 'ORA-12516'],
  [12_528, 'SOURCE_UNAVAILABLE', 'ORA-12528'],
  [12_537, 'CONNECTION_LOST', '127.0.0.1'],
])('a listener that refuses with %i is %s', async (error, code, told) => {
  const listener = await saying(refuse(error))
  const found = await failureOf(oracleDriver, to(listener.port))
  listener.stop()
  expect(found).toMatchObject({ code, message: expect.stringContaining(told) })
  expect(found.message).not.toContain('secret')
})

test('nothing listens, or the name has no address', async () => {
  expect(await failureOf(oracleDriver, to(await freePort()))).toMatchObject({ code: 'CONNECTION_REFUSED' })
  expect(await failureOf(oracleDriver, to(1521, { settings: { host: 'no-such-host.invalid' } }))).toMatchObject({ code: 'HOST_NOT_FOUND' })
})

test('a host is a name and not more of the descriptor', async () => {
  expect(await failureOf(oracleDriver, to(1521, { settings: { host: 'db)(PORT=1)' } }))).toMatchObject({ code: 'HOST_NOT_FOUND' })
})

test.each(['disable', 'verify-full'])('with TLS %s, nobody answers', async (tls) => {
  const silent = await listen(() => {})
  const found = await failureOf(oracleDriver, to(silent.port, { connectTimeoutMs: 300, settings: { tls } }))
  silent.stop()
  expect(found).toMatchObject({ code: 'CONNECTION_TIMEOUT', message: expect.stringContaining('0.3 second') })
})

test.each([
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'it begins with "HTTP/1.1 400 Bad Request".'],
  ['J\0\0\0\n8.4.0\0', 'it begins with "J····8.4.0·".'],
])('another service that says %j is PROTOCOL_ERROR, in its words', async (words, told) => {
  const other = await saying(words)
  const found = await failureOf(oracleDriver, to(other.port))
  other.stop()
  expect(found).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining(told) })
})

test('an answer of the listener that is none is PROTOCOL_ERROR', async () => {
  const other = await saying(packet(2, Buffer.alloc(2)))
  const found = await failureOf(oracleDriver, to(other.port, { connectTimeoutMs: 1_000 }))
  other.stop()
  expect(found.code).toBe('PROTOCOL_ERROR')
})

test('a host that hangs up is CONNECTION_LOST', async () => {
  const closing = await listen((socket) => void socket.once('data', () => socket.destroy()))
  const found = await failureOf(oracleDriver, to(closing.port))
  closing.stop()
  expect(found.code).toBe('CONNECTION_LOST')
})

test('no address is tried that is forbidden', async () => {
  let reached = false
  const listener = await listen(() => {
    reached = true
  })
  const targets = { refusal: (address: string) => `${address} is not for workers` }
  const found = await failureOf(oracleDriver, to(listener.port, { targets }))
  listener.stop()
  expect(found).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('is not for workers') })
  expect(reached).toBe(false)
})

test('a listener may send the driver on, but not to where workers may not go', async () => {
  const end = await saying(refuse(12_516))
  let secondHeard = 0
  const counting = await listen((socket) => {
    secondHeard += 1
    socket.once('data', () => socket.write(refuse(12_516)))
  })
  const first = await saying(redirect(counting.port))
  expect(await failureOf(oracleDriver, to(first.port))).toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
  expect(secondHeard).toBe(1)
  const targets = { refusal: (_address: string, port: number) => (port === counting.port ? 'it is not for workers' : null) }
  expect(await failureOf(oracleDriver, to(first.port, { targets }))).toMatchObject({
    code: 'PERMISSION_DENIED',
    message: expect.stringContaining(`127.0.0.1:${counting.port}`),
  })
  expect(secondHeard).toBe(1)
  for (const stranger of [first, counting, end]) stranger.stop()
})

test('an abort ends a sign-in at once, and its connection', async () => {
  const abort = new AbortController()
  let reached: Socket | undefined
  const silent = await listen((socket) => {
    reached = socket
    socket.once('data', () => abort.abort(new Error('enough')))
  })
  const found = await failureOf(oracleDriver, to(silent.port, { connectTimeoutMs: 3_600_000, signal: abort.signal }))
  expect(found.message).toBe('enough')
  if (reached?.destroyed === false) await once(reached, 'close')
  silent.stop()
})

test('TLS: a certificate that nobody vouches for is TLS_FAILED', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { algorithm: 'sha256' })
  const secured = createTlsServer({ cert, key }).listen(0, '127.0.0.1')
  await once(secured, 'listening')
  const { port } = secured.address() as AddressInfo
  expect(await failureOf(oracleDriver, to(port, { settings: { tls: 'verify-full', host: 'localhost' } }))).toMatchObject({
    code: 'TLS_FAILED',
  })
  secured.close()
})
