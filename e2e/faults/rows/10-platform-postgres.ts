/** Row 10: what can befall the platform's Postgres, which is also the destination. */

import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { catches } from '../caught.ts'
import { durable } from '../durable.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

type Part = Pick<Scenario, 'fault' | 'boundMs' | 'platform'> & {
  /** @returns what ends the fault, if it does not end by itself */
  make(stage: Stage): Promise<() => Promise<unknown>>
}

/** One run is under way and one waits in the queue when it happens: both complete, in whatever attempt. */
const scenario = ({ fault, boundMs, platform, make }: Part): Scenario => ({
  row: 10,
  fault,
  boundMs,
  platform: { ...platform, env: { WORKER_CONCURRENCY: '1' } },
  run: async (stage) => {
    const queued = await stage.addFeed({ rows: 100 })
    const { id, release } = await catches.extract(stage)
    const waiting = await stage.trigger(queued)
    const heal = await make(stage)
    await heal()
    const healed = performance.now()
    await release()
    for (const run of [await stage.ended(id), await stage.ended(waiting)]) {
      expectThat(run.status === 'COMPLETED', `Run #${run.number} ended ${run.status}: ${run.failure?.message}`)
    }
    return { recoveryMs: performance.now() - healed }
  },
})

/** A lease may run out, a new attempt waits up to five seconds, and its delivery may have been lost. */
const healedMs = 45_000

const unreachableMs = 30_000

const takeAllConnections = async ({ platform }: Stage): Promise<() => Promise<unknown>> => {
  const taken: pg.Client[] = []
  await until('The last connection', async () => {
    const client = new pg.Client({ connectionString: platform.databaseUrl })
    client.on('error', () => {})
    const refused = await client.connect().then(
      () => undefined,
      (error: { code?: string }) => error.code,
    )
    if (refused === undefined) taken.push(client)
    return refused === '53300' ? true : undefined
  })
  return async () => {
    await wait(unreachableMs)
    await Promise.all(taken.map((client) => client.end()))
  }
}

export const platformPostgres: Scenario[] = [
  scenario({
    fault: 'Postgres restart',
    boundMs: healedMs,
    make: async ({ platform }) => {
      await platform.postgres.restart()
      return async () => {}
    },
  }),
  scenario({
    fault: 'Postgres kill -9, restart',
    boundMs: healedMs,
    platform: durable,
    make: async ({ platform }) => {
      await platform.postgres.kill()
      return platform.postgres.restart
    },
  }),
  scenario({
    fault: `Postgres ${unreachableMs / 1_000} s unreachable`,
    boundMs: healedMs,
    make: async ({ platform: { proxies } }) => {
      expectThat(proxies.postgres !== undefined, 'There is no proxy before Postgres.')
      proxies.postgres?.blackHole()
      return async () => {
        await wait(unreachableMs)
        await proxies.postgres?.heal()
      }
    },
  }),
  scenario({
    fault: 'Postgres connections used up',
    boundMs: healedMs,
    platform: { postgresSettings: { max_connections: '60' } },
    make: takeAllConnections,
  }),
]
