/** Row 5: a run that outgrows its memory, beside one that does not. */

import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Feed, Stage } from '../stage.ts'

type Part = {
  fault: string
  code: string
  addFeed(stage: Stage): Promise<Feed>
}

const scenario = ({ fault, code, addFeed }: Part): Scenario => ({
  row: 5,
  fault,
  boundMs: 30_000,
  run: async (stage) => {
    const { id, release } = await catches.extract(stage)
    const greedy = await addFeed(stage)
    const { pid } = stage.platform.processes.worker
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger(greedy))
    const recoveryMs = performance.now() - asked
    expectThat(run.failure?.code === code, `The run ended ${run.status}: ${run.failure?.code} ${run.failure?.message.slice(0, 200)}`)
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
})

const leastMemory = { memoryMb: 64, maxAttempts: 1 }

/** Past the proxy, which holds the other run. */
const straightTo = ({ source }: Stage) => ({ port: Number(source.url.port) })

/** Rows pass through a run as they come; what it holds is what it knows of the columns of all its streams. */
const [columns, streams] = [1_500, 250]

export const outOfMemory: Scenario[] = [
  scenario({
    fault: 'a run outgrows its memory',
    code: 'OUT_OF_MEMORY',
    addFeed: async (stage) => {
      const names = Array.from({ length: columns }, (_, index) => `"${`column ${index} `.padEnd(60, 'x')}" int`)
      await stage.source.query(`CREATE TABLE wide (${names.join(', ')})`)
      return stage.addFeed({ rows: 1, stream: { table: 'public.wide' }, copies: streams, settings: straightTo(stage), limits: leastMemory })
    },
  }),
  scenario({
    fault: 'a source reports an error of 200 MB',
    code: 'PROTOCOL_ERROR',
    addFeed: async (stage) => {
      await stage.source.query(`CREATE FUNCTION huge_error() RETURNS int LANGUAGE plpgsql SET log_min_messages = panic AS
        $$ BEGIN RAISE EXCEPTION USING message = repeat('ä', 100000000); END $$`)
      const stream = { sql: 'SELECT huge_error() AS id' }
      return stage.addFeed({ rows: 1, stream, settings: straightTo(stage), limits: { maxAttempts: 1 } })
    },
  }),
]
