import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataDir } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiia-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a second start is refused while the first lives, and let in after it', () => {
  const release = lockDataDir(folder)
  expect(() => lockDataDir(folder)).toThrow(`in use by another "npm start" (process ${process.pid})`)
  release()
  lockDataDir(folder)()
  expect(readdirSync(folder)).toEqual([])
})

test('the lock of a start that was killed is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(join(folder, 'lock'), `${pid}\n12345 some-boot\n`)
  const release = lockDataDir(folder)
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid}\n`))
  release()
})

test('a process that has the number of the killed one by now does not count as it', () => {
  writeFileSync(join(folder, 'lock'), `${process.pid}\nanother start\n`)
  lockDataDir(folder)()
  expect(readdirSync(folder)).toEqual([])
})
