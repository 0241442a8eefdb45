import { randomBytes } from 'node:crypto'
import { freePort } from '@aiia/testkit/free-port'
import { type CannedAnswer, startS3, type TestS3 } from '@aiia/testkit/s3'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import selfsigned from 'selfsigned'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FileStore, StoredFile } from '../files/file-store.ts'
import { accessTo } from '../testing/source-access.ts'
import { openStore } from './store.ts'

const mebibyte = 1 << 20

let server: TestS3
let proxy: TcpProxy
let cancel: AbortController
let store: FileStore | undefined
let bucket: string
let buckets = 0
beforeAll(async () => {
  server = await startS3({ pageSize: 10 })
})
afterAll(() => server.stop())
beforeEach(async () => {
  proxy = await startTcpProxy(server.port)
  cancel = new AbortController()
  buckets += 1
  bucket = `finance-${buckets}`
  await server.createBucket(bucket)
})
afterEach(async () => {
  await store?.close()
  store = undefined
  server.answer(null)
  await proxy.stop()
  await server.untilLeft()
})

type Changes = NonNullable<Parameters<typeof accessTo>[1]>

const open = async ({ settings, ...changes }: Changes = {}): Promise<FileStore> => {
  const endpoint = `http://127.0.0.1:${proxy.port}`
  store = await openStore(
    accessTo(endpoint, {
      settings: { endpoint, bucket, ...settings },
      credentials: server.credentials,
      signal: cancel.signal,
      ...changes,
    }),
  )
  return store
}
const put = (key: string, content: string | Buffer = key) => server.put(bucket, key, content)
const listed = async (from: FileStore, prefix = ''): Promise<StoredFile[]> => {
  const files: StoredFile[] = []
  for await (const file of from.list(prefix)) files.push(file)
  return files
}
const paths = async (from: FileStore, prefix?: string) => (await listed(from, prefix)).map(({ path }) => path)
const found = async (from: FileStore, path: string): Promise<StoredFile> =>
  (await listed(from, path)).find((file) => file.path === path) ?? expect.fail(`${path} is not listed.`)
const read = async (from: FileStore, file: StoredFile, range?: { from: number; to: number }): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of await from.open(file, range)) pieces.push(piece)
  return Buffer.concat(pieces)
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('It was accepted.'),
    ({ code, message, retryAfterMs }: { code?: string; message: string; retryAfterMs?: number }) => ({ code, message, retryAfterMs }),
  )

describe('lists', () => {
  test('all objects below the prefix, in the order of their keys, over many answers', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `${String(index).padStart(3, '0')}.csv`)
    for (const name of names) await put(`in/${name}`)
    await put('in-secret/a.csv')
    await put('in.csv')
    const from = await open({ settings: { prefix: '/in' } })
    expect(await paths(from)).toEqual(names)
    expect(await paths(from, '01')).toEqual(names.slice(10, 20))
    expect(await paths(from, '../')).toEqual([])
    expect(await found(from, '007.csv')).toEqual({
      path: '007.csv',
      size: 10,
      version: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      modifiedAt: expect.any(Date),
    })
  })

  test('names of all kinds, and no folders', async () => {
    const keys = ['a b+c&d.csv', 'in/x.csv', 'in/ü%20.csv', 'q?.csv']
    for (const key of [...keys, 'in/']) await put(key, key === 'in/' ? '' : key)
    const from = await open()
    expect(await paths(from)).toEqual(keys)
    for (const key of keys) expect((await read(from, await found(from, key))).toString()).toBe(key)
  })

  test('nothing of an empty bucket', async () => {
    expect(await paths(await open())).toEqual([])
  })
})

describe('reads', () => {
  test.each([0, 1, 3 * mebibyte + 7])('an object of %i bytes, and parts of it', async (size) => {
    const content = randomBytes(size)
    await put('a.bin', content)
    const from = await open()
    const file = await found(from, 'a.bin')
    expect((await read(from, file)).equals(content)).toBe(true)
    for (const [begin, end] of [
      [0, Math.min(10, size)],
      [Math.floor(size / 3), Math.floor(size / 2)],
      [Math.max(0, size - 8), size],
    ] as const)
      expect((await read(from, file, { from: begin, to: end })).equals(content.subarray(begin, end))).toBe(true)
  })

  test('nothing more once it is destroyed, and the connection is gone', async () => {
    await put('a.bin', randomBytes(4 * mebibyte))
    const from = await open()
    for await (const piece of await from.open(await found(from, 'a.bin'))) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    // The one that listed may be kept, the one that was read from is of no use any more.
    expect(await paths(from)).toEqual(['a.bin'])
    await from.close()
    await server.untilLeft()
  })

  test('an object that was replaced or removed after it was listed is SOURCE_UNAVAILABLE', async () => {
    const forgetful = await startS3({ heedsIfMatch: false })
    await forgetful.createBucket(bucket)
    for (const each of [server, forgetful]) {
      await each.put(bucket, 'a.csv', 'one')
      const from = await open({ settings: { endpoint: each.url } })
      const file = await found(from, 'a.csv')
      await each.put(bucket, 'a.csv', 'two')
      const changed = {
        code: 'SOURCE_UNAVAILABLE',
        message: `s3://${bucket}/a.csv was changed while it was read. Another attempt reads it as it is then.`,
      }
      expect(await refusal(read(from, file))).toMatchObject(changed)
      expect(await refusal(read(from, file, { from: 0, to: 2 }))).toMatchObject(changed)
      await from.close()
    }
    await forgetful.stop()
    const from = await open()
    const file = await found(from, 'a.csv')
    expect(await refusal(read(from, { ...file, path: 'gone.csv' }))).toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    expect(await refusal(read(from, { ...file, path: '../other/a.csv' }))).toMatchObject({ code: 'INVALID_FILE' })
  })
})

