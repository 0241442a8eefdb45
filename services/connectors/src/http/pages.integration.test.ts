import {
  answer,
  createTokenEndpoint,
  demandBasic,
  demandHeader,
  demandParameter,
  pagesByCursor,
  pagesByLastId,
  pagesByLink,
  pagesByNumber,
  pagesByOffset,
  startRestServer,
} from '@aiia/testkit/rest-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { orders, ordersAsRows, type RestApi, startRestApi, stream } from '../testing/rest-api.ts'
import { failed } from '../testing/values.ts'
import { httpDriver } from './driver.ts'

let api: RestApi
beforeAll(async () => {
  api = await startRestApi()
})
afterAll(() => api?.server.stop())
beforeEach(() => {
  api.logged.length = 0
  api.server.requests.length = 0
})

describe('pages', () => {
  const styles: [string, object][] = [
    ['/page', { records: 'data', pagination: { style: 'page', sizeParam: 'size', size: 100 } }],
    ['/offset', { pagination: { style: 'offset', sizeParam: 'limit', size: 100 } }],
    ['/cursor', { records: 'items', pagination: { style: 'cursor', cursorPath: 'meta.next' } }],
    ['/last', { pagination: { style: 'cursor', cursorParam: 'after', cursorField: 'id', morePath: 'has_more' } }],
    ['/last', { pagination: { style: 'cursor', cursorParam: 'after', cursorField: 'id' } }],
    ['/link', { records: 'records', pagination: { style: 'link' } }],
    ['/link', { records: 'records', pagination: { style: 'link', nextPath: 'links.next' } }],
  ]
  const serve = (count: number): void => {
    api.server.serve('/page', pagesByNumber(orders(count)))
    api.server.serve('/offset', pagesByOffset(orders(count)))
    api.server.serve('/cursor', pagesByCursor(orders(count), { size: 100 }))
    api.server.serve('/last', pagesByLastId(orders(count), { size: 100 }))
    api.server.serve('/link', pagesByLink(orders(count), { size: 100 }))
  }
  test.each(styles)('of %s with %j are read to the last', async (path, source) => {
    for (const count of [250, 200, 1]) {
      serve(count)
      expect((await api.readAll({ path, ...source })).rows, `${count} records`).toEqual(ordersAsRows(count))
    }
  })

  test('a server that says that there is no more is not asked again', async () => {
    serve(200)
    await api.readAll({ path: '/last', pagination: { style: 'cursor', cursorParam: 'after', cursorField: 'id', morePath: 'has_more' } })
    expect(api.server.requests).toEqual(['GET /last', 'GET /last', 'GET /last?after=99'])
  })

  test('a server that gives fewer than it is asked for is read to the end', async () => {
    api.server.serve('/page', pagesByNumber(orders(250), { most: 30 }))
    api.server.serve('/offset', pagesByOffset(orders(250), { most: 30 }))
    expect((await api.readAll({ path: '/offset', pagination: { style: 'offset', sizeParam: 'limit', size: 1_000 } })).rows).toEqual(
      ordersAsRows(250),
    )
    expect((await api.readAll({ path: '/page', pagination: { style: 'page', sizeParam: 'size', size: 30 } })).rows).toEqual(
      ordersAsRows(250),
    )
  })

  test('a page behind the only one may be refused', async () => {
    const [, ...more] = orders(3)
    api.server.serve('/page', (request, response, url) =>
      url.searchParams.get('page') === '1'
        ? answer(more)(request, response, url)
        : answer({ message: 'Invalid page number.' }, { status: 400 })(request, response, url),
    )
    expect((await api.readAll({ path: '/page', pagination: { style: 'page', sizeParam: 'size', size: 100 } })).rows).toHaveLength(2)
  })

  test('a page that is refused later on is a failure', async () => {
    api.server.serve('/offset', (request, response, url) =>
      Number(url.searchParams.get('offset')) < 200
        ? pagesByOffset(orders(1_000), { most: 100 })(request, response, url)
        : answer({ message: 'Too far.' }, { status: 400 })(request, response, url),
    )
    const failure = await failed(api.readAll({ path: '/offset', pagination: { style: 'offset', sizeParam: 'limit', size: 100 } }))
    expect(failure).toMatchObject({ code: 'INVALID_QUERY', message: expect.stringContaining('Too far.') })
  })

  test.each([
    ['the same page', { style: 'page' }, answer(orders(3))],
    ['the same offset', { style: 'offset' }, answer(orders(3))],
    ['the same cursor', { style: 'cursor', cursorPath: 'next' }, answer({ data: orders(3), next: 'again' })],
    ['the same link', { style: 'link', nextPath: 'next' }, answer({ data: orders(3), next: '/round' })],
  ])('%s again is PROTOCOL_ERROR, not a read without end', async (_what, pagination, handler) => {
    api.server.serve('/round', handler)
    expect(await failed(api.readAll({ path: '/round', pagination }))).toMatchObject({ code: 'PROTOCOL_ERROR' })
    expect(api.server.requests.length).toBeLessThan(6)
  })

  test('links in a circle are noticed', async () => {
    for (let page = 0; page < 7; page += 1)
      api.server.serve(`/circle/${page}`, answer({ data: orders(2), next: `${api.server.url}/circle/${(page + 1) % 7}` }))
    const failure = await failed(api.readAll({ path: '/circle/0', pagination: { style: 'link', nextPath: 'next' } }))
    expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining('was read before') })
    expect(api.server.requests.length).toBeLessThan(30)
  })

  test('a link to another origin is followed without the credentials', async () => {
    const other = await startRestServer()
    api.server.serve('/link', demandHeader('authorization', 'Bearer t', pagesByLink(orders(2), { size: 1, origin: other.url })))
    const got: (string | undefined)[] = []
    other.serve('/link', (request, response, url) => {
      got.push(request.headers.authorization)
      return pagesByLink(orders(2), { size: 1 })(request, response, url)
    })
    const { rows } = await api.readAll(
      { path: '/link', records: 'records', pagination: { style: 'link' } },
      { settings: { authentication: { kind: 'bearer' } }, credentials: { token: 't' } },
    )
    expect([rows, got]).toEqual([ordersAsRows(2), [undefined]])
    await other.stop()
  })

  test('no records at all are none, where the columns are named', async () => {
    api.server.serve('/empty', answer({ data: [] }))
    const columns = [{ name: 'id', type: 'bigint' }]
    for (const style of ['none', 'page', 'offset', 'link'])
      expect((await api.readAll({ path: '/empty', columns, pagination: { style } })).rows).toEqual([])
    api.server.serve('/empty', answer('', { status: 204 }))
    expect((await api.readAll({ path: '/empty', columns })).rows).toEqual([])
  })

  test('parameters and paths with a query reach the server', async () => {
    api.server.serve('/v1/orders', answer(orders(1)))
    await api.withSource((source) => source.describe(stream({ path: 'orders?a=1&a=2', query: { 'b[x]': 'ä &', n: 5, t: true } })), {
      settings: { baseUrl: `${api.server.url}/v1/`, headers: 'X-Tenant: 42' },
    })
    expect(api.server.requests).toEqual(['GET /v1/orders?a=1&a=2&b%5Bx%5D=%C3%A4+%26&n=5&t=true'])
  })
})

