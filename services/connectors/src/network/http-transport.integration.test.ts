import { getEventListeners, once } from 'node:events'
import { pipeline, Readable } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { freePort } from '@aiia/testkit/free-port'
import { answer, cutAfter, cutChunked, fallSilent, startRestServer, type TestRestServer } from '@aiia/testkit/rest-server'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, failureOf, read } from '../testing/http-clients.ts'
import { listen } from '../testing/strangers.ts'
import type { HttpClient } from './http-client.ts'

let server: TestRestServer
beforeAll(async () => {
  server = await startRestServer()
})
afterAll(async () => {
  await server?.stop()
})

const at = (path: string): URL => new URL(path, server.url)

const urlOf = (port: number, protocol = 'http'): URL => new URL(`${protocol}://127.0.0.1:${port}/`)

describe('bodies', () => {
  const body = JSON.stringify(Array.from({ length: 10_000 }, (_, id) => ({ id, name: `Nummer ${id} ü` })))

  test.each([
    ['gzip', gzipSync(body)],
    ['br', brotliCompressSync(body)],
    ['deflate', deflateSync(body)],
    ['identity', Buffer.from(body)],
  ])('that are packed by %s arrive as they were', async (encoding, packed) => {
    server.serve('/x', answer(packed, { headers: { 'content-encoding': encoding } }))
    expect(await read(clientOf(), at('/x'))).toBe(body)
  })

  test.each([
    ['gzip', Buffer.from('no gzip')],
    ['br', Buffer.from('no brotli at all')],
    ['gzip', gzipSync(body).subarray(0, 1_000)],
  ])('that are not packed by %s are PROTOCOL_ERROR', async (encoding, packed) => {
    server.serve('/x', answer(packed, { headers: { 'content-encoding': encoding } }))
    expect(await failureOf(read(clientOf(), at('/x')))).toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test.each([
    ['of an announced length', cutAfter(50_000, body)],
    ['of chunks', cutChunked(50_000, body)],
    ['that are packed', cutAfter(1_000, gzipSync(body), { 'content-encoding': 'gzip' })],
  ])('%s that are cut are CONNECTION_LOST', async (_what, handler) => {
    server.serve('/x', handler)
    expect(await failureOf(read(clientOf(), at('/x')))).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  test('are not read ahead of who takes them', async () => {
    let sent = 0
    const closed = new Promise<void>((resolve) => {
      server.serve('/endless', (_request, response) => {
        const pieces = function* () {
          for (;;) {
            sent += 65_536
            yield Buffer.alloc(65_536, 'x')
          }
        }
        pipeline(Readable.from(pieces()), response.writeHead(200), () => resolve())
      })
    })
    server.serve('/turn', answer('""'))
    const client = clientOf()
    const pieces = (await client.get(at('/endless'))).body[Symbol.asyncIterator]()
    await pieces.next()
    // The server stands still while other requests come and go.
    for (let [before, still] = [-1, 0]; still < 20; before = sent) {
      await read(client, at('/turn'))
      still = sent === before ? still + 1 : 0
    }
    expect(sent).toBeLessThan(40_000_000)
    await pieces.return?.()
    await closed
  })
})

describe('a network that fails', () => {
  test('nothing listens', async () => {
    expect(await failureOf(clientOf().get(urlOf(await freePort())))).toMatchObject({ code: 'CONNECTION_REFUSED' })
  })

  test('the name has no address', async () => {
    expect(await failureOf(clientOf().get(new URL('http://nowhere.invalid/')))).toMatchObject({ code: 'HOST_NOT_FOUND' })
  })

  test('the server is silent', async () => {
    server.serve('/x', () => {})
    expect(await failureOf(clientOf({ idleTimeoutMs: 100 }).get(at('/x')))).toMatchObject({
      code: 'CONNECTION_TIMEOUT',
      message: expect.stringContaining('did not answer within 0.1 s'),
    })
  })

  test('the server falls silent', async () => {
    server.serve('/x', fallSilent('[1,'))
    // Long enough for the beginning of the answer to come first, however busy the machine is.
    expect(await failureOf(read(clientOf({ idleTimeoutMs: 2_000 }), at('/x')))).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  test('the connection ends before the answer', async () => {
    const { port, stop } = await listen((socket) => void socket.once('data', () => socket.destroy()))
    expect(await failureOf(clientOf().get(urlOf(port)))).toMatchObject({ code: 'CONNECTION_LOST' })
    stop()
  })

  test('the other side does not speak HTTP', async () => {
    const { port, stop } = await listen((socket) => void socket.end('220 smtp.example.com ESMTP\r\n'))
    expect(await failureOf(clientOf().get(urlOf(port)))).toMatchObject({ code: 'PROTOCOL_ERROR' })
    stop()
  })

  test('a handshake that hangs ends with the connect timeout', async () => {
    const { port, stop } = await listen(() => {})
    expect(await failureOf(clientOf({ connectTimeoutMs: 300 }).get(urlOf(port, 'https')))).toEqual({
      code: 'CONNECTION_TIMEOUT',
      message: `Connection timeout. Unable to reach 127.0.0.1:${port} after 0.3 seconds.`,
      retryAfterMs: undefined,
    })
    stop()
  })
})

describe('connections', () => {
  test('are kept', async () => {
    const kept = await startRestServer()
    kept.serve('/x', answer('""'))
    const client = clientOf()
    for (let turn = 0; turn < 20; turn += 1) await read(client, new URL('/x', kept.url))
    expect(await kept.connections()).toBeLessThanOrEqual(2)
    await kept.stop()
  })

  test('that the server has closed meanwhile are made anew', async () => {
    let sockets = 0
    const { port, stop } = await listen((socket) => {
      sockets += 1
      // Answers once, and closes when the next request comes.
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n""')
        socket.once('data', () => socket.resetAndDestroy())
      })
    })
    const client = clientOf()
    for (let turn = 0; turn < 6; turn += 1) expect(await read(client, urlOf(port))).toBe('""')
    expect(sockets).toBe(6)
    stop()
  })
})

describe('TLS', () => {
  test('is checked, against an authority of the connector’s own where it has one', async () => {
    const identity = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    })
    const secure = await startRestServer({ tls: { cert: identity.cert, key: identity.private } })
    secure.serve('/x', answer('"safe"'))
    const url = new URL('/x', secure.url)
    expect(await failureOf(clientOf().get(url))).toMatchObject({ code: 'TLS_FAILED' })
    expect(await read(clientOf({ tls: { ca: identity.cert } }), url)).toBe('"safe"')
    expect(await read(clientOf({ tls: { verify: false } }), url)).toBe('"safe"')
    expect(await failureOf(clientOf().get(new URL(server.url.replace('http:', 'https:'))))).toMatchObject({ code: 'TLS_FAILED' })
    await secure.stop()
  })
})

describe('the session’s signal', () => {
  const aborted = async (path: string, work: (client: HttpClient) => Promise<unknown>): Promise<void> => {
    const session = new AbortController()
    const client = clientOf({ signal: session.signal })
    const closed = new Promise<void>((resolve) => {
      server.serve(path, (request, response, url) => {
        request.socket.once('close', () => resolve())
        setImmediate(() => session.abort(new Error('Cancelled.')))
        if (path === '/in-body') return fallSilent('[')(request, response, url)
      })
    })
    await expect(work(client)).rejects.toThrow('Cancelled.')
    await closed
    await expect(client.get(at('/x'))).rejects.toThrow('Cancelled.')
  }

  test('ends a request that waits for its answer', () => aborted('/before', (client) => client.get(at('/before'))))

  test('ends one that is read', () => aborted('/in-body', (client) => read(client, at('/in-body'))))

  test('ends one that connects', async () => {
    const session = new AbortController()
    const sockets: Promise<unknown>[] = []
    const { port, stop } = await listen((socket) => {
      sockets.push(once(socket, 'close'))
      session.abort(new Error('Cancelled.'))
    })
    const client = clientOf({ signal: session.signal, connectTimeoutMs: 60_000 })
    await expect(client.get(urlOf(port, 'https'))).rejects.toThrow('Cancelled.')
    expect(sockets).toHaveLength(1)
    await Promise.all(sockets)
    stop()
  })

  test('is let go of with each connection', async () => {
    const { signal } = new AbortController()
    const client = clientOf({ signal })
    server.serve('/last', answer('""', { headers: { connection: 'close' } }))
    for (let turn = 0; turn < 20; turn += 1) await read(client, at('/last'))
    expect(getEventListeners(signal, 'abort').length).toBeLessThan(3)
    await client.close()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
