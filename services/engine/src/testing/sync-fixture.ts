/** A source and a destination of a test's own, and one connector between them. */

import { connectorDrivers } from '@aiia/connectors/drivers'
import type { RecordCounts } from '@aiia/core/job-run/counts'
import type { LogLevel } from '@aiia/core/job-run/log-line'
import type { JobStep } from '@aiia/core/job-run/step'
import { defaultLimits, type RunConfiguration, type StreamConfiguration, streamDefaults } from '@aiia/core/sync/configuration'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { Source } from '@aiia/core/sync/source'
import type { TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import type { CommitGuard } from '../commit-guard.ts'
import { syncRun } from '../sync-run.ts'

export type Stream = { name: string; source: unknown } & Partial<StreamConfiguration>

export type SyncOptions = {
  runId?: string
  attempt?: number
  guard?: CommitGuard
  signal?: AbortSignal
  /** Other ways to the same databases, such as through a proxy. */
  sourcePort?: number
  destinationPort?: number
  /** For the source. */
  password?: string
  /** What else the run is asked for. */
  configuration?: Partial<Pick<RunConfiguration, 'full' | 'replay'>>
  /** Awaited before each commit. */
  kept?: () => Promise<void>
  /** Stands between the source and the engine. */
  through?: (source: Source) => Source
}

/** What a run told, in the order in which it did. */
export type Told = {
  lines: [LogLevel, string][]
  counts: RecordCounts[]
  steps: JobStep[]
  rejected: RejectedRow[]
  begun: [stream: string, behind: number][]
}

export type SyncFixture = {
  source: pg.Client
  destination: pg.Client
  /** @returns the counts; what was told is in `told`, for a run that rejects as well */
  sync(streams: readonly Stream[], options?: SyncOptions): Promise<RecordCounts>
  readonly told: Told
  /** The rows of a table as JSON texts, in the order of their text. */
  rows(client: pg.Client, table: string): Promise<string[]>
  /** What a run leaves behind if it does not clean up. */
  leftOvers(): Promise<string[]>
  close(): Promise<void>
}

let runs = 0

/** Asks the destination, as a fence does, and commits. */
export const freely: CommitGuard = async (transaction, commit) => {
  await transaction.query('SELECT $1::int', [1])
  await commit()
}

export const openSyncFixture = async (server: TestPostgres): Promise<SyncFixture> => {
  const [sourceUrl, destinationUrl] = [await server.createDatabase(), await server.createDatabase()]
  const [source, destination] = [sourceUrl, destinationUrl].map((connectionString) => new pg.Client({ connectionString })) as [
    pg.Client,
    pg.Client,
  ]
  await Promise.all([source.connect(), destination.connect()])
  let told: Told = { lines: [], counts: [], steps: [], rejected: [], begun: [] }
  const sync = async (streams: readonly Stream[], options: SyncOptions = {}): Promise<RecordCounts> => {
    const {
      guard = freely,
      signal = new AbortController().signal,
      through = (plain) => plain,
      attempt = 1,
      kept = async () => {},
    } = options
    runs += 1
    const now: Told = { lines: [], counts: [], steps: [], rejected: [], begun: [] }
    told = now
    const { hostname, port, pathname, username, password: right } = new URL(sourceUrl)
    const { sourcePort = Number(port), password = right } = options
    const settings = { host: hostname, port: sourcePort, database: pathname.slice(1), user: username }
    const destinationWay = new URL(destinationUrl)
    if (options.destinationPort !== undefined) destinationWay.port = String(options.destinationPort)
    const configuration = {
      connector: { id: 'connector', name: 'Orders', kind: 'postgres' },
      settings,
      streams: streams.map((stream) => ({ ...defaults, destinationTable: stream.name, ...stream })),
      limits: defaultLimits,
      full: false,
      ...options.configuration,
    }
    const open = async (): Promise<Source> => {
      const driver = connectorDrivers.get('postgres')
      if (driver === undefined) throw new Error('no driver')
      const access = {
        settings,
        credentials: { password },
        connectTimeoutMs: 10_000,
        targets: { refusal: () => null },
        signal,
        log: () => {},
      }
      return through(await driver.open(access))
    }
    return syncRun(
      { runId: options.runId ?? `run-${runs}`, number: runs, attempt, configuration },
      {
        source: open,
        destination: { url: destinationWay.href, schema: 'destination' },
        guard,
        hashSalt: Buffer.from('salt of the tests'),
        signal,
        report: {
          log: (level, message) => now.lines.push([level, message]),
          counts: (counts) => now.counts.push(counts),
          step: (step) => now.steps.push(step),
          rejected: (rows) => now.rejected.push(...rows),
          begins: (stream, behind) => now.begun.push([stream, behind]),
          kept,
        },
      },
    )
  }
  return {
    source,
    destination,
    sync,
    get told() {
      return told
    },
    rows: async (client, table) =>
      (
        await client.query<{ row: string }>(`SELECT (to_jsonb(whole_row) - '_aiia_run')::text AS row FROM ${table} whole_row ORDER BY 1`)
      ).rows.map(({ row }) => row),
    leftOvers: async () => {
      const { rows } = await destination.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace('destination_staging') AND relkind = 'r' AND relname NOT IN ('ledger', 'checkpoints', 'stream_states')`,
      )
      return rows.map(({ name }) => name)
    },
    close: async () => {
      await Promise.all([source.end(), destination.end()])
    },
  }
}

const defaults: Omit<StreamConfiguration, 'name' | 'source' | 'destinationTable'> = {
  mode: 'FULL_REFRESH',
  primaryKey: null,
  rejectLimit: 0,
  ...streamDefaults,
}
