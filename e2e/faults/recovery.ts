/** How long the platform took to be well again. */

import { expectThat } from './scenario.ts'
import type { SeenRun, Stage } from './stage.ts'
import { until } from './until.ts'

/** @returns milliseconds until the run has a new attempt, or has ended without one */
export const untilNewAttempt = async (stage: Stage, id: string, since: number, attempt = 2): Promise<number> => {
  await until(`Attempt ${attempt} of the run, or its end as WORKER_LOST,`, async () => {
    const run = await stage.run(id)
    return run.attempt >= attempt || run.failure?.code === 'WORKER_LOST' ? true : undefined
  })
  return performance.now() - since
}

/** @throws unless the run completes, in this attempt */
export const expectCompleted = async (stage: Stage, id: string, attempt: number): Promise<SeenRun> => {
  const run = await stage.ended(id)
  expectThat(
    run.status === 'COMPLETED' && run.attempt === attempt,
    `Run #${run.number} ended ${run.status} in attempt ${run.attempt}: ${run.failure?.message}`,
  )
  return run
}
