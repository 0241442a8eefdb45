import { createHash } from 'node:crypto'
import type { CopyChunk, Since, Source } from '@aiia/core/sync/source'
import { startCopyIn } from '@aiia/pg-copy/copy-in'
import { startOData, type TestOData } from '@aiia/testkit/odata'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extractAll, requestAll } from '../testing/extract.ts'
import { accessTo, streamOf } from '../testing/source-access.ts'
import { odataDriver } from './driver.ts'

const rows = 20_000
let server: TestOData
/** Prints decimals as JSON numbers, as CAP does by default. */
let numbers: TestOData
let destination: TestPostgres
let target: pg.Client
beforeAll(async () => {
  ;[server, numbers, destination] = await Promise.all([
    startOData({ rows, pageSize: 1_000 }),
    startOData({ numbersAsText: false }),
    startPostgres(),
  ])
  target = new pg.Client({ connectionString: destination.url, options: '-c timezone=UTC' })
  await target.connect()
})
afterAll(async () => {
  await target?.end()
  await Promise.all([destination?.stop(), numbers?.stop(), server?.stop()])
})

type Changes = Parameters<typeof accessTo>[1]

const reach = (serviceUrl: string, { settings, ...changes }: Changes = {}) =>
  accessTo(serviceUrl, {
    settings: { serviceUrl, authentication: { kind: 'basic', user: server.user }, ...settings },
    credentials: { password: server.password },
    ...changes,
  })

const session = async <T>(serviceUrl: string, work: (source: Source) => Promise<T>, changes?: Changes): Promise<T> => {
  const source = await odataDriver.open(reach(serviceUrl, changes))
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

/** Takes a stream over into Postgres. @returns its rows there, as text */
const copied = (serviceUrl: string, from: object, { since = null, changes = {} }: { since?: Since | null; changes?: Changes } = {}) =>
  session(
    serviceUrl,
    async (source): Promise<Record<string, string | null>[]> => {
      const stream = streamOf(from)
      const shape = await source.describe(stream)
      const { chunks, rejections } = await extractAll(source, stream, shape, { since })
      expect(rejections).toEqual([])
      await load(shape.columns, chunks)
      return (await target.query(`SELECT ${shape.columns.map(({ name }) => `"${name}"::text`).join(', ')} FROM copied`)).rows
    },
    changes,
  )

const load = async (columns: readonly { name: string; type: string }[], chunks: readonly CopyChunk[]): Promise<void> => {
  await target.query(
    `DROP TABLE IF EXISTS copied; CREATE TABLE copied (${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`,
  )
  const sink = await startCopyIn(target, 'COPY copied FROM STDIN (FORMAT binary)')
  for (const { data } of chunks) await sink.write(data)
  expect(await sink.finish()).toBe(chunks.reduce((sum, chunk) => sum + chunk.rows, 0))
}

const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It was accepted.')
    },
    (error: { code?: string; message: string }) => ({ code: error.code, message: error.message }),
  )

/** As it is inserted, and as Postgres prints it. */
const values = [
  ['small', -32_768, '-32768'],
  ['byte', 255, '255'],
  ['whole', 2_147_483_647, '2147483647'],
  ['big', '-9223372036854775807', '-9223372036854775807'],
  ['amount', '1234567890123.45', '1234567890123.45'],
  ['free', '-0.000012345', '-0.000012345'],
  ['ratio', 0.1, '0.1'],
  ['flag', true, 'true'],
  ['day', '1582-10-15', '1582-10-15'],
  ['clock', '23:59:58', '23:59:58'],
  ['moment', '2026-03-29T01:30:00Z', '2026-03-29 01:30:00+00'],
  ['stamp', '1969-12-31T23:59:59.999Z', '1969-12-31 23:59:59.999+00'],
  ['guid', '123e4567-e89b-12d3-a456-426655440000', '123e4567-e89b-12d3-a456-426655440000'],
  ['words', 'Größe 🙂 "quoted" \\ \n\t/Date(0)/', 'Größe 🙂 "quoted" \\ \n\t/Date(0)/'],
  ['long', 'x'.repeat(100_000), 'x'.repeat(100_000)],
  ['raw', 'AP8Q+w==', '\\x00ff10fb'],
  ['tags', ['ä', 'b"c'], '["ä", "b\\"c"]'],
] as const

const types = {
  id: 'integer',
  small: 'smallint',
  byte: 'smallint',
  whole: 'integer',
  big: 'bigint',
  amount: 'numeric(15,2)',
  free: 'numeric',
  ratio: 'double precision',
  flag: 'boolean',
  day: 'date',
  clock: 'time without time zone',
  moment: 'timestamp with time zone',
  stamp: 'timestamp(6) with time zone',
  guid: 'uuid',
  words: 'text',
  long: 'text',
  raw: 'bytea',
  tags: 'jsonb',
}

