import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueToken } from '../auth/api-tokens.ts'
import { createConnector, holdRun, type StartedRun, type TestWorker, triggerSync } from '../testing/fixtures.ts'
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

const runWith = async (rows: Parameters<TestWorker['reject']>[0]): Promise<StartedRun> => {
  const run = await triggerSync(api, await createConnector(api))
  await (await holdRun(api, run)).reject(rows)
  return run
}
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}/rejected-rows/${path}`, { headers: { authorization: `Bearer ${api.token}` }, ...init })

const row = { id: '1', 'Größe, cm': '=1+1', nothing: null }

test('as CSV, which no spreadsheet executes', async () => {
  const { number } = await runWith([
    { position: 7, place: 'in/a.csv, line 17', key: '=cmd', rawValue: 'a,"b"\nc', rule: 'The value is not a number.', row },
    { position: null, key: null, rawValue: '-12.50' },
    { position: null, rawValue: '' },
  ])
  const response = await ask(`${number}.csv`)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="rejected-rows-${number}.csv"`)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const [head, ...lines] = (await response.text()).split('\r\n')
  expect(head).toBe('stream,position,place,key,column,rawValue,rule,row')
  expect(lines).toEqual([
    `bseg,7,"in/a.csv, line 17",'=cmd,wrbtr,"a,""b""\nc",The value is not a number.,"${JSON.stringify({ id: '1', nothing: null, 'Größe, cm': '=1+1' }).replaceAll('"', '""')}"`,
    'bseg,,,,wrbtr,-12.50,The value is not a number.,',
    'bseg,,,1,wrbtr,"",The value is not a number.,',
    '',
  ])
})

test('as JSON lines, as they are', async () => {
  const { number } = await runWith([
    { position: 7, rawValue: '=1', row },
    { position: null, key: null },
  ])
  const response = await ask(`${number}.jsonl`)
  expect(response.headers.get('content-disposition')).toContain(`rejected-rows-${number}.jsonl`)
  const lines = (await response.text()).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { stream: 'bseg', position: 7, place: null, key: '1', column: 'wrbtr', rawValue: '=1', rule: 'The value is not a number.', row },
    {
      stream: 'bseg',
      position: null,
      place: null,
      key: null,
      column: 'wrbtr',
      rawValue: 'x',
      rule: 'The value is not a number.',
      row: null,
    },
  ])
})

test('however many there are, each once and in order; none is an empty file', async () => {
  const { number } = await runWith(Array.from({ length: 1_001 }, (_, index) => ({ position: index + 1 })))
  const lines = (await (await ask(`${number}.jsonl`)).text()).trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { position: number }).position)).toEqual(lines.map((_, index) => index + 1))
  expect(lines).toHaveLength(1_001)
  const none = await runWith([])
  expect(await (await ask(`${none.number}.jsonl`)).text()).toBe('')
  expect(await (await ask(`${none.number}.csv`)).text()).toBe('stream,position,place,key,column,rawValue,rule,row\r\n')
})

test('a viewer may, by token or by session; nobody else', async () => {
  const { number } = await runWith([{}])
  const { token } = await issueToken({ prisma: api.prisma }, { name: 'viewer', role: 'VIEWER', createdBy: 'test' })
  expect((await ask(`${number}.csv`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  expect((await ask(`${number}.csv`, { headers: { cookie: await api.signIn() } })).status).toBe(200)
  for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
    const refused = await ask(`${number}.csv`, { headers })
    expect(refused.status).toBe(401)
    expect(await refused.text()).toContain('Sign in')
  }
  const foreign = await ask(`${number}.csv`, { headers: { cookie: await api.signIn(), origin: 'https://elsewhere.example' } })
  expect(foreign.status).toBe(403)
})

test('what is not there is told in words', async () => {
  const { number } = await runWith([{}])
  const told = async (path: string): Promise<[number, string]> => {
    const response = await ask(path)
    return [response.status, await response.text()]
  }
  expect(await told('999999.csv')).toEqual([404, 'There is no run #999999.\n'])
  expect(await told('99999999999.csv')).toEqual([404, expect.stringContaining('.csv or .jsonl')])
  for (const path of ['1.constructor', '1', 'x.csv', '', '../graphql.csv']) expect((await told(path))[0]).toBe(404)
  await api.prisma.jobRun.update({ where: { number }, data: { rejectedRowsRemovedAt: new Date() } })
  expect(await told(`${number}.csv`)).toEqual([404, expect.stringContaining('retention has removed them')])
})

test('it is asked for with GET or HEAD', async () => {
  const { number } = await runWith([{}])
  const head = await ask(`${number}.csv`, { method: 'HEAD', headers: { authorization: `Bearer ${api.token}` } })
  expect([head.status, head.headers.get('content-disposition')]).toEqual([200, expect.stringContaining(String(number))])
  const post = await ask(`${number}.csv`, { method: 'POST' })
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})
