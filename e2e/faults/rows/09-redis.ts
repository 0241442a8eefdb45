/** Row 9: what can befall Redis. */

import { setTimeout as wait } from 'node:timers/promises'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { askRedis } from '../redis.ts'
import { startReplica } from '../replica.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

type Part = Pick<Scenario, 'fault' | 'boundMs'> & {
  /** @returns what ends the fault, if it does not end by itself */
  make(stage: Stage): Promise<() => Promise<unknown>>
}

/** One run is under way and one waits in the queue when it happens; a third is asked for meanwhile. */
const scenario = ({ fault, boundMs, make }: Part): Scenario => ({
  row: 9,
  fault,
  boundMs,
  backends: ['redis'],
  platform: { env: { WORKER_CONCURRENCY: '1' } },
  run: async (stage) => {
    const [queued, meanwhile] = [await stage.addFeed({ rows: 100 }), await stage.addFeed({ rows: 100 })]
    const { id, release } = await catches.extract(stage)
    const waiting = await stage.trigger(queued)
    const heal = await make(stage)
    const asked = await stage.trigger(meanwhile)
    await heal()
    const healed = performance.now()
    await release()
    await expectCompleted(stage, id, 1)
    await expectCompleted(stage, waiting, 1)
    await expectCompleted(stage, asked, 1)
    return { recoveryMs: performance.now() - healed }
  },
})

/** The primary dies, and its replica is promoted while the platform works. */
const failover: Scenario = {
  row: 9,
  fault: 'Redis fails over to its replica',
  boundMs: 30_000,
  backends: ['redis'],
  platform: { env: { WORKER_CONCURRENCY: '1' } },
  run: async (stage) => {
    const [queued, meanwhile] = [await stage.addFeed({ rows: 100 }), await stage.addFeed({ rows: 100 })]
    const { id, release } = await catches.extract(stage)
    const waiting = await stage.trigger(queued)
    const replica = await startReplica(stage)
    try {
      await redisOf(stage).kill()
      const asked = await stage.trigger(meanwhile)
      await replica.promote()
      const promoted = performance.now()
      await release()
      for (const run of [id, waiting, asked]) await expectCompleted(stage, run, 1)
      return { recoveryMs: performance.now() - promoted }
    } finally {
      await redisOf(stage).restart()
      await replica.stop()
    }
  },
}

const redisOf = ({ platform: { redis } }: Stage) => {
  if (redis === undefined) throw new Error('This platform has no Redis.')
  return redis
}

/** A delivery counts as forgotten after 15 s, is looked for every 5 s, and sent within another 2 s. */
const resentMs = 30_000

export const redisFaults: Scenario[] = [
  scenario({
    fault: 'Redis restart, empty',
    boundMs: resentMs,
    make: async (stage) => {
      await redisOf(stage).kill()
      return redisOf(stage).restart
    },
  }),
  scenario({
    fault: 'Redis FLUSHALL',
    boundMs: resentMs,
    make: async (stage) => {
      await askRedis(redisOf(stage).port, 'FLUSHALL')
      return async () => {}
    },
  }),
  scenario({
    fault: 'Redis out of memory',
    boundMs: resentMs,
    make: async (stage) => {
      const { port } = redisOf(stage)
      await askRedis(port, 'CONFIG', 'SET', 'maxmemory', '1')
      return () => askRedis(port, 'CONFIG', 'SET', 'maxmemory', '0')
    },
  }),
  scenario({
    fault: 'Redis 30 s unreachable',
    boundMs: resentMs,
    make: async ({ platform: { proxies } }) => {
      expectThat(proxies.redis !== undefined, 'There is no proxy before Redis.')
      proxies.redis?.blackHole()
      return async () => {
        await wait(30_000)
        await proxies.redis?.heal()
      }
    },
  }),
  failover,
]
