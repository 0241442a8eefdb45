/** Row 5: a run that outgrows its memory limit, beside one that does not. */

import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

/** Rows pass through a run as they come, so it takes an answer that has to be held as a whole: an error of 200 MB. */
const hugeError = `CREATE FUNCTION huge_error() RETURNS int LANGUAGE plpgsql SET log_min_messages = panic AS
  $$ BEGIN RAISE EXCEPTION USING message = repeat('ä', 100000000); END $$`

export const outOfMemory: Scenario = {
  row: 5,
  fault: 'a run outgrows its memory',
  boundMs: 30_000,
  run: async (stage) => {
    await stage.source.query(hugeError)
    const { id, release } = await catches.extract(stage)
    const huge = await stage.addFeed({ stream: { sql: 'SELECT huge_error() AS id' }, limits: { memoryMb: 64 } })
    const { pid } = stage.platform.processes.worker
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger(huge))
    const recoveryMs = performance.now() - asked
    expectThat(
      run.status === 'FAILED' && run.failure?.code === 'OUT_OF_MEMORY',
      `The run ended ${run.status}: ${run.failure?.code} ${run.failure?.message.slice(0, 200)}`,
    )
    await release()
    await expectCompleted(stage, id, 1)
    const { system } = await stage.platform.graphql<{ system: { workers: { pid: number; online: boolean }[] } }>(
      '{ system { workers { pid online } } }',
    )
    expectThat(
      system.workers.some((worker) => worker.pid === pid && worker.online),
      'The worker did not live on',
    )
    return { recoveryMs }
  },
}
