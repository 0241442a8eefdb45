import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { freePort } from '@aiia/testkit/free-port'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let consoleServer: Server
let api: TestApi

/** What the console has built: of one script no packed copy. */
const files: Record<string, string | Buffer> = {
  '/_next/static/chunks/a.js': 'plain',
  '/_next/static/chunks/a.js.br': brotliCompressSync('packed'),
  '/_next/static/chunks/b.js': 'unpacked',
}

beforeAll(async () => {
  postgres = await startPostgres()
  const used = new WeakSet<Socket>()
  consoleServer = createServer((request, response) => {
    // As one that has been idle for too long is ended just when the next request comes.
    if (used.has(request.socket)) return void request.socket.destroy()
    used.add(request.socket)
    if (request.url?.startsWith('/_next/static/')) {
      const text = files[request.url]
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/octet-stream', 'cache-control': 'immutable' })
      return void response.end(text)
    }
    response.setHeader('content-security-policy', "script-src 'nonce-1'")
    response.end(JSON.stringify({ url: request.url, host: request.headers.host, forwarded: request.headers['x-forwarded-for'] }))
  }).listen(0, '127.0.0.1')
  await once(consoleServer, 'listening')
  api = await startTestApi(postgres, { CONSOLE_URL: `http://127.0.0.1:${(consoleServer.address() as AddressInfo).port}` })
})

afterAll(async () => {
  await api.stop()
  consoleServer.close()
  await postgres.stop()
})

test('health, readiness and metrics', async () => {
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
  await api.ask('{ connectorKinds { kind } }')
  const metrics = await (await fetch(`${api.url}/metrics`)).text()
  expect(metrics).toContain('aiia_graphql_operation_seconds_count{operation="query",field="connectorKinds",outcome="ok"} 1')
  expect(metrics).toContain('aiia_http_request_seconds_count{route="graphql",method="POST",status="200"} 1')
  expect(metrics).toContain('aiia_subscriptions_active 0')
  expect(metrics).toContain('process_cpu_seconds_total')
})

test('whatever is not the API’s own goes to the console, whose headers stand', async () => {
  const response = await fetch(`${api.url}/admin/connectors?search=sap`)
  expect(response.headers.get('content-security-policy')).toBe("script-src 'nonce-1'")
  expect(response.headers.get('x-frame-options')).toBe('DENY')
  expect(await response.json()).toEqual({ url: '/admin/connectors?search=sap', host: new URL(api.url).host, forwarded: '127.0.0.1' })
})

test('a script comes as its build has packed it, to whoever can unpack it', async () => {
  const ask = (path: string, encodings: string) => fetch(`${api.url}${path}`, { headers: { 'accept-encoding': encodings } })
  const packed = await ask('/_next/static/chunks/a.js', 'gzip, deflate, br')
  expect(await packed.text()).toBe('packed')
  expect(Object.fromEntries(packed.headers)).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'immutable',
    vary: 'Accept-Encoding',
  })
  for (const encodings of ['gzip', 'identity', 'gzip, br;q=0'])
    expect(await (await ask('/_next/static/chunks/a.js', encodings)).text(), encodings).toBe('plain')
  const unpacked = await ask('/_next/static/chunks/b.js', 'br')
  expect([unpacked.status, await unpacked.text()]).toEqual([200, 'unpacked'])
  expect((await ask('/_next/static/chunks/gone.js', 'br')).status).toBe(404)
})

test('no request depends on a connection to the console that an earlier one has left', async () => {
  const statuses: number[] = []
  for (let request = 0; request < 3; request += 1) {
    const response = await fetch(`${api.url}/admin`)
    await response.text()
    statuses.push(response.status)
  }
  expect(statuses).toEqual([200, 200, 200])
})

test('what the API answers itself cannot be framed, sniffed or scripted', async () => {
  const { headers } = await fetch(`${api.url}/graphql?query={viewer{name}}`)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('access-control-allow-origin')).toBeNull()
})

test('a console that is not up is told in a page that tries again', async () => {
  const lonely = await startTestApi(postgres, { CONSOLE_URL: `http://127.0.0.1:${await freePort()}` })
  const response = await fetch(`${lonely.url}/admin`)
  expect(response.status).toBe(502)
  expect(await response.text()).toContain('http-equiv="refresh"')
  await lonely.stop()
})

test('without a console the API says where it is', async () => {
  const alone = await startTestApi(postgres)
  const response = await fetch(`${alone.url}/`)
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('/graphql')
  await alone.stop()
})

test('a taken port is named', async () => {
  await expect(startTestApi(postgres, { PORT: api.settings.PORT })).rejects.toThrow(`PORT: ${api.settings.PORT} is taken`)
})

test('a stop sends watchers away without telling them that it is over, so that they come back', async () => {
  const stopping = await startTestApi(postgres)
  const socket = new WebSocket(`${stopping.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { authorization: `Bearer ${stopping.token}` },
  })
  const received: string[] = []
  socket.on('message', (data: Buffer) => received.push((JSON.parse(data.toString()) as { type: string }).type))
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  socket.send('{"id":"1","type":"subscribe","payload":{"query":"subscription { jobRunUpdated { id } }"}}')
  await expect.poll(async () => (await fetch(`${stopping.url}/metrics`)).text()).toContain('aiia_subscriptions_active 1')
  const closed = once(socket, 'close')
  await stopping.stop()
  expect((await closed)[0]).toBe(1001)
  expect(received).toEqual(['connection_ack'])
})

test('a WebSocket elsewhere than at /graphql is refused', async () => {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/admin`)
  const [error] = (await once(socket, 'error')) as [Error]
  expect(error.message).toContain('404')
})
