/** Row 22: a worker that dies between the destination's commit and the status of its run. */

import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted, untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

export const statusNotWritten: Scenario = {
  row: 22,
  fault: 'worker kill -9 while the server commits',
  boundMs: 15_000,
  run: async (stage) => {
    const { worker } = stage.platform.processes
    const { id, release } = await catches.committing(stage)
    const killed = performance.now()
    await worker.kill('SIGKILL')
    // Nobody is left to hear of it: the server commits.
    await release()
    await worker.restart()
    const recoveryMs = await untilNewAttempt(stage, id, killed)
    const { counts } = await expectCompleted(stage, id, 2)
    expectThat(
      (await logOf(stage, id)).some(({ text }) => text.includes('was committed by attempt 1 already')),
      'The second attempt did not find the commit of the first',
    )
    expectThat(counts.updated > 0 && counts.inserted === 1 && counts.deleted === 1, `The counts are ${JSON.stringify(counts)}`)
    return { recoveryMs }
  },
}
