import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const program = `
  import { runService } from '@aiia/kit/service'
  import { parseSettings, settings } from '@aiia/kit/settings'
  import { z } from 'zod'
  await runService('sample', async () => {
    parseSettings(z.object({ PORT: settings.port.default(1) }), process.env)
    const timer = setInterval(() => {}, 1000)
    return { close: async () => { clearInterval(timer); console.log('closed') } }
  })`

/** The service as a process of its own, with the channel that a supervisor has. */
const start = (env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=aiia-source', '--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, ended: once(child, 'exit') as Promise<[number | null, string | null]> }
}

test('SIGTERM closes it cleanly', async () => {
  const { child, output, ended } = start()
  expect(await once(child, 'message')).toContain('ready')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(output()).toContain('closed')
})

test('a supervisor that is gone takes it along', async () => {
  const { child, ended } = start()
  await once(child, 'message')
  child.disconnect()
  expect(await ended).toEqual([0, null])
})

test('a wrong setting is one line, and the end', async () => {
  const { child, output, ended } = start({ PORT: 'x' })
  const printed = child.stderr && once(child.stderr, 'end')
  expect(await ended).toEqual([1, null])
  await printed
  expect(output().trim()).toBe('PORT: must be a whole number from 1 to 65535')
})
