import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startSftp, type TestSftp } from '@aiia/testkit/sftp'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FileStore, StoredFile } from '../files/file-store.ts'
import { accessTo } from '../testing/source-access.ts'
import { connect } from './connect.ts'
import { createStore } from './store.ts'

const mebibyte = 1 << 20

let server: TestSftp
let proxy: TcpProxy
let store: FileStore
let cancel: AbortController
beforeAll(async () => {
  server = await startSftp()
})
afterAll(() => server.stop())
beforeEach(async () => {
  proxy = await startTcpProxy(server.port)
  cancel = new AbortController()
})
afterEach(async () => {
  await store.close()
  await server.untilLeft()
  await server.untilClosed()
  await proxy.stop()
  for (const entry of readdirSync(server.folder)) rmSync(join(server.folder, entry), { recursive: true })
})

const openStore = async ({ folder = '', connectTimeoutMs = 10_000, from = server, port = proxy.port } = {}): Promise<void> => {
  const url = `sftp://${from.user}:${from.password}@127.0.0.1:${port}/`
  const access = accessTo(url, { settings: { hostKey: from.hostKey, folder }, connectTimeoutMs, signal: cancel.signal })
  store = createStore(await connect(access))
}

const write = (path: string, content: string | Buffer = ''): void => {
  mkdirSync(dirname(join(server.folder, path)), { recursive: true })
  writeFileSync(join(server.folder, path), content)
}
const link = (path: string, to: string): void => {
  mkdirSync(dirname(join(server.folder, path)), { recursive: true })
  symlinkSync(to, join(server.folder, path))
}
const listed = async (prefix = ''): Promise<StoredFile[]> => {
  const files: StoredFile[] = []
  for await (const file of store.list(prefix)) files.push(file)
  return files
}
const paths = async (prefix?: string) => (await listed(prefix)).map(({ path }) => path)
const found = async (path: string): Promise<StoredFile> => {
  const file = (await listed(path)).find((file) => file.path === path)
  return file ?? expect.fail(`${path} is not listed.`)
}
const read = async (file: StoredFile, range?: { from: number; to: number }): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of await store.open(file, range)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('lists', () => {
  test('all files below the folder, in the order of their paths, with size and time', async () => {
    for (const path of ['in/a/b.csv', 'in/a-b.csv', 'in/a.csv', 'in/ä ö.csv', 'in/a/c/d.csv', 'out/x.csv']) write(path, path)
    utimesSync(join(server.folder, 'in/a.csv'), 0, 1_795_000_000)
    await openStore({ folder: 'in' })
    expect(await paths()).toEqual(['a-b.csv', 'a.csv', 'a/b.csv', 'a/c/d.csv', 'ä ö.csv'])
    expect(await found('a.csv')).toEqual({
      path: 'a.csv',
      size: 8,
      version: '8-1795000000',
      modifiedAt: new Date(1_795_000_000_000),
    })
  })

  test('what begins with the prefix, and enters no other folder', async () => {
    for (const path of ['in/a.csv', 'in/ab/c.csv', 'in/b.csv', 'secret/a.csv']) write(path)
    server.forbid('/secret')
    await openStore()
    expect(await paths('in/a')).toEqual(['in/a.csv', 'in/ab/c.csv'])
    expect(await paths('in/b.csv')).toEqual(['in/b.csv'])
    expect(await paths('in/')).toEqual(['in/a.csv', 'in/ab/c.csv', 'in/b.csv'])
    expect(await paths('gone/a')).toEqual([])
    await expect(paths()).rejects.toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('the folder "secret/"') })
  })

  test('thousands of files of one folder', async () => {
    for (let number = 0; number < 2_000; number += 1) write(`in/${String(number).padStart(5, '0')}.csv`)
    await openStore()
    const all = await paths()
    expect(all).toHaveLength(2_000)
    expect(all).toEqual(all.toSorted())
  })

  test('links to what is below the folder, without going in circles, and never what is outside of it', async () => {
    write('root/data/a.csv')
    write('outside/secret.csv')
    link('root/latest.csv', 'data/a.csv')
    link('root/current', 'data')
    link('root/data/up', '..')
    link('root/out.csv', '../outside/secret.csv')
    link('root/outside', '../outside')
    link('root/dead.csv', 'gone.csv')
    await openStore({ folder: '/root' })
    expect(await paths()).toEqual(['current/a.csv', 'data/a.csv', 'latest.csv'])
    expect(await paths('data/')).toEqual(['data/a.csv'])
    for (const prefix of ['outside/', '../outside/'])
      await expect(paths(prefix)).rejects.toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('outside of "/root"'),
      })
    const file = { path: '../outside/secret.csv', size: 0, version: '', modifiedAt: null }
    await expect(store.open(file)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})

