/** `npm run soak`: random faults under load for an hour, every invariant checked after each cycle of it. */

import { setTimeout as wait } from 'node:timers/promises'
import { apiKilled, type Disturbance, disturbances, disturbancesOfRedis } from './disturbances.ts'
import { durable } from './durable.ts'
import { checkInvariants } from './invariants.ts'
import { keepSyncing } from './load.ts'
import { chooseBackends, isCount, readOptions } from './options.ts'
import { createPlatforms } from './platforms.ts'
import { createRandom, type Random } from './random.ts'
import { describe, keepOutput } from './report.ts'
import { type Feed, openStage, type Stage, type StageParts } from './stage.ts'
import { takeVitals, type Vital } from './vitals.ts'
import { compareQuarters, isFlat, printChanges } from './vitals-over-time.ts'

const usage = `npm run soak -- [options]

  --minutes 60       how long
  --backend redis    this one, postgres or redis; redis by default
  --seed 1           repeats the faults and their moments of an earlier call; a new one by default
  --help             this text

Twenty-three connectors, three of them on a schedule, sync without a pause in cycles of two minutes, and every few seconds
something breaks. After each cycle all is well again, and every invariant is checked. Exit code 1 when one did not hold, or
when a process holds more at the end than at the beginning.`

const { values, refuse } = readOptions(usage, {
  minutes: { type: 'string', default: '60' },
  backend: { type: 'string', default: 'redis' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
})
const [minutes, seed, [backend = 'redis']] = [Number(values.minutes), Number(values.seed), chooseBackends(values.backend, refuse)]
if (!isCount(minutes)) refuse('--minutes takes a whole number from 1.')
if (!Number.isSafeInteger(seed)) refuse('--seed takes a whole number.')

const cycleMs = 100_000
const sizes = [100, 1_000, 5_000, 60_000]
const [triggeredFeeds, scheduledFeeds] = [20, 3]
/** After it nobody kills the API any more, so that it grows old enough to tell whether it leaks. */
const apiIsKilledUntil = 0.2

const addScheduled = async (stage: Stage): Promise<Feed[]> => {
  const feeds: Feed[] = []
  while (feeds.length < scheduledFeeds) feeds.push(await stage.addFeed({ rows: 1_000, schedule: { cron: '* * * * *' } }))
  return feeds
}

/** Their tables never change: whatever run of them committed, it committed this. */
const endSchedules = async (stage: Stage, scheduled: readonly Feed[]): Promise<void> => {
  const ids = scheduled.map(({ connector }) => connector)
  for (const id of ids)
    await stage.platform.graphql('mutation ($id: ID!) { updateConnector(id: $id, input: { enabled: false }) { id } }', { id })
  for (const run of (await stage.runsOf(ids)).toReversed()) {
    const feed = scheduled.find(({ connector }) => connector === run.connector.id)
    feed?.triggered.set(run.id, await stage.source.checksum(feed.table))
  }
}

const removeConnectors = async (stage: Stage): Promise<void> => {
  for (const { connector, table } of stage.feeds) {
    await stage.platform.graphql('mutation ($id: ID!) { deleteConnector(id: $id) }', { id: connector })
    await stage.database.query(`DROP TABLE IF EXISTS destination.${table}`)
  }
}

type Cycle = { vitals: Vital[]; made: string[]; statuses: string[] }

const soakOnce = async (parts: StageParts, random: Random, choice: readonly Disturbance[]): Promise<Cycle> => {
  const stage = await openStage(parts)
  for (let made = 0; made < triggeredFeeds; made += 1)
    await stage.addFeed({ rows: random.pick(sizes), ...(random() < 0.5 && { chunkRows: 1_000 }) })
  const triggered = stage.feeds.slice(1)
  const scheduled = await addScheduled(stage)
  const load = keepSyncing(stage, triggered)
  const made: string[] = []
  for (const end = performance.now() + cycleMs; performance.now() < end; await wait(random.between(500, 6_000))) {
    const { name, make } = random.pick(choice)
    made.push(name)
    await make({ stage, load, random })
  }
  await load.stop()
  await endSchedules(stage, scheduled)
  await checkInvariants(stage)
  const runs = await stage.runsOf(stage.feeds.map(({ connector }) => connector))
  await removeConnectors(stage)
  await Promise.all(stage.viewers.map((viewer) => viewer.close()))
  const vitals = await takeVitals(stage)
  await stage.close()
  return { vitals, made, statuses: runs.map(({ status, attempt }) => (attempt > 1 ? `${status} in a later attempt` : status)) }
}

const tally = (names: readonly string[]): string =>
  [...new Set(names)]
    .map((name) => ({ name, count: names.filter((each) => each === name).length }))
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count }) => `${name} ${count}`)
    .join(', ')

const platforms = await createPlatforms()
const cycles: Cycle[] = []
let held = true
try {
  console.log(`seed ${seed}`)
  const random = createRandom(seed)
  const parts = await platforms.give(backend, { workers: 2, schedulers: 2, ...durable })
  const always = backend === 'redis' ? [...disturbances, ...disturbancesOfRedis] : disturbances
  for (const start = performance.now(), length = minutes * 60_000; performance.now() - start < length; ) {
    const early = (performance.now() - start) / length < apiIsKilledUntil
    const cycle = await soakOnce(parts, random, early ? [...always, apiKilled] : always)
    cycles.push(cycle)
    const minute = ((performance.now() - start) / 60_000).toFixed(0)
    console.log(`minute ${minute}: every invariant held after ${cycle.statuses.length} runs, ${cycle.made.length} faults`)
    console.log(`  faults: ${tally(cycle.made)}\n  runs: ${tally(cycle.statuses)}`)
    console.log(`  ${cycle.vitals.map(({ name, held: has }) => `${name} ${Object.values(has).map(Math.round).join('/')}`).join(' · ')}`)
  }
  const changes = compareQuarters(cycles.map(({ vitals }) => vitals))
  const all = cycles.flatMap(({ statuses }) => statuses)
  console.log(`\n${all.length} runs through ${cycles.flatMap(({ made }) => made).length} faults, every invariant held after each cycle`)
  console.log(`faults: ${tally(cycles.flatMap(({ made }) => made))}\nruns: ${tally(all)}\n`)
  printChanges(changes)
  held = changes.every(isFlat)
} catch (error) {
  console.error(`FAILED\n${describe(error)}\nWhat the platform wrote: ${keepOutput(platforms)}`)
  held = false
} finally {
  await platforms.stop()
}
process.exit(held ? 0 : 1)
