import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Platform, startPlatform } from './platform.ts'

type Workers = { system: { mode: string; workers: { pid: number; online: boolean }[] } }

describe.each([
  ['postgres', 'embedded'],
  ['redis', 'redis'],
] as const)('a platform on %s', (backend, mode) => {
  let platform: Platform
  beforeAll(async () => {
    platform = await startPlatform({ backend, workers: 2 })
  })
  afterAll(() => platform?.stop())

  test('answers its administrator, and tells the errors of others', async () => {
    expect(await platform.graphql<object>('{ viewer { role } }')).toEqual({ viewer: { role: 'ADMINISTRATOR' } })
    const unknown = platform.graphql<object>('mutation { triggerSync(connectorId: "none") { id } }')
    await expect(unknown).rejects.toMatchObject({
      name: 'ApiError',
      errors: [{ extensions: { code: 'BAD_USER_INPUT', fields: { connectorId: expect.any(String) } } }],
    })
  })

  test('each process can be killed and started again', async () => {
    const { system } = await platform.graphql<Workers>('{ system { mode workers { pid online } } }')
    expect(system.mode).toBe(mode)
    const { worker, worker2, api } = platform.processes
    const pids = system.workers.map(({ pid }) => pid)
    expect(pids).toEqual(expect.arrayContaining([worker.pid, worker2?.pid]))
    const before = [worker.pid, api.pid]
    await worker.kill('SIGKILL')
    expect(() => process.kill(worker.pid, 0)).toThrow('ESRCH')
    await worker.restart()
    await api.restart()
    expect([worker.pid, api.pid]).not.toEqual(expect.arrayContaining(before))
    expect(await platform.graphql<object>('{ viewer { role } }')).toEqual({ viewer: { role: 'ADMINISTRATOR' } })
    expect(api.output()).toContain('ready')
  })

  test('what it keeps can be searched', async () => {
    const { rows } = await platform.dump()
    expect(rows.some((row) => row.startsWith('platform.users') && row.includes(platform.email))).toBe(true)
    expect(rows.join('\n')).not.toContain(platform.password)
  })
})

test('nothing of a platform is left after its stop', async () => {
  const platform = await startPlatform({ backend: 'postgres' })
  const pids = Object.values(platform.processes).map(({ pid }) => pid)
  await platform.stop()
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  await expect(fetch(platform.url)).rejects.toThrow('fetch failed')
})
