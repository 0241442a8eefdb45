/** Row 18: the machine goes down under a run, and comes up again. */

import { catches } from '../caught.ts'
import { durable } from '../durable.ts'
import { untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

export const reboot: Scenario = {
  row: 18,
  fault: 'everything kill -9, and started again',
  boundMs: 30_000,
  platform: durable,
  run: async (stage) => {
    const { processes, postgres, redis } = stage.platform
    const { id, release } = await catches.extract(stage)
    await Promise.all([...Object.values(processes).map((each) => each.kill('SIGKILL')), postgres.kill(), redis?.kill()])
    const booted = performance.now()
    await release()
    await Promise.all([postgres.restart(), redis?.restart()])
    await Promise.all(Object.values(processes).map((each) => each.restart()))
    const recoveryMs = await untilNewAttempt(stage, id, booted)
    const run = await stage.ended(id)
    expectThat(run.status === 'COMPLETED', `The run ended ${run.status}: ${run.failure?.message}`)
    return { recoveryMs }
  },
}
