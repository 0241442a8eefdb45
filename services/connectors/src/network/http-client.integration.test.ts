import { text } from 'node:stream/consumers'
import { answer, atFirst, demandHeader, redirectTo, startRestServer, type TestRestServer } from '@aiia/testkit/rest-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, failureOf, read } from '../testing/http-clients.ts'
import type { HttpAuthentication } from './http-client.ts'

let server: TestRestServer
let other: TestRestServer
beforeAll(async () => {
  server = await startRestServer()
  other = await startRestServer()
})
afterAll(async () => {
  await server?.stop()
  await other?.stop()
})

const at = (path: string): URL => new URL(path, server.url)

describe('redirects', () => {
  const authentication: HttpAuthentication = { kind: 'bearer', token: 't0ken' }

  test.each([301, 302, 303, 307, 308])('%s is followed with the credentials', async (status) => {
    server.serve('/old', redirectTo('/new?x=1', status))
    server.serve('/new', demandHeader('authorization', 'Bearer t0ken', answer('"new"')))
    expect(await read(clientOf({ authentication }), at('/old'))).toBe('"new"')
  })

  test('another origin gets no credentials and no headers of ours, and what it then says is explained', async () => {
    server.serve('/old', redirectTo(`${other.url}/new`))
    const got: unknown[] = []
    other.serve('/new', (request, response, url) => {
      got.push(request.headers.authorization, request.headers['x-tenant'], request.headers['x-key'], url.search)
      return answer('"new"')(request, response, url)
    })
    const { body } = await clientOf({ authentication }).get(at('/old'), { headers: { 'X-Tenant': '42' } })
    expect(await text(body)).toBe('"new"')
    await read(clientOf({ authentication: { kind: 'api-key', name: 'X-Key', value: 'k', in: 'header' } }), at('/old'))
    await read(clientOf({ authentication: { kind: 'api-key', name: 'key', value: 'k', in: 'query' } }), at('/old'))
    expect(got).toEqual([undefined, undefined, undefined, '', undefined, undefined, undefined, '', undefined, undefined, undefined, ''])
    other.serve('/new', answer({ message: 'Who?' }, { status: 401 }))
    expect(await failureOf(clientOf({ authentication }).get(at('/old')))).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      message: expect.stringContaining(`leads to ${other.url}, which gets no credentials`),
    })
  })

  test('a URL of another origin than the first gets none either', async () => {
    server.serve('/in', answer('"in"'))
    other.serve('/in', demandHeader('authorization', 'Bearer t0ken', answer('"in"')))
    const client = clientOf({ authentication })
    await read(client, at('/in'))
    expect(await failureOf(client.get(new URL('/in', other.url)))).toMatchObject({ code: 'INVALID_CREDENTIALS' })
  })

  test('a circle ends', async () => {
    server.serve('/round', redirectTo('/round'))
    const asked = server.requests.length
    expect(await failureOf(clientOf().get(at('/round')))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringContaining('redirects more than 5 times'),
    })
    expect(server.requests.length - asked).toBe(6)
  })

  test.each(['ftp://127.0.0.1/', 'http://[', ''])('one to "%s" leads nowhere', async (location) => {
    server.serve('/old', redirectTo(location === '' ? 'http://' : location))
    expect(await failureOf(clientOf().get(at('/old')))).toMatchObject({ code: 'PROTOCOL_ERROR' })
  })

  test('the address that one leads to is checked', async () => {
    server.serve('/old', redirectTo(`${other.url}/new`))
    other.serve('/new', answer('"secret"'))
    const targets = { refusal: (_address: string, port: number) => (port === other.port ? 'it is forbidden here' : null) }
    expect(await failureOf(clientOf({ targets }).get(at('/old')))).toEqual({
      code: 'PERMISSION_DENIED',
      message: `Workers may not connect to 127.0.0.1:${other.port}: it is forbidden here.`,
      retryAfterMs: undefined,
    })
  })
})

