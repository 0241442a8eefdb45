/** What the cases do with a kind: connectors of their own, runs of these, and a look at what they left in the destination. */

import type { Platform } from '@aiia/testkit/platform'
import { expect } from 'vitest'
import { type Run, readLog, triggerSync, untilEnded, watchRun } from '../platform/source.ts'
import { type DatasetName, datasets } from './datasets.ts'
import type { Destination } from './destination.ts'
import { type SourceUnderTest, type StreamSource, wrongSecret } from './kind-under-test.ts'

export type Contract = {
  kind: string
  codes: readonly string[]
  /** They are there when the first case begins. */
  platform(): Platform
  destination(): Destination
  source(): SourceUnderTest
}

type Overrides = { settings?: object; credentials?: object; limits?: object; streamSettings?: object }

export type Work = ReturnType<typeof createWork>

export const createWork = ({ kind, platform, destination, source }: Contract) => {
  const connect = async (name: string, stream: StreamSource, overrides: Overrides = {}): Promise<string> => {
    const { settings, credentials, limits, streamSettings } = overrides
    const { createConnector } = await platform().graphql<{ createConnector: { id: string } }>(
      'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
      {
        input: {
          kind,
          name: `${kind} ${name}`,
          settings: { ...source().settings, ...settings },
          credentials: { ...source().credentials, ...credentials },
          streams: [{ name, source: stream, primaryKey: ['id'], destinationTable: `${kind}_${name}`, ...streamSettings }],
          limits: { maxAttempts: 1, ...limits },
        },
      },
    )
    return createConnector.id
  }
  const sync = async (connector: string): Promise<Run> => untilEnded(platform(), await triggerSync(platform(), connector))
  const until = async (id: string, isSo: (run: Run) => boolean): Promise<void> => {
    for await (const run of watchRun(platform(), id)) if (isSo(run)) return
    throw new Error('The run ended before.')
  }
  const read = (dataset: string, columns: readonly string[]) => destination().read(`${kind}_${dataset}`, columns)
  const expectImage = async (name: DatasetName, { columns, rows } = datasets[name]): Promise<void> => {
    const found = await read(
      name,
      columns.map((column) => column.name),
    )
    expect(found).toEqual(rows)
  }
  const complete = async (connector: string, counts: object): Promise<Run> => {
    const run = await sync(connector)
    expect(run).toMatchObject({ status: 'COMPLETED', failure: null, counts: { rejected: 0, superseded: 0, deleted: 0, ...counts } })
    return run
  }
  const completeFirst = async (name: DatasetName): Promise<string> => {
    const count = datasets[name].rows.length
    const connector = await connect(name, source().streamOf(name))
    await complete(connector, { read: count, inserted: count, updated: 0, unchanged: 0 })
    await expectImage(name)
    return connector
  }
  return {
    sync,
    connect,
    complete,
    completeFirst,
    expectImage,
    expectFailure: (run: Run, code: string, names?: string) => failureOn(platform(), run, code, names),
    trigger: (connector: string) => triggerSync(platform(), connector),
    ended: (run: string) => untilEnded(platform(), run),
    /** Resolves when rows have come, and more are to come. */
    untilReading: (id: string) => until(id, ({ status, counts }) => status === 'RUNNING' && counts.read > 0),
    untilLeft: () => source().untilLeft(platform().processes.worker.pid),
    cancel: (id: string) => platform().graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id }),
    retry: async (id: string): Promise<Run> => {
      const { retryJobRun } = await platform().graphql<{ retryJobRun: { id: string } }>(
        'mutation ($id: ID!) { retryJobRun(id: $id) { id } }',
        { id },
      )
      return untilEnded(platform(), retryJobRun.id)
    },
    proposalOf: async (id: string): Promise<Proposal | null> => {
      const { jobRun } = await platform().graphql<{ jobRun: { failure: { proposal: Proposal | null } } }>(
        'query ($id: ID!) { jobRun(id: $id) { failure { proposal { changes { kind column to } } } } }',
        { id },
      )
      return jobRun.failure.proposal
    },
    typesOf: (dataset: string) => destination().typesOf(`${kind}_${dataset}`),
    read,
    exists: (dataset: string) => destination().exists(`${kind}_${dataset}`),
  }
}

type Proposal = { changes: { kind: string; column: string; to: string | null }[] }

/** A failure that explains itself, also in the log, and tells no secrets. */
const failureOn = async (platform: Platform, run: Run, code: string, names = ''): Promise<void> => {
  expect(run).toMatchObject({ failure: { code, message: expect.stringContaining(names) } })
  expect(run.failure?.resolution).toMatch(/click Retry\.$|run Sync Now again\.$/)
  const log = await readLog(platform, run.id)
  expect(log.at(-1)?.text).toMatch(new RegExp(`FATAL: Job aborted with state ${run.status}\\.$`))
  expect(JSON.stringify([run, log])).not.toContain(wrongSecret)
}