describe('signing in', () => {
  const inner = answer(orders(1))
  test.each([
    ['basic', { kind: 'basic', user: 'u' }, { password: 'p' }, demandBasic('u', 'p', inner)],
    ['bearer', { kind: 'bearer' }, { token: ' t ' }, demandHeader('authorization', 'Bearer t', inner)],
    ['a key in a header', { kind: 'api-key', keyName: 'X-Key' }, { apiKey: 'k' }, demandHeader('x-key', 'k', inner)],
    ['a key in the query', { kind: 'api-key', keyName: 'key', keyIn: 'query' }, { apiKey: 'k' }, demandParameter('key', 'k', inner)],
  ])('by %s', async (_what, authentication, credentials, handler) => {
    api.server.serve('/in', handler)
    expect((await api.readAll({ path: '/in' }, { settings: { authentication }, credentials })).rows).toEqual(ordersAsRows(1))
    const wrong = Object.fromEntries(Object.keys(credentials).map((name) => [name, 'wr0ng']))
    const failure = await failed(api.readAll({ path: '/in' }, { settings: { authentication }, credentials: wrong }))
    expect(failure.code).toBe('INVALID_CREDENTIALS')
    expect(failure.message).not.toContain('wr0ng')
    if (authentication.kind !== 'basic')
      expect(await failed(httpDriver.test(api.access({ settings: { authentication } })))).toMatchObject({
        code: 'INVALID_CREDENTIALS',
        message: expect.stringMatching(/has none among its credentials/),
      })
  })

  test('by OAuth, with a token that ends while pages are read', async () => {
    const endpoint = createTokenEndpoint({ clientId: 'c', clientSecret: 's' })
    api.server.serve('/token', endpoint.issue)
    const pages = endpoint.demand(pagesByNumber(orders(50), { most: 10 }))
    api.server.serve('/in', (request, response, url) => {
      if (url.searchParams.get('page') === '3') endpoint.revoke()
      api.server.serve('/in', pages)
      return pages(request, response, url)
    })
    const authentication = { kind: 'oauth2-client-credentials', tokenUrl: `${api.server.url}/token`, clientId: 'c' }
    const changes = { settings: { authentication }, credentials: { clientSecret: 's' } }
    expect((await api.readAll({ path: '/in', pagination: { style: 'page' } }, changes)).rows).toEqual(ordersAsRows(50))
  })
})
