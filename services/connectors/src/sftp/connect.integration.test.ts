import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { freePort } from '@aiia/testkit/free-port'
import { startSftp, type TestSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessTo } from '../testing/source-access.ts'
import { connect } from './connect.ts'

let server: TestSftp
beforeAll(async () => {
  server = await startSftp()
  writeFileSync(join(server.folder, 'plain.txt'), 'no folder')
})
afterAll(() => server.stop())

type Changes = Parameters<typeof accessTo>[1]

const access = ({ settings, ...changes }: NonNullable<Changes> = {}, to = server) =>
  accessTo(`sftp://${to.user}:${to.password}@127.0.0.1:${to.port}/`, { settings: { hostKey: to.hostKey, ...settings }, ...changes })

const signIn = async (changes: Changes = {}, to = server, options?: { trustsFirst: boolean }) => {
  const session = await connect(access(changes, to), options)
  await session.close()
  return session
}

const refusal = (changes: Changes, to = server) =>
  signIn(changes, to).then(
    () => expect.fail('It was accepted.'),
    ({ code, message }: { code?: string; message: string }) => ({ code, message }),
  )

describe('signs in', () => {
  test('with a password, and says to whom', async () => {
    const lines: string[] = []
    const { serverVersion, hostKey, root } = await signIn({ log: (_level, line) => lines.push(line) })
    expect({ serverVersion, hostKey, root }).toEqual({
      serverVersion: expect.stringMatching(/^ssh2js/),
      hostKey: server.hostKey,
      root: '/',
    })
    expect(lines).toEqual([
      `Connecting to sftp://reader@127.0.0.1:${server.port}/~/...`,
      expect.stringMatching(/^Connected in \d+ ms: ssh2js\S+, host key SHA256:/),
    ])
    expect(lines.join()).not.toContain(server.password)
  })

  test('with a private key, also one that a passphrase opens', async () => {
    await signIn({ credentials: { privateKey: server.privateKey } })
    await signIn({ credentials: server.encryptedKey })
    // As it comes out of a text field.
    await signIn({ credentials: { privateKey: server.privateKey.trim().replaceAll('\n', '\r\n') } })
  })

  test('where a server asks for the password itself', async () => {
    const asking = await startSftp({ methods: ['keyboard-interactive'] })
    await signIn({}, asking)
    expect(await refusal({ credentials: { password: 'wrong' } }, asking)).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    await asking.stop()
  })

  test('a wrong password, key, passphrase or user is INVALID_CREDENTIALS, and says what the server takes', async () => {
    const message = `Sign-in to 127.0.0.1:${server.port} as "reader" refused. It takes: password, publickey.`
    expect(await refusal({ credentials: { password: 'wrong' } })).toEqual({ code: 'INVALID_CREDENTIALS', message })
    expect(await refusal({ credentials: {} })).toEqual({ code: 'INVALID_CREDENTIALS', message })
    const stranger = await startSftp()
    expect(await refusal({ credentials: { privateKey: stranger.privateKey } })).toEqual({ code: 'INVALID_CREDENTIALS', message })
    await stranger.stop()
    expect(await refusal({ settings: { user: 'other' } })).toMatchObject({ code: 'INVALID_CREDENTIALS' })
    for (const credentials of [{ ...server.encryptedKey, passphrase: 'wrong' }, { privateKey: 'no key' }]) {
      const found = await refusal({ credentials })
      expect(found).toMatchObject({ code: 'INVALID_CREDENTIALS', message: expect.stringMatching(/^The private key cannot be read: /) })
      expect(found.message).not.toContain('wrong')
    }
    await server.untilLeft()
  })
})

