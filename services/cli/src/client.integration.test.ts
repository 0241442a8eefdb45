import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGraphQLClient, type GraphQLClient, RefusedError, UnavailableError } from './client.ts'

let server: Server
let client: GraphQLClient
beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    if (headers.authorization !== 'Bearer t') response.writeHead(401).end('Sign in.\n')
    else if (url === '/rejected-rows/7.csv') response.write('stream,row\r\n', () => response.end('bseg,1\r\n'))
    else if (url === '/rejected-rows/8.csv') response.write('stream', () => response.destroy())
    else response.writeHead(404).end('There is no run #9.\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = clientWith('t')
})
afterAll(async () => {
  await client.close()
  server.close()
})

const clientWith = (token: string) =>
  createGraphQLClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, token })
const download = async (run: number, from = client): Promise<string> => {
  let text = ''
  for await (const piece of from.download(`/rejected-rows/${run}.csv`)) text += Buffer.from(piece).toString()
  return text
}

test('a download comes whole', async () => {
  expect(await download(7)).toBe('stream,row\r\nbseg,1\r\n')
})

test('one that breaks off is no success', async () => {
  await expect(download(8)).rejects.toThrow('terminated')
})

test('a refusal is told in the words of the platform', async () => {
  await expect(download(9)).rejects.toThrow(new RefusedError('404', 'There is no run #9.'))
})

test('a token that is not accepted is told as such', async () => {
  await expect(download(7, clientWith('wrong'))).rejects.toBeInstanceOf(UnavailableError)
})
