/** Row 3: SIGTERM of the worker, as in a deployment. */

import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import type { Scenario } from '../scenario.ts'
import { withoutSpareWorker } from '../spare-worker.ts'
import { until } from '../until.ts'

/** What the supervisor gives a worker before it kills it. */
const graceMs = 30_000

const drains: Scenario = {
  row: 3,
  fault: 'worker SIGTERM, the run can end',
  boundMs: graceMs,
  platform: { workers: 2 },
  run: async (stage) => {
    const startSpare = await withoutSpareWorker(stage)
    const { worker } = stage.platform.processes
    const { id, release } = await catches.extract(stage)
    const told = performance.now()
    const ended = worker.kill('SIGTERM')
    await until('The stop of the worker', async () => (worker.output().includes('"stopping"') ? true : undefined))
    await release()
    await ended
    const recoveryMs = performance.now() - told
    await expectCompleted(stage, id, 1)
    await Promise.all([startSpare(), worker.restart()])
    return { recoveryMs }
  },
}

const handsOver: Scenario = {
  row: 3,
  fault: 'worker SIGTERM, the run cannot end',
  boundMs: graceMs,
  platform: { workers: 2 },
  run: async (stage) => {
    const startSpare = await withoutSpareWorker(stage)
    const { worker } = stage.platform.processes
    const { id, release } = await catches.extract(stage)
    const told = performance.now()
    await Promise.all([worker.kill('SIGTERM'), startSpare()])
    const recoveryMs = performance.now() - told
    await release()
    await expectCompleted(stage, id, 2)
    await worker.restart()
    return { recoveryMs }
  },
}

export const workerStopped: Scenario[] = [drains, handsOver]