describe('the host key', () => {
  const other = `SHA256:${'A'.repeat(43)}`

  test('of another server is refused, before a password is sent', async () => {
    expect(await refusal({ settings: { hostKey: other } })).toEqual({
      code: 'TLS_FAILED',
      message: `127.0.0.1:${server.port} shows another host key: expected ${other}, found ${server.hostKey} (ssh-ed25519). Check with its administrator before you pin the new one.`,
    })
    await server.untilLeft()
  })

  test('has to be pinned, unless any is accepted, or for the first time', async () => {
    expect(await refusal({ settings: { hostKey: undefined } })).toMatchObject({
      code: 'TLS_FAILED',
      message: expect.stringContaining(`which shows ${server.hostKey} (ssh-ed25519)`),
    })
    await signIn({ settings: { hostKey: undefined, acceptAnyHostKey: true } })
    await signIn({ settings: { hostKey: undefined } }, server, { trustsFirst: true })
    // What is pinned counts.
    expect(await refusal({ settings: { hostKey: other, acceptAnyHostKey: true } })).toMatchObject({ code: 'TLS_FAILED' })
  })
})

describe('on the way to a server', () => {
  test('nothing listens', async () => {
    const port = await freePort()
    expect(await refusal({ settings: { port } })).toEqual({
      code: 'CONNECTION_REFUSED',
      message: `Connection refused. Nothing accepts connections at 127.0.0.1:${port}.`,
    })
  })

  test('the name has no address', async () => {
    expect(await refusal({ settings: { host: 'nowhere.invalid' } })).toMatchObject({ code: 'HOST_NOT_FOUND' })
  })

  test('nobody answers, from the first byte on or in the middle of the sign-in', async () => {
    for (const bytes of [0, 500]) {
      const proxy = await startTcpProxy(server.port)
      if (bytes === 0) proxy.blackHole()
      else proxy.blackHoleAfter(bytes)
      expect(await refusal({ settings: { port: proxy.port }, connectTimeoutMs: 300 })).toEqual({
        code: 'CONNECTION_TIMEOUT',
        message: `Connection timeout. Unable to reach 127.0.0.1:${proxy.port} after 0.3 seconds.`,
      })
      await proxy.stop()
    }
  })

  test('it breaks during the sign-in', async () => {
    const proxy = await startTcpProxy(server.port)
    for (const fault of [proxy.cutAfter, proxy.resetAfter]) {
      fault(500)
      expect(await refusal({ settings: { port: proxy.port } })).toMatchObject({ code: 'CONNECTION_LOST' })
    }
    await proxy.stop()
  })

  test('another service answers', async () => {
    const web = createServer((socket) => {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    web.listen(0, '127.0.0.1')
    await once(web, 'listening')
    const { port } = web.address() as AddressInfo
    expect(await refusal({ settings: { port } })).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: `127.0.0.1:${port} does not answer as an SFTP server: it begins with "HTTP/1.1 400 Bad Request".`,
    })
    web.close()
  })

  test('the network is refused to workers, before a byte is sent', async () => {
    const targets = { refusal: (address: string, port: number) => `${address}:${port} is forbidden` }
    const before = server.connections
    expect(await refusal({ targets })).toEqual({
      code: 'PERMISSION_DENIED',
      message: `Workers may not connect to 127.0.0.1:${server.port}: 127.0.0.1:${server.port} is forbidden.`,
    })
    expect(server.connections).toBe(before)
  })

  test('a cancel ends a sign-in under way, with its own reason', async () => {
    const proxy = await startTcpProxy(server.port)
    proxy.blackHole()
    const cancel = new AbortController()
    const work = connect(access({ settings: { port: proxy.port }, signal: cancel.signal }))
    cancel.abort(new Error('cancelled by the test'))
    await expect(work).rejects.toThrow('cancelled by the test')
    await proxy.stop()
  })
})

test('a folder that is not there, or none, is INVALID_FILE; one that may not be entered is found when it is listed', async () => {
  expect(await refusal({ settings: { folder: '/gone' } })).toEqual({
    code: 'INVALID_FILE',
    message: `There is no folder "/gone" at 127.0.0.1:${server.port}.`,
  })
  expect(await refusal({ settings: { folder: 'plain.txt' } })).toMatchObject({ code: 'INVALID_FILE' })
  await server.untilLeft()
})
