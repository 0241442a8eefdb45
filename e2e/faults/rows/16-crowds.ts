/** Row 16: many triggers of one connector, many connectors at one time. */

import { ApiError } from '@aiia/stack/platform/graphql'
import { triggerSync } from '../../platform/source.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const triggers = 1_000

const triggeredAtOnce: Scenario = {
  row: 16,
  fault: `${triggers} triggers of one connector at once`,
  boundMs: 60_000,
  run: async (stage) => {
    const { connector, table, triggered } = stage.feed
    const release = await stage.source.hold(table)
    const asked = performance.now()
    const answers = await Promise.all(
      Array.from({ length: triggers }, () =>
        triggerSync(stage.platform, connector).catch((error: unknown) => (error instanceof ApiError ? error : Promise.reject(error))),
      ),
    )
    const recoveryMs = performance.now() - asked
    const started = answers.filter((answer) => typeof answer === 'string')
    expectThat(started.length === 1, `${started.length} runs were started`)
    const other = answers.find((answer) => answer instanceof ApiError && answer.errors[0]?.extensions?.code !== 'CONFLICT')
    expectThat(other === undefined, `A trigger was refused with ${String(other)}`)
    await release()
    for (const id of started) triggered.set(id, await stage.source.checksum(table))
    return { recoveryMs }
  },
}

/** Of the table's 1,000: each of them is a process of minutes on two cores, and proves no more. */
const connectors = 100

const dueAtOnce: Scenario = {
  row: 16,
  fault: `${connectors} connectors due at the same minute`,
  boundMs: 180_000,
  run: async (stage) => {
    const feeds = []
    for (let made = 0; made < connectors; made += 1) feeds.push(await stage.addFeed({ rows: 10, schedule: { cron: '0 2 * * *' } }))
    const ids = feeds.map(({ connector }) => connector)
    const due = performance.now()
    // The time has come: what a clock would do at two.
    await stage.database.query(
      `UPDATE platform.schedules s SET next_at = now() FROM platform.connectors c WHERE c.id = s.connector_id AND c.name = ANY ($1)`,
      [feeds.map(({ table }) => table)],
    )
    const runs = await until(
      'The runs of all connectors',
      async () => {
        const found = await stage.runsOf(ids)
        return found.length >= connectors && found.every(({ status }) => status !== 'PENDING' && status !== 'RUNNING') ? found : undefined
      },
      180_000,
    )
    const recoveryMs = performance.now() - due
    expectThat(new Set(runs.map(({ connector }) => connector.id)).size === runs.length, `${runs.length} runs for ${connectors} connectors`)
    for (const { id, connector } of runs) {
      const feed = feeds.find((each) => each.connector === connector.id)
      if (feed) feed.triggered.set(id, await stage.source.checksum(feed.table))
    }
    return { recoveryMs }
  },
}

export const crowds: Scenario[] = [triggeredAtOnce, dueAtOnce]
