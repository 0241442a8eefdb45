/** Requests and answers in all their forms, where CAP knows fewer. */

import { once } from 'node:events'
import type { RowWriter } from '@aiia/core/sync/source'
import selfsigned from 'selfsigned'
import { afterEach, describe, expect, test } from 'vitest'
import { extractAll, requestAll } from '../testing/extract.ts'
import { createServices, reach, read, refusal } from '../testing/odata-service.ts'
import { streamOf } from '../testing/source-access.ts'
import { odataDriver } from './driver.ts'

const { serve, stop } = createServices()
afterEach(stop)

/** Keeps the texts that a writer of rows is given, by the place of their column. */
const createRecorder = () => {
  const rows: Map<number, string>[] = []
  let row = new Map<number, string>()
  const writer: RowWriter = {
    set: (column, source, from, to) => row.set(column, source.toString('utf8', from, to)),
    push: () => {
      rows.push(row)
      row = new Map()
    },
    reject: (raw) => {
      throw new Error(raw)
    },
    placeOf: null,
    isFull: false,
    take: () => ({ data: Buffer.alloc(0), rows: 0, bytes: 0 }),
    end: () => ({ data: Buffer.alloc(0), rows: 0, bytes: 0 }),
  }
  return { rows, writer }
}

describe('what is asked for', () => {
  const properties = '<Property Name="a" Type="Edm.String"/><Property Name="b" Type="Edm.String"/>'

  test('only the wanted columns, and the key', async () => {
    const service = await serve({ version: 'v4', properties }, () => ({ value: [{ id: 1, b: 'x' }] }))
    await read(service.url, { only: ['b'], filter: "a eq 'ä & b'" })
    expect(service.pages()).toEqual([{ $filter: "a eq 'ä & b'", $select: 'b,id', $orderby: 'id', $count: 'true' }])
    await read(service.url)
    expect(service.pages().at(-1)).toEqual({ $orderby: 'id', $count: 'true' })
  })

  test.each([
    ['v2', { accept: 'application/json', maxdataserviceversion: '2.0' }],
    ['v4', { accept: 'application/json;odata.metadata=minimal;IEEE754Compatible=true', prefer: 'odata.maxpagesize=3' }],
  ] as const)('as %s, by GET', async (version, headers) => {
    const service = await serve({ version, properties }, () => (version === 'v2' ? { d: { results: [] } } : { value: [] }))
    await read(service.url)
    expect(service.requests.at(-1)?.headers).toMatchObject(headers)
  })

  test('with a token of OAuth', async () => {
    const service = await serve({ version: 'v4', properties }, () => ({ value: [] }))
    const tokens = await serve({ version: 'v4', properties }, () => ({
      access_token: 'fresh-token',
      token_type: 'Bearer',
      expires_in: 3_600,
    }))
    const authentication = { kind: 'oauth2-client-credentials', tokenUrl: `${tokens.origin}/token`, clientId: 'aiia' }
    await read(service.url, { settings: { authentication }, credentials: { clientSecret: 'secret' } })
    for (const { headers } of service.requests) expect(headers.authorization).toBe('Bearer fresh-token')
  })
})

