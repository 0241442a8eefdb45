/** Pages and links as services of many makers give them, where CAP does not. */

import { afterEach, describe, expect, test } from 'vitest'
import { type Answer, createServices, read, refusal } from '../testing/odata-service.ts'

const { serve, stop } = createServices()
afterEach(stop)

const entities = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }))

/** As a service of so many entities that pages by `$top` and `$skip`. */
const paged =
  (total: number, most = Infinity, counted = false): Answer =>
  ({ options }) => {
    const from = Number(options['$skip'] ?? 0)
    const results = entities(from, Math.min(total, from + Math.min(most, Number(options['$top'] ?? total))))
    return { d: { results, ...(counted && options['$inlinecount'] === 'allpages' && { __count: String(total) }) } }
  }

describe('pages of a service without links', () => {
  const skips = (pages: Record<string, string>[]) => pages.map(({ $skip = '0' }) => Number($skip))

  test.each([
    [7, [0, 3, 6]],
    [6, [0, 3, 6]],
    [2, [0, 2]],
    [0, [0]],
  ])('%d entities are read by $top and $skip in the order of the key', async (total, expected) => {
    const service = await serve({ version: 'v2' }, paged(total))
    expect(await read(service.url)).toMatchObject({ rows: total })
    expect(skips(service.pages())).toEqual(expected)
    for (const options of service.pages()) expect(options).toMatchObject({ $top: '3', $orderby: 'id' })
  })

  test('one that has a limit of its own goes on while its count says that there are more', async () => {
    const service = await serve({ version: 'v2' }, paged(5, 2, true))
    expect(await read(service.url)).toMatchObject({ rows: 5 })
    expect(skips(service.pages())).toEqual([0, 2, 4])
  })

  test('one that counts more than it gives has an end', async () => {
    const service = await serve({ version: 'v2' }, ({ options }) => ({
      d: { results: options['$skip'] ? [] : entities(0, 2), __count: '9' },
    }))
    expect(await read(service.url)).toMatchObject({ rows: 2 })
  })

  test('one that knows no $top gives all at once', async () => {
    const service = await serve({ version: 'v2' }, () => ({ d: entities(0, 8) }))
    expect(await read(service.url)).toMatchObject({ rows: 8 })
    expect(service.pages()).toHaveLength(1)
  })

  test('one that does not say so goes on while its pages are as long as the first', async () => {
    const service = await serve({ version: 'v2' }, paged(5, 2))
    expect(await read(service.url)).toMatchObject({ rows: 5 })
    expect(skips(service.pages())).toEqual([0, 2, 4])
  })

  test('one that counts less than it gives is not believed', async () => {
    const service = await serve({ version: 'v2' }, (request, response) => ({
      d: { ...(paged(4)(request, response) as { d: object }).d, __count: '0' },
    }))
    expect(await read(service.url)).toMatchObject({ rows: 4 })
  })

  test('one that knows no $skip has given all when that is less than was asked for', async () => {
    const service = await serve({ version: 'v2' }, () => ({ d: { results: entities(0, 2) } }))
    expect(await read(service.url)).toMatchObject({ rows: 2 })
    expect(skips(service.pages())).toEqual([0, 2])
  })

  test('else it cannot be told from one that has more', async () => {
    const service = await serve({ version: 'v2' }, () => ({ d: { results: entities(0, 3) } }))
    expect(await refusal(read(service.url))).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining('page size') })
  })

  test('one that says that it cannot page, or not order by its key, is not asked to', async () => {
    const unpaged = await serve({ version: 'v2', set: 'pageable="false"' }, () => ({ d: { results: entities(0, 8) } }))
    expect(await read(unpaged.url)).toMatchObject({ rows: 8 })
    expect(unpaged.pages()).toEqual([{ $orderby: 'id' }])
    const unsortable = '<Property Name="k" Type="Edm.String" sortable="false"/>'
    const unordered = await serve({ version: 'v2', properties: unsortable, key: 'k' }, paged(1, 1, true))
    await read(unordered.url)
    expect(unordered.pages()).toEqual([{ $top: '3', $inlinecount: 'allpages' }])
  })

  test('a v4 service that gives no link has given all', async () => {
    const service = await serve({ version: 'v4' }, () => ({ value: entities(0, 8) }))
    expect(await read(service.url)).toMatchObject({ rows: 8 })
    expect(service.pages()).toEqual([{ $orderby: 'id', $count: 'true' }])
  })
})

describe('links', () => {
  test('lead on, absolute or relative, before or behind the entities, within one $top', async () => {
    const service = await serve({ version: 'v2' }, ({ options }) => {
      const [from, token] = [Number(options['$skip'] ?? 0), Number(options['$skiptoken'] ?? 0)]
      const link = token === 0 ? { __next: `Rows?$top=4&$skip=${from}&$skiptoken=2` } : {}
      return { d: { ...link, results: entities(from + token, Math.min(7, from + token + 2)) } }
    })
    expect(await read(service.url, { settings: { pageSize: 4 } })).toMatchObject({ rows: 7 })
    expect(service.pages().map(({ $skip = '0', $skiptoken = '' }) => `${$skip} ${$skiptoken}`)).toEqual(['0 ', '0 2', '4 ', '4 2'])
  })

  test('carry the SAP client and the language on', async () => {
    const service = await serve({ version: 'v4' }, ({ options }) =>
      options['$skiptoken'] ? { value: entities(1, 2) } : { '@odata.nextLink': 'Rows?$skiptoken=1', value: entities(0, 1) },
    )
    expect(await read(service.url, { settings: { sapClient: '100', language: 'DE' } })).toMatchObject({ rows: 2 })
    expect(service.requests).toHaveLength(4)
    for (const { options } of service.requests) expect(options).toMatchObject({ 'sap-client': '100', 'sap-language': 'DE' })
  })

  test('that lead back have no end, and are not followed', async () => {
    const service = await serve({ version: 'v4' }, ({ options }) => ({
      value: entities(0, 1),
      '@odata.nextLink': `Rows?$skiptoken=${(Number(options['$skiptoken'] ?? 0) % 5) + 1}`,
    }))
    expect(await refusal(read(service.url))).toMatchObject({ code: 'PROTOCOL_ERROR', message: expect.stringContaining('no end') })
    expect(service.pages().length).toBeLessThan(20)
  })

  test('to another host are not followed; where links are rewritten, the same path of the service itself is', async () => {
    const other = await serve({ version: 'v4' }, () => ({ value: [] }))
    const service = await serve({ version: 'v4' }, ({ options }) =>
      options['$skiptoken']
        ? { value: entities(1, 3) }
        : { '@odata.nextLink': `${other.origin}/s/Rows?$skiptoken=%20a`, value: entities(0, 1) },
    )
    const signedIn = { settings: { authentication: { kind: 'bearer' } }, credentials: { token: 'secret-token' } }
    expect(await refusal(read(service.url, signedIn))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringContaining('"Rewrite links"'),
    })
    expect(await read(service.url, { ...signedIn, settings: { ...signedIn.settings, rewriteLinks: true } })).toMatchObject({ rows: 3 })
    expect(service.pages().at(-1)).toEqual({ $skiptoken: ' a' })
    for (const { headers } of service.requests) expect(headers.authorization).toBe('Bearer secret-token')
    expect(other.requests).toEqual([])
  })
})
