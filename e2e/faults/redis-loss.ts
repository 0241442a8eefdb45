/** `npm run test:redis-loss`: Redis loses everything again and again while connectors sync in a loop. */

import { setTimeout as wait } from 'node:timers/promises'
import { checkInvariants } from './invariants.ts'
import { keepSyncing } from './load.ts'
import { isCount, readOptions } from './options.ts'
import { createPlatforms } from './platforms.ts'
import { createRandom } from './random.ts'
import { askRedis } from './redis.ts'
import { describe, keepOutput, seconds } from './report.ts'
import { expectThat } from './scenario.ts'
import { openStage } from './stage.ts'
import { until } from './until.ts'

const usage = `npm run test:redis-loss -- [options]

  --times 20         how often Redis is flushed, killed and started empty
  --connectors 50    that sync in a loop meanwhile
  --seed 1           repeats the moments of an earlier call; a new one by default
  --help             this text

Every run that was asked for must complete, and none may be doubled. Exit code 1 otherwise.`

const { values, refuse } = readOptions(usage, {
  times: { type: 'string', default: '20' },
  connectors: { type: 'string', default: '50' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
})
const [times, connectors, seed] = [Number(values.times), Number(values.connectors), Number(values.seed)]
if (!isCount(times)) refuse('--times takes a whole number from 1.')
if (!isCount(connectors)) refuse('--connectors takes a whole number from 1.')
if (!Number.isSafeInteger(seed)) refuse('--seed takes a whole number.')

/** What is forgotten is found within 20 s, behind it the queue of all connectors. */
const goesOnWithinMs = 90_000

const platforms = await createPlatforms()
let code = 0
try {
  console.log(`seed ${seed}`)
  const random = createRandom(seed)
  const stage = await openStage(await platforms.give('redis', { workers: 2, env: { WORKER_CONCURRENCY: '4' } }))
  const { redis } = stage.platform
  if (redis === undefined) throw new Error('This platform has no Redis.')
  for (let made = 0; made < connectors; made += 1) await stage.addFeed({ rows: 500 })
  const ended = async (): Promise<number> => {
    const [row] = await stage.database.query<{ ended: string }>(
      `SELECT count(*) AS ended FROM platform.job_runs WHERE status NOT IN ('PENDING', 'RUNNING')`,
    )
    return Number(row?.ended)
  }
  const load = keepSyncing(stage, stage.feeds.slice(1))
  let slowestMs = 0
  for (let time = 1; time <= times; time += 1) {
    await wait(random.between(500, 6_000))
    await askRedis(redis.port, 'FLUSHALL')
    await redis.kill()
    await wait(random.between(0, 3_000))
    await redis.restart()
    const [before, since] = [await ended(), performance.now()]
    await until(
      'The end of as many runs as there are connectors',
      async () => ((await ended()) >= before + connectors ? true : undefined),
      goesOnWithinMs,
    )
    const tookMs = performance.now() - since
    slowestMs = Math.max(slowestMs, tookMs)
    console.log(`loss ${time}: the next ${connectors} runs ended within ${seconds(tookMs)} s`)
  }
  const asked = await load.stop()
  const runs = await stage.runsOf(stage.feeds.slice(1).map(({ connector }) => connector))
  const other = runs.find(({ status, attempt }) => status !== 'COMPLETED' || attempt !== 1)
  expectThat(
    other === undefined,
    () => `Run #${other?.number} ended ${other?.status} in attempt ${other?.attempt}: ${other?.failure?.message}`,
  )
  expectThat(runs.length === asked, `${asked} runs were asked for, and there are ${runs.length}`)
  await checkInvariants(stage)
  await stage.close()
  console.log(`${times} losses, ${connectors} connectors, ${runs.length} runs, all completed in their first attempt, none doubled`)
  console.log(`slowest after a loss: ${seconds(slowestMs)} s until as many runs as connectors had ended`)
} catch (error) {
  console.error(`FAILED\n${describe(error)}\nWhat the platform wrote: ${keepOutput(platforms)}`)
  code = 1
} finally {
  await platforms.stop()
}
process.exit(code)
