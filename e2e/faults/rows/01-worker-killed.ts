/** Row 1: kill -9 of the worker at each step of a run. */

import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted, untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const killedIn = (place: Exclude<keyof typeof catches, 'committing'>): Scenario => ({
  row: 1,
  fault: `worker kill -9, ${place}`,
  boundMs: 15_000,
  run: async (stage) => {
    const { id, release } = await catches[place](stage)
    const killed = performance.now()
    const { worker } = stage.platform.processes
    await worker.kill('SIGKILL')
    await release()
    await worker.restart()
    const recoveryMs = await untilNewAttempt(stage, id, killed)
    await expectCompleted(stage, id, 2)
    const again = (await logOf(stage, id)).some(({ text }) => text.includes('was committed by attempt 1 already'))
    expectThat(again === (place === 'after commit'), 'The second attempt did what the first one had committed, or left out what it had not')
    return { recoveryMs }
  },
})

/** More chunks than are read before the source stalls. */
const chunkRows = 5_000
const stallAfterBytes = 4_000_000

const killedBetweenChunks: Scenario = {
  row: 1,
  fault: 'worker kill -9, behind some chunks',
  boundMs: 15_000,
  run: async (stage) => {
    const feed = await stage.addFeed({ chunkRows })
    stage.way.blackHoleAfter(stallAfterBytes)
    const id = await stage.trigger(feed)
    await until('The first chunk', async () => ((await stage.run(id)).counts.read > chunkRows ? true : undefined))
    const killed = performance.now()
    const { worker } = stage.platform.processes
    await worker.kill('SIGKILL')
    await stage.way.heal()
    await worker.restart()
    const recoveryMs = await untilNewAttempt(stage, id, killed)
    await expectCompleted(stage, id, 2)
    const resumed = (await logOf(stage, id)).some(({ text }) => text.includes('goes on behind chunk'))
    expectThat(resumed, 'The second attempt began from the first row')
    return { recoveryMs }
  },
}

export const workerKilled: Scenario[] = [
  killedIn('connect'),
  killedIn('extract'),
  killedBetweenChunks,
  killedIn('stage'),
  killedIn('match'),
  killedIn('commit'),
  killedIn('after commit'),
]
