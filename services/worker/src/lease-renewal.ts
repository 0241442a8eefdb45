/** Renews the leases of all runs that a worker holds, in one statement, and says which were lost. */

import type { Logger } from '@aiia/kit/logger'
import { type Held, renewalQuery } from '@aiia/store/claim-run'
import pg from 'pg'

/** A worker that was silent for this long has lost its runs. */
export const leaseMs = 10_000
const renewEveryMs = 2_500
/** A database that does not answer within it is asked again on a new connection. */
const answerWithinMs = 2_000

/**
 * How long the worker may be busy with something else than its event loop. Longer, and nobody records what its runs do
 * or could cancel them: then others shall take them.
 */
const silentMs = 120_000

export type LeaseRenewal = {
  keep(held: Held): void
  release(held: Held): void
  /** Whoever works on the runs is alive. */
  alive(): void
  close(): Promise<void>
}

/** @param lost is called once for a run that another attempt or a cancel has taken */
export const startLeaseRenewal = (databaseUrl: string, { log, lost }: { log: Logger; lost(held: Held): void }): LeaseRenewal => {
  const kept = new Map<string, Held>()
  let heardAt = performance.now()
  let connection: pg.Client | undefined

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'AIIA Data Refresh leases',
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const disconnect = async (): Promise<void> => {
    const client = connection
    connection = undefined
    await client?.end().catch(() => {})
  }
  const renew = async (): Promise<void> => {
    const asked = [...kept.values()]
    connection ??= await connect()
    const { rows } = await connection.query<{ id: string }>(renewalQuery(asked, leaseMs))
    const still = new Set(rows.map(({ id }) => id))
    for (const held of asked) {
      // What was released, or claimed anew, meanwhile is not lost.
      if (still.has(held.runId) || kept.get(held.runId) !== held) continue
      kept.delete(held.runId)
      lost(held)
    }
  }
  let renewing = false
  let silent = false
  const turn = async (): Promise<void> => {
    const wasSilent = silent
    silent = performance.now() - heardAt > silentMs
    if (silent && !wasSilent) log.error({ silentMs }, 'the worker does not react, its leases are not renewed')
    if (renewing || silent || kept.size === 0) return
    renewing = true
    try {
      await renew()
    } catch (error) {
      // A database that is away cannot take the run from us either: the commit asks it again.
      log.warn({ err: error }, 'leases not renewed, will try again')
      void disconnect()
    } finally {
      renewing = false
    }
  }
  const timer = setInterval(() => void turn(), renewEveryMs)
  return {
    keep: (held) => void kept.set(held.runId, held),
    release: ({ runId, fence }) => void (kept.get(runId)?.fence === fence && kept.delete(runId)),
    alive: () => {
      heardAt = performance.now()
    },
    close: async () => {
      clearInterval(timer)
      await disconnect()
    },
  }
}
