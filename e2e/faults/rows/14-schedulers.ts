/** Row 14: two schedulers at one tick, one of them killed at it; and a day without any. DST and CRON are unit tests. */

import { expectThat, type Scenario } from '../scenario.ts'
import type { Feed, Stage } from '../stage.ts'
import { until } from '../until.ts'
import { isFinal } from '../viewer.ts'

const connectors = 20
const nightly = { cron: '0 2 * * *' }

const letBeDue = ({ database }: Stage, feeds: Feed[], since: string): Promise<unknown> =>
  database.query(
    `UPDATE platform.schedules s SET next_at = now() - $2::interval FROM platform.connectors c WHERE c.id = s.connector_id AND c.name = ANY ($1)`,
    [feeds.map(({ table }) => table), since],
  )

const slotsOf = ({ database }: Stage, feeds: Feed[]): Promise<{ name: string; reason: string | null }[]> =>
  database.query(
    `SELECT c.name, s.reason FROM platform.schedule_slots s JOIN platform.connectors c ON c.id = s.connector_id WHERE c.name = ANY ($1)`,
    [feeds.map(({ table }) => table)],
  )

/** Waits for one ended run of each. */
const untilEachRan = async (stage: Stage, feeds: Feed[]): Promise<void> => {
  const ids = feeds.map(({ connector }) => connector)
  const runs = await until('One ended run of each connector', async () => {
    const found = await stage.runsOf(ids)
    return found.length >= feeds.length && found.every(isFinal) ? found : undefined
  })
  for (const feed of feeds) {
    const own = runs.filter(({ connector }) => connector.id === feed.connector)
    expectThat(own.length === 1, `A connector with one slot has ${own.length} runs`)
    for (const { id } of own) feed.triggered.set(id, await stage.source.checksum(feed.table))
  }
}

const addFeeds = async (stage: Stage, count: number, missedRuns: 'RUN_ONCE' | 'SKIP'): Promise<Feed[]> => {
  const feeds: Feed[] = []
  while (feeds.length < count) feeds.push(await stage.addFeed({ rows: 10, schedule: { ...nightly, missedRuns } }))
  return feeds
}

const killedAtTick: Scenario = {
  row: 14,
  fault: 'one of two schedulers kill -9 at the tick',
  boundMs: 45_000,
  platform: { schedulers: 2 },
  run: async (stage) => {
    const { scheduler } = stage.platform.processes
    const feeds = await addFeeds(stage, connectors, 'RUN_ONCE')
    const due = performance.now()
    await letBeDue(stage, feeds, '0')
    await until('The first slot', async () => ((await slotsOf(stage, feeds)).length > 0 ? true : undefined))
    await scheduler.kill('SIGKILL')
    await untilEachRan(stage, feeds)
    const recoveryMs = performance.now() - due
    const slots = await slotsOf(stage, feeds)
    expectThat(slots.length === connectors, `${slots.length} slots for ${connectors} connectors`)
    await scheduler.restart()
    return { recoveryMs }
  },
}

const dayOfDowntime: Scenario = {
  row: 14,
  fault: 'a day without a scheduler',
  boundMs: 15_000,
  run: async (stage) => {
    const { scheduler } = stage.platform.processes
    const [runOnce, skip] = [await addFeeds(stage, 1, 'RUN_ONCE'), await addFeeds(stage, 1, 'SKIP')]
    await scheduler.kill('SIGKILL')
    await letBeDue(stage, [...runOnce, ...skip], '1 day')
    const back = performance.now()
    await scheduler.restart()
    await until('Both slots', async () => ((await slotsOf(stage, [...runOnce, ...skip])).length === 2 ? true : undefined))
    await untilEachRan(stage, runOnce)
    const skipped = await stage.runsOf(skip.map(({ connector }) => connector))
    expectThat(skipped.length === 0, `${skipped.length} runs were made of a slot that was to be skipped`)
    return { recoveryMs: performance.now() - back }
  },
}

export const schedulers: Scenario[] = [killedAtTick, dayOfDowntime]