describe.each(['v2', 'v4'] as const)('%s', (version) => {
  const url = () => server[version]

  test('a connection test tells the version, and that the network is open', async () => {
    const report = await odataDriver.test(reach(url()))
    expect(report).toMatchObject({ serverVersion: `OData ${version}`, warnings: [expect.stringContaining('unencrypted')] })
  })

  test('discovery finds the entity sets with their columns, keys and sizes', async () => {
    const found = await odataDriver.discover(reach(url()))
    expect(
      found.map(({ name, source, primaryKey, expectedRows, columns }) => [name, source, primaryKey, expectedRows, columns.length]),
    ).toEqual([
      ['Kinds', { entitySet: 'Kinds' }, ['id'], expect.any(Number), 18],
      ['Items', { entitySet: 'Items' }, ['company', 'document', 'line'], expect.any(Number), 6],
      ['Large', { entitySet: 'Large' }, ['id'], rows, 4],
      ['Wide', { entitySet: 'Wide' }, ['id'], expect.any(Number), 501],
      ['Nothing', { entitySet: 'Nothing' }, ['id'], 0, 1],
      ['Hidden', { entitySet: 'Hidden' }, ['id'], null, 1],
    ])
    const kinds = found.find(({ name }) => name === 'Kinds')?.columns ?? []
    expect(Object.fromEntries(kinds.map(({ name, type }) => [name, type]))).toEqual(types)
    expect(kinds.filter(({ nullable }) => !nullable).map(({ name }) => name)).toEqual(['id'])
  })

  test('values of all types arrive exactly, with NULLs', async () => {
    const own = version === 'v2' ? 1 : 3
    await server.insert('Kinds', { id: own, ...Object.fromEntries(values) }, { id: own + 1 })
    const read = await copied(url(), { entitySet: 'Kinds', filter: `id ge ${own} and id le ${own + 1}` })
    expect(read).toEqual([
      { id: String(own), ...Object.fromEntries(values.map(([name, , text]) => [name, text])) },
      { id: String(own + 1), ...Object.fromEntries(values.map(([name]) => [name, null])), tags: '[]' },
    ])
  })

  test('decimals that come as numbers are exact, too', async () => {
    const own = version === 'v2' ? 1 : 2
    await numbers.insert('Kinds', { id: own, amount: '1234567890123.45', big: '9007199254740991' })
    const [read] = await copied(numbers[version], { entitySet: 'Kinds', filter: `id eq ${own}` })
    expect(read).toMatchObject({ amount: '1234567890123.45', big: '9007199254740991' })
  })

  test('20,000 entities in small pages, to the last digit', async () => {
    const read = await copied(url(), { entitySet: 'Large' }, { changes: { settings: { pageSize: 700 } } })
    const printed = read.map((row) => Object.values(row).join(';'))
    const first = Date.UTC(2026, 0, 1)
    const expected = Array.from({ length: rows }, (_, id) => {
      const modified = new Date(first + id * 1_000 + (id % 1_000)).toISOString()
      return `${id};Größe ${id};${id}.${String(id % 100).padStart(2, '0')};${modified.replace('T', ' ').replace(/\.?0*Z$/, '+00')}`
    })
    const digest = (lines: string[]) => createHash('sha256').update(lines.join('\n')).digest('hex')
    expect(printed).toHaveLength(rows)
    expect([printed[0], printed[rows - 1], digest(printed)]).toEqual([expected[0], expected[rows - 1], digest(expected)])
  })

  test('only what changed since is read, within the filter of the stream', async () => {
    const document = `D'${version}`
    const item = (line: number, more: object) => ({ company: '1000', document, line, ...more })
    const at = (second: number) => ({ modifiedAt: `2026-05-01T00:00:0${second}.500Z` })
    await server.insert('Items', item(1, at(1)), item(2, at(2)), item(3, at(3)), item(4, { note: 'other', ...at(4) }), item(5, {}))
    const from = { entitySet: 'Items', filter: `document eq 'D''${version}' and (note eq null or note eq 'changed')` }
    const lines = async (since: Since) => (await copied(url(), from, { since })).map(({ line }) => line)
    const since = { column: 'modifiedAt', value: '2026-05-01 00:00:02.5+00', inclusive: true }
    // What has no time of change is new each time, where its key finds it again.
    expect(await lines(since)).toEqual(['2', '3', '5'])
    expect(await lines({ ...since, inclusive: false })).toEqual(['3'])
    await server.update('Items', `company='1000',document='D''${version}',line=1`, { note: 'changed', ...at(9) })
    expect(await lines(since)).toEqual(['1', '2', '3', '5'])
    await server.update('Items', `company='1000',document='D''${version}',line=3`, { amount: '5.50' })
    await server.update('Items', `company='1000',document='D''${version}',line=2`, { amount: '5.49' })
    expect(await lines({ column: 'amount', value: '5.50', inclusive: true })).toEqual(['1', '3', '5'])
    expect(await lines({ column: 'line', value: '2', inclusive: false })).toEqual(['3', '5'])
  })

  test('500 columns', async () => {
    const cells = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`c${index}`, index]))
    const own = version === 'v2' ? 1 : 2
    await server.insert('Wide', { id: own, ...cells })
    expect(await copied(url(), { entitySet: 'Wide', filter: `id eq ${own}` })).toEqual([
      { id: String(own), ...Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, String(value)])) },
    ])
  })

  test('an empty entity set', async () => {
    expect(await copied(url(), { entitySet: 'Nothing' })).toEqual([])
  })

  test('a part of the columns, in another order', async () => {
    await session(url(), async (source) => {
      const stream = streamOf({ entitySet: 'Large', filter: 'id lt 3' })
      const shape = await source.describe(stream)
      expect(shape.expectedRows).toBe(3)
      const columns = [shape.columns[2], shape.columns[0]].filter((column) => column !== undefined)
      const { chunks } = await extractAll(source, stream, { ...shape, columns })
      await load(columns, chunks)
      expect((await target.query('SELECT amount::text, id FROM copied')).rows).toEqual([
        { amount: '0.00', id: 0 },
        { amount: '1.01', id: 1 },
        { amount: '2.02', id: 2 },
      ])
    })
  })

  test.each([
    ['COLUMN_MISSING', { entitySet: 'Gone' }, 'It has "Kinds", "Items"'],
    ['PERMISSION_DENIED', { entitySet: 'Hidden' }, 'Forbidden'],
    ['INVALID_QUERY', { entitySet: 'Large', filter: 'nme eq 1' }, 'Property "nme" does not exist'],
    ['INVALID_QUERY', { entitySet: 'Large', filter: 'id ge' }, 'Parsing URL failed'],
  ])('%s: %j', async (code, from, told) => {
    const found = await refusal(session(url(), (source) => source.describe(streamOf(from))))
    expect(found).toMatchObject({ code, message: expect.stringContaining(told) })
  })

  test('a wrong password, an unknown user, and an address that is no service', async () => {
    const signIn = (changes: Changes, serviceUrl = url()) => refusal(odataDriver.test(reach(serviceUrl, changes)))
    const wrong = await signIn({ credentials: { password: 'wrong-secret' } })
    expect(wrong).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(wrong.message).not.toContain('wrong-secret')
    expect(await signIn({ settings: { authentication: { kind: 'basic', user: 'nobody' } } })).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(await signIn({ settings: { authentication: { kind: 'none' } } })).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(await signIn({}, url().replace('/source/', '/sourse/'))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringMatching(/\$metadata.*Correct the service address/),
    })
  })

  test.runIf(version === 'v2')('links that name the host otherwise are followed where links are rewritten', async () => {
    const byAddress = url().replace('localhost', '127.0.0.1')
    const from = { entitySet: 'Large', filter: 'id lt 2500' }
    expect(await refusal(copied(byAddress, from))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: expect.stringMatching(/http:\/\/localhost:.*Rewrite links/),
    })
    expect(await copied(byAddress, from, { changes: { settings: { rewriteLinks: true } } })).toHaveLength(2_500)
  })

  describe('through a network', () => {
    const throughProxy = async <T>(work: (source: Source, proxy: Awaited<ReturnType<typeof startTcpProxy>>) => Promise<T>): Promise<T> => {
      const proxy = await startTcpProxy(server.port)
      try {
        return await session(url().replace(String(server.port), String(proxy.port)), (source) => work(source, proxy))
      } finally {
        await proxy.stop()
      }
    }
    const stream = streamOf({ entitySet: 'Large' })

    test('that is slow, everything arrives', async () => {
      await throughProxy(async (source, proxy) => {
        const shape = await source.describe(stream)
        proxy.delay(5)
        const { chunks } = await extractAll(source, stream, shape)
        expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows)
      })
    })

    test('that breaks in the middle, the connection is lost', async () => {
      await throughProxy(async (source, proxy) => {
        const shape = await source.describe(stream)
        proxy.cutAfter(70_000)
        expect(await refusal(extractAll(source, stream, shape))).toMatchObject({ code: 'CONNECTION_LOST' })
      })
    })

    test('a cancel ends it at once', async () => {
      const abort = new AbortController()
      const enough = new Error('enough')
      await session(
        url(),
        async (source) => {
          const shape = await source.describe(stream)
          const { columns, ...request } = requestAll(source, shape)
          const read = async (): Promise<void> => {
            for await (const _ of source.extract(stream, shape, { columns, ...request })) abort.abort(enough)
          }
          await expect(read()).rejects.toBe(enough)
        },
        { signal: abort.signal },
      )
    })
  })
})
