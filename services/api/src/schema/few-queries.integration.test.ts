import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { execute, parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Context, createContext, type Services } from '../context.ts'
import { type CountedPrisma, countOperations } from '../testing/counted-prisma.ts'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'
import { schema } from './schema.ts'

let postgres: TestPostgres
let api: TestApi
let counted: CountedPrisma
let context: Context

const addConnectors = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) {
    const connectorId = await createConnector(api, { schedule: { cron: '0 2 * * *' } })
    for (let j = 0; j < 3; j += 1) {
      const worker = await holdRun(api, await triggerSync(api, connectorId))
      await worker.commit({ stream: 'bseg' })
      await worker.complete()
    }
    await triggerSync(api, connectorId)
  }
}

beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
  counted = countOperations(api.prisma)
  const services = { prisma: counted.prisma, messaging: api.messaging, destinationSchema: 'destination' } as Services
  context = createContext(services, {
    viewer: { kind: 'token', accessId: '1', personId: null, name: 'test', email: null, role: 'VIEWER' },
    address: '127.0.0.1',
  })
  await addConnectors(2)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const run =
  'number status requestedBy retryOf { number } counts { read ingested } steps { kind } failure { code } receipt { stream counts { read } }'

test.each([
  [
    'connectors with their newest, their active and their last runs',
    `{ connectors(first: 50) { totalCount nodes { name address streams { name } schedule { nextRuns } lastRun { ${run} } activeRun { id } runs(first: 3) { nodes { ${run} } } } } }`,
  ],
  [
    'connectors with what a list draws of them, filtered',
    `{ connectors(first: 50, filter: { lastStatuses: [PENDING, COMPLETED], enabled: true }) { totalCount nodes { name schedule { nextRuns } lastRun { ${run} } recentRuns(first: 20) { number status startedAt finishedAt } } } }`,
  ],
  [
    'connectors with their statistics',
    '{ connectors(first: 50) { nodes { name statistics(days: 30) { runs successRate lastGoodAt lateSince points(first: 50) { number status records } } } } }',
  ],
  // Runs that are found by one statement, since what is asked of those of two may join or not.
  [
    'the history',
    `{ jobRuns(first: 50) { nodes { ${run} rateSeries { read } pendingReason connector { name label } } pageInfo { hasNextPage } } }`,
  ],
])('%s: as many queries for many rows as for few', async (_name, query) => {
  const operations = async () => {
    // Runs that wait for long have a reason, which is looked up.
    await api.prisma.jobRun.updateMany({ where: { status: 'PENDING' }, data: { availableAt: new Date(0) } })
    const { errors } = await execute({ schema, document: parse(query), contextValue: context })
    expect(errors).toBeUndefined()
    return counted.taken().sort()
  }
  const few = await operations()
  await addConnectors(4)
  expect(await operations()).toEqual(few)
  expect(few.length).toBeLessThan(10)
})