describe('values', () => {
  const texts = async (version: 'v2' | 'v4', properties: string, entity: string, changes: Parameters<typeof read>[1] = {}) => {
    const service = await serve({ version, properties }, () =>
      version === 'v2' ? `{"d":{"results":[${entity}]}}` : `{"value":[${entity}]}`,
    )
    return read(service.url, { settings: { pageSize: 100 }, ...changes })
  }
  test('arrive as they stand in the answer, to the last digit', async () => {
    const types = { n: 'Decimal', big: 'Int64', d: 'Double', flag: 'Boolean', words: 'String', span: 'Duration', geo: 'GeographyPoint' }
    const properties = Object.entries(types).map(([name, type]) => `<Property Name="${name}" Type="Edm.${type}"/>`)
    const service = await serve({ version: 'v4', properties: `${properties.join('')}<Property Name="c" Type="s.Complex"/>` }, () => body)
    const body = `{"@odata.context":"x","@Messages":[{"code":"1"}],"value":[
      {"@odata.etag":"W/1","id":1,"n":12345678901234567890.123456789012345678,"big":9223372036854775807,"d":"-INF","flag":false,"words":"\\u00e4\\n\\ud83d\\ude42\\/","span":"P1DT2H"},
      {"words":"","id":2,"n":"1E-20","big":"-1","d":1e3,"geo":{"type":"Point","coordinates":[1.0,2]},"c":{"a":[null, "\\u0041"]},"flag":null}]}`
    const { rows, writer } = createRecorder()
    const source = await odataDriver.open(reach(service.url))
    const stream = streamOf({ entitySet: 'Rows' })
    const shape = await source.describe(stream)
    await extractAll(source, stream, shape, { rows: writer })
    await source.close()
    const named = rows.map((row) => Object.fromEntries([...row].map(([column, text]) => [shape.columns[column]?.name, text])))
    expect(named).toEqual([
      {
        id: '1',
        n: '12345678901234567890.123456789012345678',
        big: '9223372036854775807',
        d: '-INF',
        flag: 'false',
        words: 'ä\n🙂/',
        span: 'P1DT2H',
      },
      { id: '2', words: '', n: '1E-20', big: '-1', d: '1e3', geo: '{"type":"Point","coordinates":[1.0,2]}', c: '{"a":[null, "\\u0041"]}' },
    ])
  })

  test('what is none of its type is rejected with its column, and does not disturb the others', async () => {
    const properties = ['DateTime', 'Time', 'Binary', 'Guid'].map((type) => `<Property Name="${type}" Type="Edm.${type}"/>`).join('')
    const found = await texts(
      'v2',
      `${properties}<Property Name="Day" Type="Edm.DateTime" display-format="Date"/>`,
      [
        '{"id":1,"DateTime":"\\/Date(0)\\/","Time":"PT11H","Binary":"AP8=","Day":"/Date(86400000)/"}',
        '{"id":2,"DateTime":"yesterday"}',
        '{"id":3,"Time":"noon"}',
        '{"id":4,"Binary":"not base64!"}',
        '{"id":5,"Day":"/Date(86400001)/"}',
        '[6]',
        '{"id":7}',
      ].join(),
    )
    expect(found.rows).toBe(7)
    expect(found.rejections.map(({ position, column }) => [position, column === null ? null : found.columns[column]?.name])).toEqual([
      [2, 'DateTime'],
      [3, 'Time'],
      [4, null],
      [5, 'Day'],
      [6, null],
    ])
    expect(found.rejections.map(({ raw, rule }) => `${raw}: ${rule}`)).toContain(
      '{"id":4,"Binary":"not base64!"}: Its "Binary" is not base64.',
    )
  })

  test('digits of a second that Postgres cannot keep are told in the log', async () => {
    const logged: string[] = []
    const log = (_: string, line: string) => logged.push(line)
    const entity = '{"id":1,"at":"2026-11-24T10:11:12.1234567Z"}'
    const found = await texts('v4', '<Property Name="at" Type="Edm.DateTimeOffset" Precision="7"/>', entity, { log })
    expect(found).toMatchObject({ rows: 1, rejections: [] })
    expect(logged).toContainEqual(expect.stringContaining('1 values have more than six digits of a second'))
  })

  test.each([
    ['v2', 'DateTimeOffset', ['"/Date(1000123)/"', '"/Date(1000124)/"', 'null'], '00:16:40.123'],
    ['v4', 'DateTimeOffset', ['"1970-01-01T00:16:40.1234567Z"', '"1970-01-01T01:16:40.1234570+01:00"', 'null'], '00:16:40.123456'],
  ] as const)('as %s, a value of which digits were cut is not new again', async (version, type, values, clock) => {
    const entities = values.map((value, index) => `{"id":${index},"at":${value}}`).join()
    const since = { column: 'at', value: `1970-01-01 ${clock}+00` }
    const properties = `<Property Name="at" Type="Edm.${type}" Precision="7"/>`
    expect(await texts(version, properties, entities, { since: { ...since, inclusive: false } })).toMatchObject({ rows: 1 })
    expect(await texts(version, properties, entities, { since: { ...since, inclusive: true } })).toMatchObject({ rows: 3 })
  })
})

describe('the end of a read', () => {
  const properties = `<Property Name="text" Type="Edm.String"/>`

  test.each(['abort', 'leave'] as const)('%s: the request is ended, too', async (how) => {
    let ended: Promise<unknown> = Promise.resolve()
    const service = await serve({ version: 'v4', properties }, ({ options }, response) => {
      if (options['$top'] === '1') return { value: [] }
      ended = once(response, 'close')
      response.write('{"value":[')
      const line = `${JSON.stringify({ id: 1, text: 'x'.repeat(1_000) })},`.repeat(100)
      const more = (): void => {
        while (response.write(line));
      }
      response.on('drain', more)
      more()
      return undefined
    })
    const abort = new AbortController()
    const enough = new Error('enough')
    const source = await odataDriver.open(reach(service.url, { signal: abort.signal }))
    const stream = streamOf({ entitySet: 'Rows' })
    const shape = await source.describe(stream)
    const work = async (): Promise<void> => {
      for await (const _ of source.extract(stream, shape, requestAll(source, shape))) {
        if (how === 'leave') return
        abort.abort(enough)
      }
    }
    if (how === 'abort') await expect(work()).rejects.toBe(enough)
    else await work()
    await ended
    await source.close()
  })

  test('an answer that stops in the middle of an entity is none', async () => {
    const service = await serve({ version: 'v4', properties }, ({ options }) =>
      options['$top'] === '1' ? { value: [] } : '{"value":[{"id":1},{"id":',
    )
    expect(await refusal(read(service.url))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringContaining('ends in the middle'),
    })
  })

  test('a web page instead of metadata is told', async () => {
    const { origin } = await serve({ version: 'v4', properties }, () => '<html><title>Sign in</title></html>')
    expect(await refusal(odataDriver.test(reach(`${origin}/login`)))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringContaining('a web page'),
    })
  })
})

describe('the way to it', () => {
  test('is encrypted, with a certificate of an authority that is trusted', async () => {
    const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    })
    const service = await serve({ version: 'v4', tls: { cert, key } }, () => ({ value: [{ id: 1 }] }))
    expect(await refusal(read(service.url))).toMatchObject({ code: 'TLS_FAILED' })
    expect(await read(service.url, { settings: { ca: cert } })).toMatchObject({ rows: 1 })
    const report = await odataDriver.test(reach(service.url, { settings: { ca: cert, authentication: { kind: 'bearer' } } }))
    expect(report.warnings).toEqual([])
  })

  test('may be closed to workers', async () => {
    const service = await serve({ version: 'v4' }, () => ({ value: [] }))
    const targets = { refusal: () => 'the network is the platform’s own' }
    expect(await refusal(read(service.url, { targets }))).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(service.requests).toEqual([])
  })
})
