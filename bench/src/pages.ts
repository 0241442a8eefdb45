/**
 * `npm run bench:pages`: what the server needs for each page of the console and each list of the API, when a year's worth of
 * runs is in the database. Pages are asked for in turn, so that what else the machine does meets them all.
 *
 *   npm run bench:pages                                   200 connectors, 100,000 runs, 100 tries each
 *   npm run bench:pages -- --runs 1000000 --tries 50
 */

import { parseArgs } from 'node:util'
import { startPlatform } from '@aiia/testkit/platform'
import { makeManyRuns } from './many-runs.ts'
import { signIn } from './sign-in.ts'
import { median, percentile, round } from './statistics.ts'

const { values } = parseArgs({
  options: {
    connectors: { type: 'string', default: '200' },
    runs: { type: 'string', default: '100000' },
    'log-lines': { type: 'string', default: '1000000' },
    tries: { type: 'string', default: '100' },
  },
})
const [connectors, runs, logLines, tries] = [values.connectors, values.runs, values['log-lines'], values.tries].map(Number) as [
  number,
  number,
  number,
  number,
]
if (![connectors, runs, logLines, tries].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('--connectors, --runs, --log-lines and --tries take whole numbers from 1.')
  process.exit(64)
}

const platform = await startPlatform({ backend: 'postgres', web: true, env: { ALLOW_PLATFORM_DATABASE_AS_SOURCE: '1' } })
try {
  console.log(`Making ${runs.toLocaleString('en-US')} runs of ${connectors} connectors …`)
  const { number, connectorId } = await makeManyRuns(platform, platform.databaseUrl, { connectors, runs, logLines })
  const cookie = await signIn(platform)
  const run =
    'id number status trigger requestedBy attempt queuedAt startedAt finishedAt counts { read inserted rejected } connector { name }'
  const asked: Record<string, () => Promise<Response>> = {
    ...Object.fromEntries(
      [
        '/admin/connectors',
        `/admin/connectors/${connectorId}`,
        '/admin/connectors/new',
        '/admin/connectors/history',
        '/admin/connectors/history?status=FAILED',
        `/admin/runs/${number}`,
        `/admin/runs/${Math.floor(runs / 2)}`,
        '/admin/system',
      ].map((path) => [path, () => fetch(platform.url + path, { headers: { cookie }, redirect: 'error' })]),
    ),
    'jobRuns(first: 50)': graphql(`{ jobRuns(first: 50) { nodes { ${run} } pageInfo { hasNextPage } } }`),
    'jobRuns of one connector, failed': graphql(
      `{ jobRuns(first: 50, filter: { connectorIds: ["${connectorId}"], statuses: [FAILED] }) { nodes { ${run} } } }`,
    ),
    'connectors(first: 50)': graphql(`{ connectors(first: 50) { totalCount nodes { name lastRun { ${run} } schedule { nextRuns } } } }`),
    'logs(last: 500) of a million': graphql(`{ jobRun(number: ${number}) { logs(last: 500) { totalLines lines { seq text } } } }`),
  }
  const times = new Map(Object.keys(asked).map((name) => [name, [] as number[]]))
  for (let tried = -3; tried < tries; tried += 1)
    for (const [name, ask] of Object.entries(asked)) {
      const started = performance.now()
      const answer = await ask()
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${name} was answered with ${answer.status}.`)
      // The first rounds find every cache cold.
      if (tried >= 0) times.get(name)?.push(performance.now() - started)
    }
  console.table(
    [...times].map(([name, each]) => ({ asked: name, 'median ms': round(median(each), 1), 'p95 ms': round(percentile(each, 95), 1) })),
  )
} finally {
  await platform.stop()
}

function graphql(query: string): () => Promise<Response> {
  return () =>
    fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${platform.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
}
