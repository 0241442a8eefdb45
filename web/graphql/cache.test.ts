import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { expect, test } from 'vitest'
import { normalisedCache } from './cache.ts'
import { ConnectorsDocument, type JobRunStatus, RunsUpdatedDocument } from './generated/graphql.ts'

const counts = {
  read: 0,
  rejected: 0,
  superseded: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  ingested: 0,
  bytes: 0,
  expected: null,
}

const run = (number: number, status: JobRunStatus, revision: number) => ({
  __typename: 'JobRun',
  id: `run-${number}`,
  number,
  status,
  revision,
  pendingReason: null,
  trigger: 'MANUAL',
  requestedBy: null,
  attempt: 1,
  maxAttempts: 3,
  queuedAt: '2026-05-24T02:00:00Z',
  startedAt: '2026-05-24T02:00:01Z',
  finishedAt: status === 'RUNNING' ? null : '2026-05-24T02:01:00Z',
  rowsPerSecond: null,
  counts: { __typename: 'RecordCounts', ...counts },
  failure: null,
  connector: { __typename: 'Connector', id: 'sap', name: 'SAP', kind: 'postgres', label: 'PostgreSQL' },
})
type Run = ReturnType<typeof run>

const bar = ({ number, status, startedAt, finishedAt, revision }: Run) => ({ number, status, startedAt, finishedAt, revision })

const listOf = (runs: Run[]) => ({
  connectors: {
    __typename: 'QueryConnectorsConnection',
    totalCount: 1,
    pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    nodes: [
      {
        __typename: 'Connector',
        id: 'sap',
        name: 'SAP',
        kind: 'postgres',
        label: 'PostgreSQL',
        address: 'postgresql://sap_read@10.140.2.14:5432/production',
        enabled: true,
        schedule: null,
        lastRun: runs[0],
        activeRun: null,
        recentRuns: runs.map((each) => ({ __typename: 'RecentRun', ...bar(each) })),
      },
    ],
  },
})

/** A tab with the list of connectors, whose rows are as the API told them once; `tell` is an event. */
const showList = async (runs: Run[]) => {
  let tell: (jobRunUpdated: Run) => void = () => {}
  let asked = 0
  const client = new Client({
    url: 'http://api/graphql',
    preferGetMethod: false,
    fetch: async () => {
      asked += 1
      return Response.json({ data: listOf(runs) })
    },
    exchanges: [
      normalisedCache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: () => ({
          subscribe: ({ next }) => {
            tell = (jobRunUpdated) => next({ data: { jobRunUpdated } })
            return { unsubscribe: () => {} }
          },
        }),
      }),
    ],
  })
  await client.query(ConnectorsDocument, {}).toPromise()
  client.subscription(RunsUpdatedDocument, { connectorId: null }).subscribe(() => {})
  const row = () => client.readQuery(ConnectorsDocument, {})?.data?.connectors.nodes[0]
  return { row, tell: (told: Run) => tell(told), asked: () => asked }
}

test('an event moves the bar of its run and the row, without a question', async () => {
  const { row, tell, asked } = await showList([run(2, 'RUNNING', 4), run(1, 'COMPLETED', 9)])
  tell(run(2, 'COMPLETED', 5))
  expect(row()?.recentRuns).toMatchObject([bar(run(2, 'COMPLETED', 5)), bar(run(1, 'COMPLETED', 9))])
  tell(run(3, 'RUNNING', 1))
  expect(row()?.recentRuns.map(({ number }) => number)).toEqual([3, 2, 1])
  expect(row()?.lastRun).toMatchObject({ number: 3, status: 'RUNNING' })
  expect(row()?.activeRun).toMatchObject({ id: 'run-3' })
  expect(asked()).toBe(1)
})

test('of an older run only the bar moves, and there are no more bars than were asked for', async () => {
  const runs = Array.from({ length: 20 }, (_, index) => run(21 - index, 'COMPLETED', 1))
  const { row, tell } = await showList(runs)
  tell(run(5, 'FAILED', 2))
  expect(row()?.recentRuns.find(({ number }) => number === 5)?.status).toBe('FAILED')
  tell(run(1, 'FAILED', 2))
  expect(row()?.recentRuns.map(({ number }) => number)).toEqual(runs.map(({ number }) => number))
  expect(row()?.lastRun?.number).toBe(21)
  tell(run(22, 'RUNNING', 1))
  expect(row()?.recentRuns.map(({ number }) => number)).toEqual([22, ...runs.map(({ number }) => number).slice(0, 19)])
})
