import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataDir } from '../data-dir/data-dir.ts'
import { findAdministrator } from './administrator.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiia-administrator-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const nothing = { email: 'admin@example.com', password: undefined, token: undefined }
const find = (given: Partial<Parameters<typeof findAdministrator>[1]> = {}) =>
  findAdministrator(openDataDir(folder), { ...nothing, ...given })

test('a password is made until it was shown, the token is made once and kept from others', () => {
  const first = find()
  expect(first).toMatchObject({ generated: true, password: expect.stringMatching(/^.{16}$/), token: expect.stringMatching(/^aiia_.{43}$/) })
  expect(statSync(first.tokenFile).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const interrupted = find()
  expect(interrupted.password).not.toBe(first.password)
  expect(interrupted.token).toBe(first.token)
  interrupted.shown()
  expect(find()).toMatchObject({ generated: false, password: undefined, token: first.token })
})

test('what the settings say counts, and the token file follows them', () => {
  const given = find({ password: 'given', token: 'given-token' })
  expect(given).toMatchObject({ generated: false, password: 'given', token: 'given-token' })
  expect(find().token).toBe('given-token')
})

test('another administrator gets a password too', () => {
  find().shown()
  expect(find({ email: 'other@example.com' }).generated).toBe(true)
})