describe('what the server says', () => {
  const minute = 60_000
  const keys: [string, () => object][] = [
    ['InvalidAccessKeyId, HTTP 403', () => ({ accessKeyId: 'AKIAWRONG', secretAccessKey: 'of-nobody' })],
    ['SignatureDoesNotMatch, HTTP 403', () => ({ ...server.credentials, secretAccessKey: 'of-nobody' })],
    ['ExpiredToken, HTTP 400', () => server.lend(new Date(Date.now() - minute))],
    ['InvalidToken, HTTP 400', () => ({ ...server.lend(new Date(Date.now() + minute)), sessionToken: 'of-nobody' })],
  ]
  test.each(keys)('a key that is refused is INVALID_CREDENTIALS, without the secret: %s', async (said, credentials) => {
    const { code, message } = await refusal(open({ credentials: credentials() }))
    expect(code).toBe('INVALID_CREDENTIALS')
    expect(message).toContain(said)
    expect(message).not.toContain('of-nobody')
  })

  test('a key that is lent is one until it ends', async () => {
    await put('a.csv')
    expect(await paths(await open({ credentials: server.lend(new Date(Date.now() + minute)) }))).toEqual(['a.csv'])
  })

  test('more requests than allowed are RATE_LIMITED, with the wait that the server asks for', async () => {
    await put('a.csv')
    const from = await open()
    const file = await found(from, 'a.csv')
    server.limit({ requests: 0, seconds: 60 })
    const { code, message, retryAfterMs } = await refusal(read(from, file))
    server.limit(null)
    expect(code).toBe('RATE_LIMITED')
    expect(message).toContain('Please reduce your request rate (SlowDown, HTTP 503)')
    expect(retryAfterMs).toBeGreaterThan(50_000)
  })

  test('a bucket that is not there', async () => {
    expect(await refusal(open({ settings: { bucket: 'nowhere' } }))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: `There is no bucket "nowhere" at 127.0.0.1:${proxy.port}. Correct the bucket in the settings.`,
    })
  })

  const answers: [CannedAnswer, { code: string; message?: RegExp; retryAfterMs?: number }][] = [
    [
      { status: 403, code: 'AccessDenied' },
      { code: 'PERMISSION_DENIED', message: /may not read the bucket/ },
    ],
    [
      { status: 301, code: 'PermanentRedirect' },
      { code: 'PERMISSION_DENIED', message: /is not in region us-east-1/ },
    ],
    [{ status: 429, code: 'TooManyRequests' }, { code: 'RATE_LIMITED' }],
    [
      { status: 500, code: 'InternalError' },
      { code: 'SOURCE_UNAVAILABLE', message: /InternalError it is/ },
    ],
    [{ status: 503, code: null, body: '<html>down</html>' }, { code: 'SOURCE_UNAVAILABLE' }],
    [{ status: 404, code: null, body: 'not here' }, { code: 'PROTOCOL_ERROR' }],
    [
      { status: 200, code: null, body: '<html><body>Welcome</body></html>' },
      { code: 'PROTOCOL_ERROR', message: /does not answer as S3/ },
    ],
    [{ status: 200, code: null, body: '{"welcome": true}' }, { code: 'PROTOCOL_ERROR' }],
  ]
  test.each(answers)('%j', async (answer, { message = /./, ...expected }) => {
    server.answer(answer)
    expect(await refusal(open())).toMatchObject({ ...expected, message: expect.stringMatching(message) })
  })

  test('of an object', async () => {
    await put('a.csv')
    const from = await open()
    const file = await found(from, 'a.csv')
    server.answer({ status: 403, code: 'InvalidObjectState', to: /a\.csv/ })
    expect(await refusal(read(from, file))).toMatchObject({ code: 'INVALID_FILE', message: expect.stringContaining('is archived') })
    server.answer(null)
    server.forbid('a.csv')
    expect(await refusal(read(from, file))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining(`may not read s3://${bucket}/a.csv`),
    })
  })
})

