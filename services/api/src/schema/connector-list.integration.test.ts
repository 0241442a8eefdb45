import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
  await fill()
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

/** `good` has completed after a failure, `bad` the other way round, `new` has never run. */
const fill = async (): Promise<void> => {
  const good = await createConnector(api, { name: 'good' })
  const bad = await createConnector(api, { name: 'bad', enabled: false })
  await createConnector(api, { name: 'new', kind: 'mysql' })
  await end(good, 'fail')
  await end(good, 'complete')
  await end(bad, 'complete')
  await end(bad, 'fail')
}

const end = async (connectorId: string, how: 'complete' | 'fail'): Promise<void> => {
  const worker = await holdRun(api, await triggerSync(api, connectorId))
  await (how === 'complete' ? worker.complete() : worker.fail('INVALID_CREDENTIALS'))
}

type List = { connectors: { totalCount: number; nodes: { name: string; recentRuns: { number: number; status: string }[] }[] } }

const list = async (filter: object | null, first = 20): Promise<List['connectors']> =>
  (
    await api.get<List>(
      'query ($filter: ConnectorFilter, $first: Int!) { connectors(first: 50, filter: $filter) { totalCount nodes { name recentRuns(first: $first) { number status } } } }',
      { filter, first },
    )
  ).connectors

test('each connector tells its last runs, newest first, and as many as are asked for', async () => {
  const { nodes } = await list(null)
  expect(nodes.map(({ name, recentRuns }) => [name, recentRuns.map(({ status }) => status)])).toEqual([
    ['bad', ['FAILED', 'COMPLETED']],
    ['good', ['COMPLETED', 'FAILED']],
    ['new', []],
  ])
  const newest = nodes.map(({ recentRuns }) => recentRuns.slice(0, 1))
  expect((await list(null, 1)).nodes.map(({ recentRuns }) => recentRuns)).toEqual(newest)
})

test('more runs than a list shows are refused by name', async () => {
  const { errors } = await api.ask('{ connectors { nodes { recentRuns(first: 101) { number } } } }')
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: { first: expect.stringContaining('100') } })
})

test.each([
  [{}, ['bad', 'good', 'new']],
  [{ kinds: ['mysql'] }, ['new']],
  [{ kinds: ['mysql', 'postgres'] }, ['bad', 'good', 'new']],
  [{ lastStatuses: ['COMPLETED'] }, ['good']],
  [{ lastStatuses: ['FAILED', 'ERROR'] }, ['bad']],
  [{ enabled: true }, ['good', 'new']],
  [{ enabled: false, lastStatuses: ['FAILED'] }, ['bad']],
  [{ enabled: false, lastStatuses: ['COMPLETED'] }, []],
])('the filter %j keeps %j, and counts them', async (filter, names) => {
  const { nodes, totalCount } = await list(filter)
  expect(nodes.map(({ name }) => name)).toEqual(names)
  expect(totalCount).toBe(names.length)
})
