import { once } from 'node:events'
import { pipeline, Readable } from 'node:stream'
import { answer, atFirst, cutAfter, cutChunked, demandHeader, pagesByNumber } from '@aiia/testkit/rest-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { extractAll, requestAll } from '../testing/extract.ts'
import { type Changes, orders, type RestApi, startRestApi, stream } from '../testing/rest-api.ts'
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

describe('values', () => {
  test('arrive exactly, whatever their size and signs', async () => {
    const body = String.raw`{"meta":1,"data":[{"n":12345678901234567890.123,"i":9223372036854775807,"s":"é😀\"\\\n\ud83d\ude00","o":{"a" : [1, 2.50]},"z":null,"b":true}]}`
    api.server.serve('/x', answer(body))
    const { rows, shape } = await api.readAll({ path: '/x' })
    expect(rows).toEqual([['12345678901234567890.123', '9223372036854775807', 'é😀"\\\n😀', '{"a" : [1, 2.50]}', null, 'true']])
    expect(shape.columns.map(({ name, type, sourceType }) => `${name} ${type} ${sourceType}`)).toEqual([
      'n numeric number',
      'i bigint number',
      's text string',
      'o jsonb object',
      'z text null',
      'b boolean boolean',
    ])
  })

  test('of a cell of 10 MB and of 500 columns', async () => {
    const large = `${'x'.repeat(10_000_000)}"\\`
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`column ${at}`, `${at}`]))
    api.server.serve('/large', answer([{ id: 1, text: large }, { id: 2 }]))
    api.server.serve('/wide', answer(Array.from({ length: 300 }, () => wide)))
    const { rows } = await api.readAll({ path: '/large' })
    expect([rows[0]?.[1] === large, rows[1]]).toEqual([true, ['2', null]])
    const found = await api.readAll({ path: '/wide' })
    expect(found.rows).toHaveLength(300)
    expect(found.rows.at(-1)).toEqual(Object.values(wide))
  })

  test('of the types that were guessed pass their validation', async () => {
    api.server.serve(
      '/x',
      answer([
        { id: 1, at: '2026-11-24T10:35:00.123Z', day: '2026-11-24', amount: 1.5, ok: true, tags: ['a'] },
        { id: 2, at: '2026-11-24T12:35:00+02:00', day: null, amount: 1e-7, ok: false, tags: 'none', more: '' },
      ]),
    )
    await api.withSource(async (source) => {
      const shape = await source.describe(stream({ path: '/x' }))
      expect(shape.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'id bigint',
        'at timestamp with time zone',
        'day date',
        'amount numeric',
        'ok boolean',
        'tags jsonb',
        'more text',
      ])
      const { chunks, rejections } = await extractAll(source, stream({ path: '/x' }), shape)
      expect(rejections).toEqual([])
      expect(chunks.reduce((rows, chunk) => rows + chunk.rows, 0)).toBe(2)
      expect(Buffer.concat(chunks.map(({ data }) => data)).toString('latin1')).toContain('"none"')
    })
  })

  test('that fail are told with their page and record', async () => {
    api.server.serve('/page', pagesByNumber([...orders(12), { id: 'twelve' }, 'no record'], { most: 10 }))
    const columns = [{ name: 'id', type: 'integer' }]
    const source = { path: '/page?key=abc', columns, pagination: { style: 'page' } }
    await api.withSource(async (opened) => {
      const shape = await opened.describe(stream(source))
      const { rejections, chunks } = await extractAll(opened, stream(source), shape)
      expect(rejections).toEqual([
        expect.objectContaining({ position: 13, column: 0, place: `${api.server.url}/page?key=***&page=2, record 3` }),
        expect.objectContaining({ position: 14, column: null, raw: '"no record"', rule: 'A record is a JSON object.' }),
      ])
      expect(chunks.reduce((rows, chunk) => rows + chunk.rows, 0)).toBe(14)
    })
  })
})

