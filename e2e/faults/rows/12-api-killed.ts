/** Row 12: kill -9 of the API under many viewers, who come back. */

import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import type { Scenario } from '../scenario.ts'
import { until, within } from '../until.ts'

const subscribers = 500

export const apiKilled: Scenario = {
  row: 12,
  fault: `API kill -9, ${subscribers} subscribers`,
  boundMs: 30_000,
  run: async (stage) => {
    const { api } = stage.platform.processes
    const { id, release } = await catches.extract(stage)
    // Each viewer has two subscriptions: the run's state and its log.
    const viewers = Array.from({ length: subscribers / 2 }, () => stage.watch(id))
    await until('The first picture of every viewer', async () => (viewers.every(({ states }) => states.length > 0) ? true : undefined))
    const killed = performance.now()
    await api.kill('SIGKILL')
    await release()
    await api.restart()
    await expectCompleted(stage, id, 1)
    await within('The end of the run for every viewer', Promise.all(viewers.map(({ done }) => done)), 60_000)
    return { recoveryMs: performance.now() - killed }
  },
}