test.each(['127.0.0.1', '[::1]', 'localhost'])('%s is not connected to where that is forbidden', async (host) => {
  const seen: string[] = []
  const targets = {
    refusal: (address: string) => {
      seen.push(address)
      return 'it is a loopback address'
    },
  }
  const { code, message } = await failureOf(clientOf({ targets }).get(new URL(`http://${host}:${server.port}/`)))
  expect(code).toBe('PERMISSION_DENIED')
  expect(message).toContain('it is a loopback address')
  expect(seen[0]).toMatch(/^(127\.0\.0\.1|::1)$/)
})

describe('answers that are none', () => {
  test.each([
    [400, 'INVALID_QUERY'],
    [403, 'PERMISSION_DENIED'],
    [404, 'INVALID_QUERY'],
    [408, 'SOURCE_UNAVAILABLE'],
    [410, 'INVALID_QUERY'],
    [422, 'INVALID_QUERY'],
    [500, 'SOURCE_UNAVAILABLE'],
    [502, 'SOURCE_UNAVAILABLE'],
    [503, 'SOURCE_UNAVAILABLE'],
    [304, 'PROTOCOL_ERROR'],
  ])('%s is %s', async (status, code) => {
    server.serve('/x', answer(status === 304 ? '' : { error: { message: 'It\nsays so.' } }, { status }))
    const failure = await failureOf(clientOf().get(at('/x?token=abc&page=2')))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(`${status} `)
    expect(failure.message).toContain(`/x?token=***&page=2`)
    if (status !== 304) expect(failure.message).toMatch(/: It says so\.$/)
  })

  test.each([
    ['x'.repeat(1_000), `${'x'.repeat(300)}…`],
    ['<html><style>p {}</style><h1>Bad</h1> <p>Gateway</html>', 'Bad Gateway.'],
    ['{"errors":[{"detail":"No such field."}]}', 'No such field.'],
    ['{"code":7}', '{"code":7}.'],
    ['{"odata.error":{"message":{"lang":"en","value":"No."}},"error":{"code":"","message":{"value":"No set."}}}', 'No set.'],
  ])('what the server says of it is shown: %s', async (body, shown) => {
    server.serve('/x', answer(body, { status: 400 }))
    const { message } = await failureOf(clientOf().get(at('/x')))
    expect(message).toBe(`The API at 127.0.0.1:${server.port} refuses the request: 400 Bad Request for GET ${server.url}/x: ${shown}`)
  })
})

describe('limits of rate', () => {
  const limited = (retryAfter: string, status = 429) => answer({ message: 'Slowly.' }, { status, headers: { 'retry-after': retryAfter } })

  test.each([
    ['429', limited('0')],
    ['429 until a date', limited('Thu, 01 Jan 1970 00:00:00 GMT')],
    ['503 that names a time', limited('0', 503)],
  ])('%s is waited out', async (_what, first) => {
    server.serve('/x', atFirst(3, first, answer('"at last"')))
    expect(await read(clientOf(), at('/x'))).toBe('"at last"')
  })

  test('three times are enough', async () => {
    server.serve('/x', limited('0'))
    const asked = server.requests.length
    expect(await failureOf(clientOf().get(at('/x')))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 0 })
    expect(server.requests.length - asked).toBe(4)
  })

  test.each([
    ['3600', 3_600_000],
    [new Date(Date.now() + 7_200_000).toUTCString(), expect.closeTo(7_200_000, -6)],
  ])('a long one (%s) is left to the next attempt', async (retryAfter, retryAfterMs) => {
    server.serve('/x', limited(retryAfter))
    const asked = server.requests.length
    expect(await failureOf(clientOf().get(at('/x')))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs })
    expect(server.requests.length - asked).toBe(1)
  })

  test('of 503 as well', async () => {
    server.serve('/x', limited('60', 503))
    expect(await failureOf(clientOf().get(at('/x')))).toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryAfterMs: 60_000 })
  })

  test('a wait ends with the session', async () => {
    server.serve('/x', limited('9'))
    const session = new AbortController()
    const started = performance.now()
    const asked = failureOf(clientOf({ signal: session.signal }).get(at('/x')))
    server.serve('/other', (request, response, url) => {
      session.abort(new Error('Cancelled.'))
      return answer('""')(request, response, url)
    })
    await read(clientOf(), at('/other'))
    expect(await asked).toMatchObject({ message: 'Cancelled.' })
    expect(performance.now() - started).toBeLessThan(8_000)
  })
})