describe('a description', () => {
  test('can be named, and what is unlike it is told', async () => {
    api.server.serve('/x', answer([{ id: 1, extra: 2, also: 3 }], { headers: { 'x-total-count': '1' } }))
    const columns = [
      { name: 'gone', type: 'text' },
      { name: 'id', type: 'numeric(10,2)' },
    ]
    const { shape, rows } = await api.readAll({ path: '/x', columns })
    expect(shape).toEqual({
      columns: [
        { name: 'gone', type: 'text', sourceType: 'null', nullable: true },
        { name: 'id', type: 'numeric(10,2)', sourceType: 'number', nullable: true },
      ],
      primaryKey: [],
      expectedRows: 1,
    })
    expect(rows).toEqual([[null, '1']])
    expect(api.logged.filter((line) => line.startsWith('WARN'))).toEqual([
      'WARN Stream "stream": none of the first 1 records has "gone". Where a record has no such member, its value is NULL.',
      'WARN Stream "stream": records have members that are no columns of it: "extra", "also". To keep them, name its columns in the stream’s source.',
    ])
  })

  test('is of the first 200 records only, and leaves the rest unread', async () => {
    let closed = false
    const left = new Promise<void>((resolve) => {
      api.server.serve('/endless', (_request, response) => {
        const records = function* () {
          yield '[{"id":0}'
          for (let id = 1; ; id += 1) yield `,{"id":${id}}`
        }
        pipeline(Readable.from(records()), response.writeHead(200), () => {
          closed = true
          resolve()
        })
      })
    })
    const { columns } = await api.withSource((source) => source.describe(stream({ path: '/endless' })))
    await left
    expect([columns, closed]).toEqual([[{ name: 'id', type: 'bigint', sourceType: 'number', nullable: true }], true])
  })

  test('of nothing asks for columns', async () => {
    api.server.serve('/x', answer([]))
    expect(await failed(api.readAll({ path: '/x' }))).toMatchObject({
      code: 'INVALID_QUERY',
      message: expect.stringContaining('"columns"'),
    })
  })

  test('of a stream that reads what is new asks for the parameter', async () => {
    const wanted = stream({ path: '/x' }, { mode: 'INCREMENTAL', cursorField: 'at' })
    expect(await failed(api.withSource((source) => source.describe(wanted)))).toMatchObject({
      code: 'INVALID_QUERY',
      message: expect.stringContaining('"since"'),
    })
  })
})

describe('what is new', () => {
  const changed = [
    { id: 1, at: '2026-11-24T10:35:00.123Z' },
    { id: 2, at: '2026-11-24T10:35:00.123456Z' },
    { id: 3, at: null },
    { id: 4, at: '2026-11-24T11:35:00+01:00' },
  ]
  const value = '2026-11-24 10:35:00.123+00'

  test('is asked for with every page, as the API wants it', async () => {
    api.server.serve('/x', answer(changed))
    const pagination = { style: 'page' }
    for (const format of ['iso', 'unix-seconds', 'unix-milliseconds']) {
      api.server.serve('/x', pagesByNumber(changed, { most: 3 }))
      await api.readAll({ path: '/x', pagination, since: { param: 'updated_after', format } }, {}, { column: 'at', value, inclusive: true })
    }
    const asked = api.server.requests.map((request) => new URL(request.slice(4), api.server.url).searchParams.get('updated_after'))
    const each = ['2026-11-24T10:35:00.123Z', '1795516500', '1795516500123'].flatMap((text) => [null, text, text])
    expect(asked).toEqual(each)
  })

  test('is what comes later, where the value itself is not wanted', async () => {
    api.server.serve('/x', answer(changed))
    const source = { path: '/x', since: { param: 'since' } }
    const { rows } = await api.readAll(source, {}, { column: 'at', value, inclusive: false })
    expect(rows.map(([id]) => id)).toEqual(['2'])
    const all = await api.readAll(source, {}, { column: 'at', value, inclusive: true })
    expect(all.rows).toHaveLength(4)
    const numbers = await api.readAll(source, {}, { column: 'id', value: '2', inclusive: false })
    expect(numbers.rows.map(([id]) => id)).toEqual(['3', '4'])
  })
})

