/** Row 20: on the Postgres backend, the sessions that listen for deliveries and events are lost. */

import { expectThat, type Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const listening = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`

export const listenCut: Scenario = {
  row: 20,
  fault: 'LISTEN cut, while runs are asked for',
  boundMs: 10_000,
  backends: ['postgres'],
  run: async (stage) => {
    const feeds = await Promise.all(Array.from({ length: 5 }, () => stage.addFeed({ rows: 100 })))
    let slowestMs = 0
    for (const feed of feeds) {
      const cut = await stage.database.query(`SELECT pg_terminate_backend(pid) ${listening}`)
      expectThat(cut.length > 0, 'No session listens')
      const asked = performance.now()
      const id = await stage.trigger(feed)
      await until('The pickup of the run', async () => ((await stage.run(id)).status === 'PENDING' ? undefined : true))
      slowestMs = Math.max(slowestMs, performance.now() - asked)
      await stage.ended(id)
    }
    return { recoveryMs: slowestMs }
  },
}
