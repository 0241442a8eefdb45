import { expect, test } from 'vitest'
import { settingsSchema, sftpKind } from './config.ts'

const settings = { host: 'SFTP.corp.example', user: 'sap read', hostKey: `SHA256:${'a'.repeat(43)}` }

test('its address names user, server and folder', () => {
  expect(sftpKind.address({ ...settings, folder: '/data/out' })).toBe('sftp://sap%20read@SFTP.corp.example:22/data/out')
  expect(sftpKind.address({ ...settings, host: '::1', port: 2022 })).toBe('sftp://sap%20read@[::1]:2022/~/')
  expect(sftpKind.sourceHost(settings)).toBe('sftp.corp.example:22')
})

test('another server, user or host key demands the credentials again', () => {
  const target = sftpKind.targetOf(settings)
  for (const change of [{ host: 'other' }, { port: 23 }, { user: 'other' }, { hostKey: undefined }, { acceptAnyHostKey: true }])
    expect(sftpKind.targetOf({ ...settings, ...change })).not.toEqual(target)
  expect(sftpKind.targetOf({ ...settings, folder: '/other' })).toEqual(target)
})

test.each(['a'.repeat(43), `MD5:${'a'.repeat(43)}`, `SHA256:${'a'.repeat(42)}`, 'ssh-ed25519 AAAA'])(
  'the host key %s is refused',
  (hostKey) => {
    expect(settingsSchema.safeParse({ ...settings, hostKey }).success).toBe(false)
  },
)