describe('an answer that is none', () => {
  const body = JSON.stringify(orders(5_000))
  test.each([
    ['of a cut connection', cutAfter(100_000, body), 'CONNECTION_LOST'],
    ['of a cut answer in chunks', cutChunked(100_000, body), 'CONNECTION_LOST'],
    ['of cut JSON', answer(body.slice(0, 100_000)), 'PROTOCOL_ERROR'],
    ['of a page to sign in', answer('<html>Please sign in'), 'PROTOCOL_ERROR'],
    ['of nothing', answer(''), 'PROTOCOL_ERROR'],
    ['without records', answer({ message: 'Moved.' }), 'INVALID_QUERY'],
    ['of a failure', answer({ error: 'Broken.' }, { status: 500 }), 'SOURCE_UNAVAILABLE'],
    ['of a limit', answer('', { status: 429, headers: { 'retry-after': '60' } }), 'RATE_LIMITED'],
    ['of no right', answer('', { status: 403 }), 'PERMISSION_DENIED'],
    ['of no such path', answer('', { status: 404 }), 'INVALID_QUERY'],
  ])('is a failure of the whole extract: %s', async (_what, handler, code) => {
    api.server.serve('/x', atFirst(1, answer(orders(1)), handler))
    await api.withSource(async (source) => {
      const shape = await source.describe(stream({ path: '/x' }))
      expect(await failed(extractAll(source, stream({ path: '/x' }), shape))).toMatchObject({ code })
    })
  })
})

describe('a read that is not finished', () => {
  /** Records without end; `ended` when the connection is gone. */
  const serveEndless = (path: string) => {
    const state = { sent: 0, ended: Promise.resolve() }
    api.server.serve(path, (_request, response) => {
      const records = function* () {
        yield '[{"id":0}'
        for (let id = 1; ; id += 1) {
          state.sent += 1_000
          yield `,{"id":${id},"text":"${'x'.repeat(1_000)}"}`
        }
      }
      state.ended = once(response, 'close').then(() => {})
      pipeline(Readable.from(records()), response.writeHead(200), () => {})
    })
    return state
  }

  const begin = async (changes?: Changes) => {
    const state = serveEndless('/endless')
    const source = await httpDriver.open(api.access(changes))
    const shape = await source.describe(stream({ path: '/endless' }))
    const rows = source.extract(stream({ path: '/endless' }), shape, requestAll(source, shape))[Symbol.asyncIterator]()
    expect((await rows.next()).done).toBe(false)
    return { state, source, rows }
  }

  test('ends its request when it is left', async () => {
    const { state, source, rows } = await begin()
    await rows.return?.()
    await state.ended
    await source.close()
  })

  test('ends its request when the session is cancelled', async () => {
    const session = new AbortController()
    const { state, source, rows } = await begin({ signal: session.signal })
    session.abort(new Error('Cancelled.'))
    await expect(
      (async () => {
        while ((await rows.next()).done !== true);
      })(),
    ).rejects.toThrow('Cancelled.')
    await state.ended
    await source.close()
  })

  test('does not let the server run ahead', async () => {
    const { state, source, rows } = await begin()
    api.server.serve('/turn', answer(orders(1)))
    for (let [before, still] = [-1, 0]; still < 20; before = state.sent) {
      await source.describe(stream({ path: '/turn' }))
      still = state.sent === before ? still + 1 : 0
    }
    expect(state.sent).toBeLessThan(40_000_000)
    await rows.return?.()
    await source.close()
  })
})

describe('a test', () => {
  test('asks for its path, and tells the server', async () => {
    api.server.serve('/status', demandHeader('authorization', 'Bearer t', answer('', { headers: { server: 'nginx/1.27' } })))
    const settings = { testPath: '/status', authentication: { kind: 'bearer' } }
    const report = await httpDriver.test(api.access({ settings, credentials: { token: 't' } }))
    expect(report).toEqual({
      latencyMs: expect.any(Number),
      serverVersion: 'HTTP, nginx/1.27',
      warnings: [expect.stringContaining('without encryption')],
    })
    expect(await failed(httpDriver.test(api.access({ settings, credentials: { token: 'x' } })))).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    })
    const missing = { ...settings, testPath: '/missing' }
    expect(await failed(httpDriver.test(api.access({ settings: missing, credentials: { token: 't' } })))).toMatchObject({
      code: 'INVALID_QUERY',
    })
  })

  test('of a base address that is nothing itself says that it proves little', async () => {
    const { warnings } = await httpDriver.test(api.access({ settings: { baseUrl: `${api.server.url}/v9` } }))
    expect(warnings).toEqual([expect.stringMatching(/the sign-in is not tested.*404/)])
  })

  test('finds no streams by itself', async () => {
    expect(await httpDriver.discover(api.access())).toEqual([])
  })
})
