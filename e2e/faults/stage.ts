/** What one try happens on: a platform, and of its own a source, a connector on it through a proxy, and viewers. */

import { randomBytes } from 'node:crypto'
import type { Platform, PlatformOptions } from '@aiia/testkit/platform'
import type { TestPostgres } from '@aiia/testkit/postgres'
import { startTcpProxy, type TcpProxy } from '@aiia/testkit/tcp-proxy'
import { createConnector, openDatabase, type Run, runFields, type TestSource, triggerSync } from '../platform/source.ts'
import type { Backend } from './scenario.ts'
import { until } from './until.ts'
import { isFinal, openViewer, type Viewer } from './viewer.ts'

export type StageOptions = Pick<PlatformOptions, 'workers' | 'schedulers' | 'env' | 'redisSettings' | 'postgresSettings'>

export type Step = { kind: string; status: string }
export type SeenRun = Run & { steps: Step[] }
export type RunOfConnector = Run & { connector: { id: string } }

/** A connector with the one table that it syncs; the table has the same name on both sides. */
export type Feed = { connector: string; table: string; triggered: Map<string, string> }

export type Stage = {
  backend: Backend
  platform: Platform
  source: TestSource
  /** The platform's database, past all proxies. */
  database: TestSource
  /** On the way of the workers to the source. */
  way: TcpProxy
  feed: Feed
  feeds: Feed[]
  viewers: Viewer[]
  /** One more connector, with a table of its own. */
  addFeed(options?: FeedOptions): Promise<Feed>
  /** Something that the next run has to carry over. */
  change(feed?: Feed): Promise<void>
  /** Starts a run that two viewers watch. */
  trigger(feed?: Feed): Promise<string>
  watch(runId: string): Viewer
  run(runId: string): Promise<SeenRun>
  /** All runs of these connectors, newest first. */
  runsOf(connectorIds: string[]): Promise<RunOfConnector[]>
  ended(runId: string, withinMs?: number): Promise<SeenRun>
  /** A whole run that must complete, so that there is something to lose. */
  fill(feed?: Feed): Promise<void>
  close(): Promise<void>
}

export type FeedOptions = {
  rows?: number
  /** What is read, if not the whole table. */
  stream?: object
  /** Streams that read the same, each into a table of its own. */
  copies?: number
  settings?: object
  password?: string
  limits?: object
  schedule?: object
  primaryKey?: string[]
  rejectLimit?: number
  /** Rows of a chunk; else it is read in one go. */
  chunkRows?: number
}

/** More than all buffers between source and destination hold. */
const manyRows = 60_000

type Page = { jobRuns: { nodes: RunOfConnector[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }

export type StageParts = { backend: Backend; platform: Platform; sources: TestPostgres }

export const openStage = async ({ backend, platform, sources }: StageParts): Promise<Stage> => {
  const source = await openDatabase(await sources.createDatabase())
  const database = await openDatabase(platform.databaseUrl)
  const way = await startTcpProxy(sources.port)
  const feeds: Feed[] = []
  const viewers: Viewer[] = []

  const addFeed = async ({
    rows = manyRows,
    stream,
    copies = 1,
    settings,
    primaryKey,
    rejectLimit,
    chunkRows,
    ...options
  }: FeedOptions = {}): Promise<Feed> => {
    const name = `t_${randomBytes(5).toString('hex')}`
    await source.query(
      `CREATE TABLE ${name} AS SELECT i AS id, 0 AS version, repeat(md5(i::text), 4) AS words FROM generate_series(1, ${rows}) i`,
    )
    await source.query(`ALTER TABLE ${name} ADD PRIMARY KEY (id)`)
    const connector = await createConnector(platform, source, {
      name,
      streams: Array.from({ length: copies }, (_, index) => ({
        name: index === 0 ? name : `${name}_${index}`,
        source: stream ?? { table: `public.${name}` },
        ...(primaryKey && { primaryKey }),
        ...(rejectLimit && { rejectLimit }),
        ...(chunkRows && { chunking: { rows: chunkRows } }),
      })),
      settings: { port: way.port, ...settings },
      ...options,
    })
    const feed = { connector, table: name, triggered: new Map<string, string>() }
    feeds.push(feed)
    return feed
  }
  const feed = await addFeed()

  const watch = (runId: string): Viewer => {
    const viewer = openViewer(platform, runId)
    viewers.push(viewer)
    return viewer
  }
  const trigger = async (of = feed): Promise<string> => {
    const before = await source.checksum(of.table)
    const id = await triggerSync(platform, of.connector)
    of.triggered.set(id, before)
    watch(id)
    watch(id)
    return id
  }
  const run = async (id: string): Promise<SeenRun> => {
    const { jobRun } = await platform.graphql<{ jobRun: SeenRun }>(
      `query ($id: ID!) { jobRun(id: $id) { ${runFields} steps { kind status } } }`,
      { id },
    )
    return jobRun
  }
  const runsOf = async (ids: string[]): Promise<RunOfConnector[]> => {
    const runs: RunOfConnector[] = []
    for (let after: string | null = null; ; ) {
      const { jobRuns }: Page = await platform.graphql<Page>(
        `query ($ids: [ID!], $after: String) { jobRuns(first: 100, after: $after, filter: { connectorIds: $ids }) {
          nodes { ${runFields} connector { id } } pageInfo { endCursor hasNextPage } } }`,
        { ids, after },
      )
      runs.push(...jobRuns.nodes)
      if (!jobRuns.pageInfo.hasNextPage) return runs
      after = jobRuns.pageInfo.endCursor
    }
  }
  const ended = (id: string, withinMs = 60_000): Promise<SeenRun> =>
    until(`The end of run ${id}`, async () => ((found) => (isFinal(found) ? found : undefined))(await run(id)), withinMs)
  const change = async ({ table } = feed): Promise<void> => {
    await source.query(`UPDATE ${table} SET version = version + 1 WHERE id % 100 = 0`)
    await source.query(`DELETE FROM ${table} WHERE id = (SELECT min(id) FROM ${table})`)
    await source.query(`INSERT INTO ${table} SELECT max(id) + 1, 0, 'new' FROM ${table}`)
  }
  return {
    backend,
    platform,
    source,
    database,
    way,
    feed,
    feeds,
    viewers,
    addFeed,
    change,
    trigger,
    watch,
    run,
    runsOf,
    ended,
    fill: async (of = feed) => {
      const { status, failure } = await ended(await trigger(of))
      if (status !== 'COMPLETED') throw new Error(`The first run ended ${status}: ${failure?.message}`)
      await change(of)
    },
    close: async () => {
      await Promise.all(viewers.map((viewer) => viewer.close()))
      await way.stop()
      await source.end()
      await database.end()
    },
  }
}
