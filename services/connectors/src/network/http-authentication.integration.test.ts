import {
  answer,
  createTokenEndpoint,
  demandBasic,
  demandHeader,
  demandParameter,
  type Handler,
  startRestServer,
  type TestRestServer,
} from '@aiia/testkit/rest-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, failureOf, read } from '../testing/http-clients.ts'
import type { HttpAuthentication } from './http-client.ts'

let server: TestRestServer
beforeAll(async () => {
  server = await startRestServer()
})
afterAll(async () => {
  await server?.stop()
})

const at = (path: string): URL => new URL(path, server.url)

describe('signing in', () => {
  const right: [string, HttpAuthentication, Handler][] = [
    ['none', { kind: 'none' }, answer('"in"')],
    ['basic', { kind: 'basic', user: 'ü ser', password: 'pä:ss' }, demandBasic('ü ser', 'pä:ss', answer('"in"'))],
    ['bearer', { kind: 'bearer', token: 't0k/en+==' }, demandHeader('authorization', 'Bearer t0k/en+==', answer('"in"'))],
    ['header', { kind: 'api-key', name: 'X-Api-Key', value: 'k3y', in: 'header' }, demandHeader('x-api-key', 'k3y', answer('"in"'))],
    ['query', { kind: 'api-key', name: 'api_key', value: 'k&3 y', in: 'query' }, demandParameter('api_key', 'k&3 y', answer('"in"'))],
  ]
  test.each(right)('%s', async (_name, authentication, handler) => {
    server.serve('/in', handler)
    expect(await read(clientOf({ authentication }), at('/in?a=1'))).toBe('"in"')
  })

  const wrong: [string, HttpAuthentication, Handler][] = [
    ['basic', { kind: 'basic', user: 'user', password: 'secret-word' }, demandBasic('user', 'other', answer('"in"'))],
    ['bearer', { kind: 'bearer', token: 'secret-word' }, demandHeader('authorization', 'Bearer other', answer('"in"'))],
    [
      'header',
      { kind: 'api-key', name: 'X-Api-Key', value: 'secret-word', in: 'header' },
      demandHeader('x-api-key', 'other', answer('"in"')),
    ],
    ['query', { kind: 'api-key', name: 'k', value: 'secret word', in: 'query' }, demandParameter('k', 'other', answer('"in"'))],
  ]
  test.each(wrong)(
    'a wrong %s is INVALID_CREDENTIALS, and what the server repeats of it is hidden',
    async (_name, authentication, handler) => {
      server.serve('/in', handler)
      const { code, message } = await failureOf(clientOf({ authentication }).get(at('/in?a=1')))
      expect([code, message]).toEqual([
        'INVALID_CREDENTIALS',
        expect.stringMatching(/^The API at 127\.0\.0\.1:\d+ refused the credentials: 401 Unauthorized for GET http.*\/in\?a=1: .*\*\*\*/),
      ])
      expect(decodeURIComponent(message.replaceAll('+', ' '))).not.toMatch(/secret.word|dXNlcjpzZWNyZXQtd29yZA/)
    },
  )
})

describe('OAuth 2.0', () => {
  const credentials = { clientId: 'cli:ent', clientSecret: 's ecret/+' }
  const prepare = (options: Partial<Parameters<typeof createTokenEndpoint>[0]> = {}) => {
    const endpoint = createTokenEndpoint({ ...credentials, ...options })
    server.serve('/token', endpoint.issue)
    server.serve('/in', endpoint.demand(answer('"in"')))
    const issued = server.requests.length
    return { endpoint, asked: () => server.requests.slice(issued).filter((request) => request === 'POST /token').length }
  }
  const authentication = (changes: object = {}): HttpAuthentication => ({
    kind: 'oauth2-client-credentials',
    tokenUrl: `${server.url}/token`,
    ...credentials,
    scope: 'read all',
    ...changes,
  })

  test('one token serves many requests, also at the same time', async () => {
    const { asked } = prepare({ lifeSeconds: 3_600 })
    const client = clientOf({ authentication: authentication() })
    expect(await Promise.all([read(client, at('/in')), read(client, at('/in'))])).toEqual(['"in"', '"in"'])
    expect(await read(client, at('/in'))).toBe('"in"')
    expect(asked()).toBe(1)
  })

  test('a token that was revoked is replaced once', async () => {
    const { endpoint, asked } = prepare()
    const client = clientOf({ authentication: authentication() })
    await read(client, at('/in'))
    endpoint.revoke()
    expect(await read(client, at('/in'))).toBe('"in"')
    expect(asked()).toBe(2)
    server.serve('/in', answer({ message: 'Never.' }, { status: 401 }))
    expect(await failureOf(client.get(at('/in')))).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(asked()).toBe(3)
  })

  test('a token that is about to end is not used any more', async () => {
    const { asked } = prepare({ lifeSeconds: 0.000_001 })
    const client = clientOf({ authentication: authentication() })
    await read(client, at('/in'))
    await read(client, at('/in'))
    expect(asked()).toBe(2)
  })

  test('a server that knows the client by the form only is served', async () => {
    prepare({ by: 'form' })
    expect(await read(clientOf({ authentication: authentication() }), at('/in'))).toBe('"in"')
  })

  test('a wrong secret is INVALID_CREDENTIALS with what the server says', async () => {
    prepare()
    const { code, message } = await failureOf(clientOf({ authentication: authentication({ clientSecret: 'wr0ng' }) }).get(at('/in')))
    expect(code).toBe('INVALID_CREDENTIALS')
    expect(message).toMatch(/\/token: .*(Who is that|invalid_client)/)
    expect(message).not.toContain('wr0ng')
  })

  test.each([
    ['no JSON', answer('<html>'), 'PROTOCOL_ERROR'],
    ['no token', answer({}), 'PROTOCOL_ERROR'],
    ['another type of token', answer({ access_token: 'x', token_type: 'mac' }), 'PROTOCOL_ERROR'],
    ['not now', answer('', { status: 503 }), 'SOURCE_UNAVAILABLE'],
  ])('a token endpoint that answers with %s fails as that', async (_what, handler, code) => {
    server.serve('/token', handler)
    expect(await failureOf(clientOf({ authentication: authentication() }).get(at('/in')))).toMatchObject({ code })
  })
})
