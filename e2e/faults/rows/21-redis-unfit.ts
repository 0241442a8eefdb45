/** Row 21: a Redis that may evict keys, and one that is behind. */

import { startPlatform } from '@aiia/testkit/platform'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { startReplica } from '../replica.ts'
import { expectThat, type Scenario } from '../scenario.ts'

const evicting: Scenario = {
  row: 21,
  fault: 'Redis evicts keys',
  boundMs: 30_000,
  backends: ['redis'],
  run: async () => {
    const asked = performance.now()
    const told = await startPlatform({ backend: 'redis', redisSettings: { 'maxmemory-policy': 'allkeys-lru' } }).then(
      async (platform) => platform.stop().then(() => 'It started.'),
      String,
    )
    expectThat(told.includes('redis-cli config set maxmemory-policy noeviction'), `The start said: ${told}`)
    return { recoveryMs: performance.now() - asked }
  },
}

/** A replica falls behind with a delivery that was handled since, and is then promoted. */
const stale: Scenario = {
  row: 21,
  fault: 'stale replica of Redis promoted',
  boundMs: 30_000,
  backends: ['redis'],
  platform: { env: { WORKER_CONCURRENCY: '1' } },
  run: async (stage) => {
    const [queued, meanwhile] = [await stage.addFeed({ rows: 100 }), await stage.addFeed({ rows: 100 })]
    const { id, release } = await catches.extract(stage)
    const waiting = await stage.trigger(queued)
    const replica = await startReplica(stage)
    try {
      await replica.part()
      await release()
      await expectCompleted(stage, id, 1)
      await expectCompleted(stage, waiting, 1)
      await replica.promote()
      const promoted = performance.now()
      await expectCompleted(stage, await stage.trigger(meanwhile), 1)
      const recoveryMs = performance.now() - promoted
      for (const connector of [stage.feed.connector, queued.connector]) {
        const runs = await stage.runsOf([connector])
        expectThat(runs.length === (connector === stage.feed.connector ? 2 : 1), `${runs.length} runs of a connector`)
      }
      return { recoveryMs }
    } finally {
      await replica.stop()
    }
  },
}

export const unfitRedis: Scenario[] = [evicting, stale]
