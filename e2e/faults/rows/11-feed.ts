/** Row 11: events of the feed that are dropped, doubled and out of order. */

import { setTimeout as wait } from 'node:timers/promises'
import { expectCompleted } from '../recovery.ts'
import { askRedis } from '../redis.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { within } from '../until.ts'
import { isFinal } from '../viewer.ts'

/** The id of the store in a global one. */
const localId = (id: string): string => Buffer.from(id, 'base64').toString().split(':')[1] ?? ''

const publish = async ({ platform, database }: Stage, event: object): Promise<unknown> =>
  platform.redis
    ? askRedis(platform.redis.port, 'PUBLISH', 'job-run', JSON.stringify(event))
    : database.query('SELECT pg_notify($1, $2)', ['aiia_feed_job-run', JSON.stringify(event)])

const dropListeners = async ({ platform, database }: Stage): Promise<unknown> =>
  platform.redis
    ? askRedis(platform.redis.port, 'CLIENT', 'KILL', 'TYPE', 'pubsub')
    : database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN "aiia_feed%'`,
      )

export const feedFaults: Scenario = {
  row: 11,
  fault: 'events dropped, doubled and out of order',
  boundMs: 10_000,
  run: async (stage) => {
    await stage.fill()
    stage.way.delay(50)
    const id = await stage.trigger()
    const event = { id: localId(id), connectorId: localId(stage.feed.connector) }
    let told = 0
    for (let turn = 0; ; turn += 1) {
      const run = await stage.run(id)
      if (isFinal(run)) break
      // What was said before, and what nobody has said yet.
      for (const behind of [3, 0, 5, 0, -2]) {
        await publish(stage, { ...event, revision: Math.max(1, run.revision - behind), lastLogSeq: Math.max(0, run.lastLogSeq - behind) })
        told += 1
      }
      if (turn % 10 === 5) await dropListeners(stage)
      await wait(20)
    }
    const ended = performance.now()
    expectThat(told > 50, `The run ended after ${told} forged events`)
    await expectCompleted(stage, id, 1)
    const viewers = stage.viewers.filter(({ runId }) => runId === id)
    await within('The end of the run for its viewers', Promise.all(viewers.map(({ done }) => done)), 60_000)
    return { recoveryMs: performance.now() - ended }
  },
}