describe('on the way to a server', () => {
  test('nothing listens', async () => {
    const port = await freePort()
    expect(await refusal(open({ settings: { endpoint: `http://127.0.0.1:${port}` } }))).toMatchObject({
      code: 'CONNECTION_REFUSED',
      message: `Connection refused. Nothing accepts connections at 127.0.0.1:${port}.`,
    })
  })

  test('the name has no address', async () => {
    expect(await refusal(open({ settings: { endpoint: 'http://nowhere.invalid:9000' } }))).toMatchObject({ code: 'HOST_NOT_FOUND' })
  })

  test('nobody answers', async () => {
    proxy.blackHole()
    expect(await refusal(open({ connectTimeoutMs: 300 }))).toMatchObject({
      code: 'CONNECTION_TIMEOUT',
      message: `Connection timeout. Unable to reach 127.0.0.1:${proxy.port} after 0.3 seconds.`,
    })
  })

  test('the certificate is not trusted, unless its authority is given', async () => {
    const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    })
    const encrypted = await startS3({ tls: { key, cert } })
    await encrypted.createBucket(bucket)
    const settings = { endpoint: `https://localhost:${encrypted.port}` }
    expect(await refusal(open({ settings }))).toMatchObject({ code: 'TLS_FAILED' })
    expect(await paths(await open({ settings: { ...settings, ca: cert } }))).toEqual([])
    expect(await refusal(open({ settings: { endpoint: `https://127.0.0.1:${server.port}` } }))).toMatchObject({ code: 'TLS_FAILED' })
    await encrypted.stop()
  })

  test.each(['127.0.0.1', 'localhost'])('the network of %s is refused to workers, before a byte is sent', async (host) => {
    const targets = { refusal: (address: string, port: number) => (address === '127.0.0.1' ? `${address}:${port} is forbidden` : null) }
    const before = server.requests.length
    expect(await refusal(open({ settings: { endpoint: `http://${host}:${server.port}` }, targets }))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: `Workers may not connect to ${host}:${server.port}: 127.0.0.1:${server.port} is forbidden.`,
    })
    expect(server.requests).toHaveLength(before)
  })
})

describe('in the middle of an object', () => {
  const reading = async (changes?: Changes, fault = (): void => {}): Promise<AsyncIterator<Buffer>> => {
    const from = await open(changes)
    const file = await found(from, 'a.bin')
    fault()
    const pieces = (await from.open(file))[Symbol.asyncIterator]()
    await pieces.next()
    return pieces
  }
  const drain = async (pieces: AsyncIterator<Buffer>): Promise<void> => {
    while ((await pieces.next()).done !== true);
  }
  beforeEach(() => put('a.bin', randomBytes(4 * mebibyte)))

  test.each(['cutAfter', 'resetAfter'] as const)('the connection breaks: %s', async (fault) => {
    const pieces = await reading({}, () => proxy[fault](2 * mebibyte))
    await expect(drain(pieces)).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining(`127.0.0.1:${proxy.port} ended the connection while s3://${bucket}/a.bin was asked for`),
    })
  })

  test('the server falls silent', async () => {
    const pieces = await reading({ connectTimeoutMs: 1_000 }, () => proxy.blackHoleAfter(2 * mebibyte))
    await expect(drain(pieces)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await proxy.heal()
  })

  test('a cancel ends it at once, with its own reason', async () => {
    const pieces = await reading()
    cancel.abort(new Error('cancelled by the test'))
    await expect(drain(pieces)).rejects.toThrow('cancelled by the test')
    await expect(paths(store ?? expect.fail())).rejects.toThrow('cancelled by the test')
  })

  test('the session is closed', async () => {
    const pieces = await reading()
    await store?.close()
    await expect(drain(pieces)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await server.untilLeft()
  })
})

test('nothing is taken from the surroundings of the worker', async () => {
  expect(await refusal(open({ credentials: {} }))).toMatchObject({ code: 'INVALID_CREDENTIALS' })
  vi.stubEnv('AWS_ENDPOINT_URL', server.url)
  vi.stubEnv('AWS_ENDPOINT_URL_S3', server.url)
  const before = server.requests.length
  const targets = { refusal: (address: string) => (address === '127.0.0.1' ? null : 'only this machine') }
  // Amazon's own servers are meant, which are not to be asked here.
  const { code } = await refusal(open({ settings: { endpoint: undefined }, targets }))
  expect(code).toMatch(/^(PERMISSION_DENIED|HOST_NOT_FOUND)$/)
  expect(server.requests).toHaveLength(before)
  vi.unstubAllEnvs()
})

test('a cancel ends a sign-in under way, with its own reason', async () => {
  proxy.blackHole()
  const work = open()
  cancel.abort(new Error('cancelled by the test'))
  await expect(work).rejects.toThrow('cancelled by the test')
})

test('what is going on is told without secrets', async () => {
  const lines: string[] = []
  await open({ settings: { prefix: 'in/' }, log: (_level, line) => lines.push(line) })
  expect(lines).toEqual([
    `Connecting to s3://${bucket}/in at http://127.0.0.1:${proxy.port}...`,
    expect.stringMatching(/^Connected in \d+ ms\.$/),
  ])
})
