/** Row 2: a worker that is stopped for longer than its lease, and comes back as a zombie. */

import { setTimeout as wait } from 'node:timers/promises'
import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted, untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import { withoutSpareWorker } from '../spare-worker.ts'
import { until } from '../until.ts'

const frozenIn = (place: 'extract' | 'match' | 'commit', frozenMs: number): Scenario => ({
  row: 2,
  fault: `worker SIGSTOP ${frozenMs / 1_000} s, ${place}`,
  boundMs: 15_000,
  platform: { workers: 2 },
  run: async (stage) => {
    const startSpare = await withoutSpareWorker(stage)
    const { worker } = stage.platform.processes
    const { id, release } = await catches[place](stage)
    const told = worker.output().length
    const frozen = performance.now()
    await worker.kill('SIGSTOP')
    await startSpare()
    try {
      await release()
      const recoveryMs = await untilNewAttempt(stage, id, frozen)
      await wait(frozen + frozenMs - performance.now())
      await worker.kill('SIGCONT')
      await until('The end of the zombie’s attempt', async () => (worker.output().slice(told).includes('attempt ended') ? true : undefined))
      await expectCompleted(stage, id, 2)
      const ends = (await logOf(stage, id)).filter(({ text }) => text.includes('Job completed.')).length
      expectThat(ends === 1, `The run completed ${ends} times`)
      return { recoveryMs }
    } finally {
      await worker.kill('SIGCONT')
    }
  },
})

/** A lease is 10 s long: after 20 s the run is somebody else's, and ended. */
export const workerFrozen: Scenario[] = [frozenIn('extract', 60_000), frozenIn('match', 20_000), frozenIn('commit', 20_000)]
