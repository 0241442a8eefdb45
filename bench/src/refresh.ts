/** One sync of `line_items` through the whole platform: API, queue, worker, engine, live updates. */

import type { Platform } from '@aiia/testkit/platform'
import { type MemoryWatch, watchMemory } from './process-memory.ts'

type Counts = { read: number; inserted: number; updated: number; unchanged: number; deleted: number }

export type Refresh = { seconds: number; counts: Counts; updatesSeen: number; memory: ReturnType<MemoryWatch['end']> }

/** @returns the id of a connector that fills the table `destinationTable` */
export const createConnector = async (platform: Platform, sourceUrl: string, destinationTable: string): Promise<string> => {
  const source = new URL(sourceUrl)
  const { createConnector: connector } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    {
      input: {
        name: destinationTable,
        kind: 'postgres',
        settings: {
          host: source.hostname,
          port: Number(source.port),
          database: source.pathname.slice(1),
          user: source.username,
          tls: 'disable',
        },
        credentials: { password: decodeURIComponent(source.password) },
        streams: [{ name: destinationTable, source: { table: 'public.line_items' } }],
        limits: { maxAttempts: 1 },
      },
    },
  )
  return connector.id
}

/** @throws when the run does not complete */
export const refresh = async (platform: Platform, connectorId: string): Promise<Refresh> => {
  const memory = watchMemory(platform.processes.worker.pid)
  const { triggerSync } = await platform.graphql<{ triggerSync: { id: string } }>(
    'mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }',
    {
      id: connectorId,
    },
  )
  let updatesSeen = 0
  type Run = { status: string; durationMs: number; counts: Counts; failure: { message: string } | null }
  const events = platform.subscribe<{ jobRunUpdated: Run }>(
    'subscription ($id: ID!) { jobRunUpdated(id: $id) { status durationMs counts { read inserted updated unchanged deleted } failure { message } } }',
    { id: triggerSync.id },
  )
  for await (const { jobRunUpdated: run } of events) {
    updatesSeen += 1
    if (run.status === 'PENDING' || run.status === 'RUNNING') continue
    if (run.status !== 'COMPLETED') throw new Error(`The run ended ${run.status}: ${run.failure?.message}`)
    return { seconds: run.durationMs / 1_000, counts: run.counts, updatesSeen, memory: memory.end() }
  }
  throw new Error('The subscription ended before the run.')
}
