import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'

const program = `
  const { createLogger } = await import(${JSON.stringify(new URL('./logger.ts', import.meta.url).href)})
  const log = createLogger('test', 'info')
  process.stdin.once('end', () => {
    for (let line = 0; line < 100; line += 1) log.warn('nobody reads this')
    log.fatal('nor this')
    process.exit(3)
  })
  process.stdin.resume()
  log.info('ready')`

test('a process whose log nobody reads any more can still end', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stdin.end()
  expect(await once(child, 'exit')).toEqual([3, null])
}, 30_000)
