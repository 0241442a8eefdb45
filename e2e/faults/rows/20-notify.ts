/** Row 20: on the Postgres backend, the sessions that listen for deliveries and events are lost, or hear nothing. */

import { expectThat, type Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const listening = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`

const listenCut: Scenario = {
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

/** Their server processes stand still: what they are notified of does not arrive. */
const notifySwallowed: Scenario = {
  row: 20,
  fault: 'NOTIFY swallowed, while an attempt is delayed',
  boundMs: 10_000,
  backends: ['postgres'],
  run: async (stage) => {
    const [delayed, other] = [await stage.addFeed({ rows: 100 }), await stage.addFeed({ rows: 100 })]
    await stage.way.refuse()
    const waiting = await stage.trigger(delayed)
    await until('The delay of the next attempt', async () => {
      const { status, attempt } = await stage.run(waiting)
      return status === 'PENDING' && attempt > 1 ? true : undefined
    })
    await stage.way.heal()
    const sessions = await stage.database.query<{ pid: number }>(`SELECT pid ${listening}`)
    expectThat(sessions.length > 0, 'No session listens')
    const signal = (name: NodeJS.Signals) => sessions.forEach(({ pid }) => process.kill(pid, name))
    signal('SIGSTOP')
    try {
      const asked = performance.now()
      const id = await stage.trigger(other)
      await until('The pickup of the run', async () => ((await stage.run(id)).status === 'PENDING' ? undefined : true))
      const recoveryMs = performance.now() - asked
      await stage.ended(id)
      const late = await stage.ended(waiting)
      expectThat(late.status === 'COMPLETED', `The delayed run ended ${late.status}: ${late.failure?.message}`)
      return { recoveryMs }
    } finally {
      signal('SIGCONT')
    }
  },
}

export const notifyFaults: Scenario[] = [listenCut, notifySwallowed]
