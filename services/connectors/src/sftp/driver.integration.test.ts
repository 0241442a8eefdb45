import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startSftp, type TestSftp } from '@aiia/testkit/sftp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testFileKind } from '../testing/file-kind-suite.ts'
import { accessTo } from '../testing/source-access.ts'
import { sftpDriver } from './driver.ts'

let server: TestSftp
beforeAll(async () => {
  server = await startSftp()
})
afterAll(() => server.stop())

type Changes = NonNullable<Parameters<typeof accessTo>[1]>

const access = ({ settings, ...changes }: Changes = {}) =>
  accessTo(`sftp://${server.user}:${server.password}@127.0.0.1:${server.port}/`, {
    settings: { hostKey: server.hostKey, ...settings },
    ...changes,
  })

testFileKind(sftpDriver, async (signal) => {
  for (const entry of readdirSync(server.folder)) rmSync(join(server.folder, entry), { recursive: true })
  return {
    access: access({ signal }),
    put: async (path, content) => {
      mkdirSync(dirname(join(server.folder, path)), { recursive: true })
      writeFileSync(join(server.folder, path), content)
    },
    untilLeft: async () => {
      await server.untilLeft()
      await server.untilClosed()
    },
  }
})

test('a Connection Test shows the host key that is to be pinned, and what it found', async () => {
  writeFileSync(join(server.folder, 'a.csv'), 'name\na\n')
  const pinned = await sftpDriver.test(access())
  expect(pinned).toEqual({ latencyMs: expect.any(Number), serverVersion: expect.stringMatching(/^ssh2js.*, \d+ file/), warnings: [] })
  const { warnings } = await sftpDriver.test(access({ settings: { hostKey: undefined } }))
  expect(warnings).toEqual([`Pin this host key: ${server.hostKey}`])
  await expect(sftpDriver.open(access({ settings: { hostKey: undefined } }))).rejects.toMatchObject({ code: 'TLS_FAILED' })
  await expect(sftpDriver.discover(access({ settings: { hostKey: undefined } }))).rejects.toMatchObject({ code: 'TLS_FAILED' })
  const careless = await sftpDriver.test(access({ settings: { hostKey: undefined, acceptAnyHostKey: true } }))
  expect(careless.warnings).toEqual([expect.stringContaining('could take the password')])
  await server.untilLeft()
})
