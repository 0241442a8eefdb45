/** Row 19: a new version starts over the database, while a run is under way and another one waits. */

import { migrate } from '@aiia/prisma/migrate'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Feed, Stage } from '../stage.ts'

/** Takes away what runs were not given then. */
const asFirstReleaseFroze = async ({ database }: Stage, { table }: Feed): Promise<void> => {
  const changed = await database.query(
    `UPDATE platform.job_runs r SET configuration = jsonb_set(configuration::jsonb, '{streams}',
       (SELECT jsonb_agg(s - 'duplicates' - 'chunkRows') FROM jsonb_array_elements(configuration::jsonb -> 'streams') s))
     FROM platform.connectors c WHERE c.id = r.connector_id AND c.name = $1 AND r.status = 'PENDING' RETURNING r.id`,
    [table],
  )
  expectThat(changed.length === 1, `${changed.length} runs wait`)
}

export const upgrade: Scenario = {
  row: 19,
  fault: 'every service replaced, migrations run three times at once',
  boundMs: 60_000,
  platform: { env: { WORKER_CONCURRENCY: '1' } },
  run: async (stage) => {
    const { processes, databaseUrl } = stage.platform
    const queued = await stage.addFeed({ rows: 100 })
    const { id, release } = await catches.extract(stage)
    const waiting = await stage.trigger(queued)
    await asFirstReleaseFroze(stage, queued)
    const begun = performance.now()
    await Promise.all([1, 2, 3].map(() => migrate(databaseUrl)))
    // The worker is asked to end, and hands its run over.
    for (const process of Object.values(processes)) await process.restart()
    await release()
    await expectCompleted(stage, id, 2)
    await expectCompleted(stage, waiting, 1)
    return { recoveryMs: performance.now() - begun }
  },
}
