/** Row 4: the event loop of a run, or of its worker, is blocked. */

import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

const file = join(tmpdir(), `aiia-faults-block-${process.pid}`)
const preload = new URL(`../preload/blocked-thread.mjs?file=${encodeURIComponent(file)}`, import.meta.url)

/** Longer than a lease, and than a new attempt takes to come. */
const blockedMs = 30_000

const blocked = (fault: string, loop: 'run' | 'worker'): Scenario => ({
  row: 4,
  fault: `${fault} blocked for ${blockedMs / 1_000} s`,
  boundMs: 15_000,
  platform: { env: { NODE_OPTIONS: `--import ${preload.href}&loop=${loop}` } },
  run: async (stage) => {
    try {
      const { id, release } = await catches.extract(stage)
      writeFileSync(file, '')
      await release()
      await wait(blockedMs)
      const { status, attempt } = await stage.run(id)
      expectThat(status === 'RUNNING' && attempt === 1, `Under the block the run is ${status} in attempt ${attempt}`)
      rmSync(file)
      const free = performance.now()
      await expectCompleted(stage, id, 1)
      return { recoveryMs: performance.now() - free }
    } finally {
      rmSync(file, { force: true })
    }
  },
})

export const threadBlocked: readonly Scenario[] = [blocked('event loop of a run', 'run'), blocked('event loop of the worker', 'worker')]
