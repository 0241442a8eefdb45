import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOData, type TestOData } from './odata.ts'

let server: TestOData
beforeAll(async () => {
  server = await startOData({ rows: 2_500, pageSize: 1_000 })
})
afterAll(() => server?.stop())

const get = (url: string, password = server.password) =>
  fetch(url, { headers: { authorization: `Basic ${Buffer.from(`${server.user}:${password}`).toString('base64')}` } })

test('it serves its rows page by page, as v4 and as v2', async () => {
  const v4 = (await (await get(`${server.v4}Large`)).json()) as { value: object[]; '@odata.nextLink': string }
  expect(v4.value).toHaveLength(1_000)
  expect(v4['@odata.nextLink']).toContain('skiptoken')
  const v2 = (await (await get(`${server.v2}Large?$skip=2000`)).json()) as { d: { results: { id: number; amount: string }[] } }
  expect(v2.d.results).toHaveLength(500)
  expect(v2.d.results.at(-1)).toMatchObject({ id: 2_499, amount: '2499.99' })
})

test('it knows its users', async () => {
  for (const root of [server.v4, server.v2]) {
    for (const path of ['$metadata', 'Large', 'Large/$count']) expect((await get(root + path, 'wrong')).status, path).toBe(401)
  }
  expect((await get(`${server.v4}Hidden`)).status).toBe(403)
})

test('entities are made and changed', async () => {
  await server.insert('Items', { company: '1000', document: '42', line: 1, note: 'new' })
  await server.update('Items', `company='1000',document='42',line=1`, { note: 'changed' })
  expect(await (await get(`${server.v4}Items`)).json()).toMatchObject({ value: [{ note: 'changed' }] })
})