describe('reads', () => {
  test.each([0, 1, 32_767, 32_769, 262_144, 5 * mebibyte + 7])('a file of %i bytes, and parts of it', async (size) => {
    const content = randomBytes(size)
    write('a.bin', content)
    await openStore()
    const file = await found('a.bin')
    expect((await read(file)).equals(content)).toBe(true)
    const parts = [
      [0, Math.min(10, size)],
      [Math.floor(size / 3), Math.floor(size / 2)],
      [Math.max(0, size - 8), size],
    ] as const
    for (const [from, to] of parts) expect((await read(file, { from, to })).equals(content.subarray(from, to))).toBe(true)
    await server.untilClosed()
  })

  test('a server that answers with less than it is asked for', async () => {
    const sparing = await startSftp({ longestRead: 10_000 })
    const content = randomBytes(2 * mebibyte + 1)
    writeFileSync(join(sparing.folder, 'a.bin'), content)
    await openStore({ from: sparing, port: sparing.port })
    expect((await read(await found('a.bin'))).equals(content)).toBe(true)
    await store.close()
    await sparing.stop()
  })

  test('no faster than the bytes are taken', async () => {
    write('a.bin', randomBytes(12 * mebibyte))
    await openStore()
    const before = server.bytesSent
    const stream = await store.open(await found('a.bin'))
    await once(stream, 'readable')
    // Answers come in order: what was asked for before was answered then.
    for (let round = 0; round < 20; round += 1) await paths()
    expect(server.bytesSent - before).toBeLessThan(4 * mebibyte)
    stream.destroy()
  })

  test('nothing more once it is destroyed, and leaves nothing open', async () => {
    write('a.bin', randomBytes(12 * mebibyte))
    await openStore()
    const before = server.bytesSent
    for await (const piece of await store.open(await found('a.bin'))) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    await server.untilClosed()
    expect(server.bytesSent - before).toBeLessThan(6 * mebibyte)
    // The session goes on.
    expect(await paths()).toEqual(['a.bin'])
  })

  test('nothing that may not be read', async () => {
    write('private.csv', 'a')
    await openStore()
    const file = await found('private.csv')
    server.forbid('/private.csv')
    await expect(read(file)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: `The user "reader" may not read the file "private.csv" at 127.0.0.1:${proxy.port}.`,
    })
  })
})

describe('a file that changes', () => {
  const changed = { code: 'SOURCE_UNAVAILABLE', message: expect.stringMatching(/^the file "a.bin" was changed while it was read/i) }
  const path = () => join(server.folder, 'a.bin')

  beforeEach(() => write('a.bin', randomBytes(6 * mebibyte)))

  test('after it was listed', async () => {
    await openStore()
    const file = await found('a.bin')
    appendFileSync(path(), 'more')
    await expect(read(file)).rejects.toMatchObject(changed)
    await server.untilClosed()
    rmSync(path())
    await expect(read(file)).rejects.toMatchObject(changed)
  })

  test.each([
    ['grows', () => appendFileSync(path(), 'more')],
    ['is cut', () => truncateSync(path(), mebibyte)],
    ['is written anew', () => utimesSync(path(), 0, 0)],
  ])('while it is read: it %s', async (...[, change]: [string, (seen: Buffer) => void]) => {
    await openStore()
    const stream = await store.open(await found('a.bin'))
    const drain = async () => {
      for await (const piece of stream) change(piece)
    }
    await expect(drain()).rejects.toMatchObject(changed)
    await server.untilClosed()
  })
})

describe('in the middle of a file', () => {
  const reading = async (): Promise<AsyncIterator<Buffer>> => {
    const pieces = (await store.open(await found('a.bin')))[Symbol.asyncIterator]()
    await pieces.next()
    return pieces
  }
  const drain = async (pieces: AsyncIterator<Buffer>): Promise<void> => {
    while ((await pieces.next()).done !== true);
  }

  beforeEach(() => write('a.bin', randomBytes(12 * mebibyte)))

  test('the connection breaks', async () => {
    for (const fault of ['cutAfter', 'resetAfter'] as const) {
      await openStore()
      const pieces = await reading()
      proxy[fault](mebibyte)
      await expect(drain(pieces)).rejects.toMatchObject({
        code: 'CONNECTION_LOST',
        message: `127.0.0.1:${proxy.port} ended the connection while the file "a.bin" was read.`,
      })
      // Whatever is asked for later fails at once.
      await expect(paths()).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    }
  })

  test('the server falls silent', async () => {
    await openStore({ connectTimeoutMs: 1_500 })
    const pieces = await reading()
    proxy.blackHoleAfter(mebibyte)
    await expect(drain(pieces)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await proxy.heal()
  })

  test('a cancel ends it at once, with its own reason', async () => {
    await openStore()
    const pieces = await reading()
    cancel.abort(new Error('cancelled by the test'))
    await expect(drain(pieces)).rejects.toThrow('cancelled by the test')
    await expect(paths()).rejects.toThrow('cancelled by the test')
    await server.untilLeft()
  })

  test('the session is closed', async () => {
    await openStore()
    const pieces = await reading()
    await store.close()
    await expect(drain(pieces)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await server.untilLeft()
  })
})
