import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

let server: Server
let proxy: TcpProxy
let client: Socket
/** Answers each byte with a thousand. */
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => socket.write(Buffer.alloc(data.length * 1_000, 'x')))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await startTcpProxy((server.address() as AddressInfo).port)
  client = await dial()
})
afterEach(async () => {
  client.destroy()
  await proxy.stop()
  server.close()
})

const dial = async (port = proxy.port): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}
const take = async (socket: Socket, bytes: number): Promise<void> => {
  for (let left = bytes; left > 0; ) left -= ((await once(socket, 'data')) as [Buffer])[0].length
}

test('everything passes, and a delay makes it slow', async () => {
  client.write('1')
  await take(client, 1_000)
  proxy.delay(100)
  const started = performance.now()
  client.write('1')
  await take(client, 1_000)
  expect(performance.now() - started).toBeGreaterThan(190)
})

test('a black hole says nothing to connections old and new, and gives up what it kept when it heals', async () => {
  proxy.blackHole()
  const late = await dial()
  const heard = { client: 0, late: 0 }
  client.on('data', (data) => (heard.client += data.length)).write('1')
  late.on('data', (data) => (heard.late += data.length)).write('1')
  // On the straight way the same question is answered meanwhile.
  const straight = await dial((server.address() as AddressInfo).port)
  straight.write('1')
  await take(straight, 1_000)
  straight.destroy()
  expect(heard).toEqual({ client: 0, late: 0 })
  await proxy.heal()
  await expect.poll(() => heard).toEqual({ client: 1_000, late: 1_000 })
  late.destroy()
})

test('a limit cuts in the middle of what the server sends', async () => {
  proxy.cutAfter(1_500)
  client.write('1')
  await take(client, 1_000)
  client.write('1')
  await once(client, 'close')
})

test('a reset is told as one', async () => {
  client.write('1')
  await take(client, 1_000)
  proxy.reset()
  expect(await once(client, 'error')).toMatchObject([{ code: 'ECONNRESET' }])
})

test('what refuses amid an answer lets the answers before it pass whole', async () => {
  const refused = proxy.refuseAmid()
  client.write('1')
  await take(client, 1_000)
  // Far more than one piece.
  client.write('1'.repeat(10_000))
  await once(client.resume(), 'close')
  await refused
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('what is refused is taken again when it heals', async () => {
  await proxy.refuse()
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await proxy.heal()
  const again = await dial()
  again.write('1')
  await take(again, 1_000)
  again.destroy()
})
