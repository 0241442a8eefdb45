/** Row 1: kill -9 of the worker at each step of a run. */

import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted, untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

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

export const workerKilled: Scenario[] = [
  killedIn('connect'),
  killedIn('extract'),
  killedIn('stage'),
  killedIn('match'),
  killedIn('commit'),
  killedIn('after commit'),
]
