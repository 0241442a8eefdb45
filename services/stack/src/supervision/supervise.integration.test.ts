import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startService } from './service-process.ts'
import { EndedAtStart, supervise } from './supervise.ts'

const folder = mkdtempSync(join(tmpdir(), 'aiia-supervise-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A supervised program, and a wait for what the supervisor says. */
const program = (code: string) => {
  const module = join(folder, `${Math.random()}.mjs`)
  writeFileSync(module, code)
  const said: string[] = []
  let heard = () => {}
  const supervised = supervise({
    name: 'worker',
    start: (restarts) => startService({ module, env: { RESTARTS: String(restarts) }, graceMs: 500, lines: () => {} }),
    say: (line) => {
      said.push(line)
      heard()
    },
  })
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      heard = () => said.some((line) => line.includes(text)) && resolve()
      heard()
    })
  return { supervised, said, until }
}
const gone = (pid: number) => () => process.kill(pid, 0)
const stays = `process.on('disconnect', () => process.exit()); process.send('ready')`

test('a child that is killed is told and started again', async () => {
  const { supervised, said, until } = program(stays)
  await supervised.ready
  const pid = supervised.pid()
  process.kill(pid, 'SIGKILL')
  await until('is back')
  expect(said).toEqual(['The worker was ended by SIGKILL. It is started again in 0.5 s.', 'The worker is back.'])
  expect(supervised.pid()).not.toBe(pid)
  await supervised.stop()
  expect(gone(supervised.pid())).toThrow('ESRCH')
  expect(said).toHaveLength(2)
})

test('a child that ends before it was ever ready is not started again, and its last lines are at hand', async () => {
  const { supervised } = program(`console.error('PORT: must be a number'); process.exitCode = 1; process.disconnect()`)
  const fault = await supervised.ready.catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(EndedAtStart)
  expect(fault).toMatchObject({
    message: 'The worker ended with code 1 while it started',
    ending: { lastLines: ['PORT: must be a number'] },
  })
})

test('one that ignores the request to end is killed after its grace', async () => {
  const { supervised } = program(`process.on('SIGTERM', () => {}); ${stays}`)
  await supervised.ready
  await supervised.stop()
  expect(gone(supervised.pid())).toThrow('ESRCH')
})

test('a stop while it waits to be started again leaves it stopped', async () => {
  const { supervised, said, until } = program(`if (process.env.RESTARTS === '0') { ${stays} } else process.exit(3)`)
  await supervised.ready
  process.kill(supervised.pid(), 'SIGKILL')
  await until('in 1 s')
  await supervised.stop()
  expect(said).toEqual([
    'The worker was ended by SIGKILL. It is started again in 0.5 s.',
    'The worker ended with code 3. It is started again in 1 s.',
  ])
})
