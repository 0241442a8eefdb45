/** Row 21: a Redis that may evict keys, and one that is behind. */

import { startPlatform } from '@aiia/testkit/platform'
import { startRedis } from '@aiia/testkit/redis'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { askRedis } from '../redis.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import { until } from '../until.ts'

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
    const { redis, proxies } = stage.platform
    if (redis === undefined || proxies.redis === undefined) throw new Error('This platform has no Redis.')
    const [queued, meanwhile] = [await stage.addFeed({ rows: 100 }), await stage.addFeed({ rows: 100 })]
    const replica = await startRedis()
    try {
      const { id, release } = await catches.extract(stage)
      const waiting = await stage.trigger(queued)
      await askRedis(replica.port, 'REPLICAOF', '127.0.0.1', String(redis.port))
      await until('The copy of Redis', async () =>
        (await askRedis(replica.port, 'INFO', 'replication')).includes('master_link_status:up') ? true : undefined,
      )
      await askRedis(replica.port, 'REPLICAOF', 'NO', 'ONE')
      await release()
      await expectCompleted(stage, id, 1)
      await expectCompleted(stage, waiting, 1)
      proxies.redis.leadTo(replica.port)
      proxies.redis.cut()
      const promoted = performance.now()
      await expectCompleted(stage, await stage.trigger(meanwhile), 1)
      const recoveryMs = performance.now() - promoted
      for (const connector of [stage.feed.connector, queued.connector]) {
        const runs = await stage.runsOf([connector])
        expectThat(runs.length === (connector === stage.feed.connector ? 2 : 1), `${runs.length} runs of a connector`)
      }
      return { recoveryMs }
    } finally {
      proxies.redis.leadTo(redis.port)
      proxies.redis.cut()
      await replica.stop()
    }
  },
}

export const unfitRedis: Scenario[] = [evicting, stale]
