import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const runWith = async (lines: string[]) => {
  const run = await triggerSync(api, await createConnector(api))
  await (await holdRun(api, run)).complete(lines)
  return run
}
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}/run-logs/${path}`, { headers: { authorization: `Bearer ${api.token}` }, ...init })

test('the log as printed, of any length', async () => {
  const lines = Array.from({ length: 4_500 }, (_, index) => `line ${index}`)
  const { number } = await runWith(lines)
  const response = await ask(`${number}.log`)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="run-${number}.log"`)
  const printed = (await response.text()).trimEnd().split('\n')
  expect(printed).toHaveLength(4_501)
  for (const line of printed) expect(line).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] INFO: \S/)
  expect(printed.slice(0, 4_500).map((line) => line.split('INFO: ')[1])).toEqual(lines)
})

test('or what level and search let through', async () => {
  const { number } = await runWith(['100 % done', 'a_b', 'aXb'])
  const text = async (query: string) => (await ask(`${number}.log?${query}`)).text()
  expect(await text('search=%25')).toMatch(/^\[.*\] INFO: 100 % done\n$/)
  expect(await text('search=A_B')).toMatch(/^\[.*\] INFO: a_b\n$/)
  expect(await text('level=WARN&level=ERROR')).toBe('')
  expect((await ask(`${number}.log?level=LOUD`)).status).toBe(400)
})

test('only for who may look, and only what there is', async () => {
  const { id, number } = await runWith(['one'])
  expect((await ask(`${number}.log`, { headers: {} })).status).toBe(401)
  expect((await ask(`${number}.log`, { method: 'POST' })).status).toBe(405)
  expect((await ask('999999.log')).status).toBe(404)
  expect((await ask(`${number}.txt`)).status).toBe(404)
  const runId = Buffer.from(id, 'base64').toString().split(':')[1] ?? ''
  await api.prisma.jobRun.update({ where: { id: runId }, data: { logRemovedAt: new Date() } })
  expect(await (await ask(`${number}.log`)).text()).toContain('no longer kept')
})
