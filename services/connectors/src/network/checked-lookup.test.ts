import { once } from 'node:events'
import { Agent, createServer, get, type Agent as HttpAgent } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TargetPolicy } from '@aiia/core/sync/source'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkedLookup, checkLiteral } from './checked-lookup.ts'

const open: TargetPolicy = { refusal: () => null }
const closed: TargetPolicy = { refusal: (address, port) => `${address} at ${port} is closed` }

const server = createServer((_request, response) => response.end('hello'))
let port = 0
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

const reached = (agent: HttpAgent, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ host, port, agent }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })

test('a name whose addresses may be reached is connected to', async () => {
  expect(await reached(new Agent({ lookup: checkedLookup(open, port) }), 'localhost')).toBe(200)
  // Without a race between address families a socket asks for one address.
  expect(await reached(new Agent({ lookup: checkedLookup(open, port), autoSelectFamily: false, family: 4 }), 'localhost')).toBe(200)
})

test('a name with a refused address is not', async () => {
  const work = reached(new Agent({ lookup: checkedLookup(closed, port), family: 4 }), 'localhost')
  await expect(work).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    message: `Workers may not connect to localhost:${port}: 127.0.0.1 at ${port} is closed.`,
  })
})

test('a name without an address fails as the DNS says', async () => {
  await expect(reached(new Agent({ lookup: checkedLookup(open, port) }), 'nowhere.invalid')).rejects.toMatchObject({
    code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
  })
})

test.each(['127.0.0.1', '::1', '[::1]'])('the literal %s is checked beforehand', (host) => {
  checkLiteral(open, { host, port: 443 })
  expect(() => checkLiteral(closed, { host, port: 443 })).toThrow(/^Workers may not connect to .*: .* at 443 is closed\.$/)
})

test('a name is left to the lookup', () => {
  checkLiteral(closed, { host: 'localhost', port: 443 })
})
