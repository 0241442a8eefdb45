/** Row 4: the event loop that a run lives in is blocked. */

import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

const file = join(tmpdir(), `aiia-faults-block-${process.pid}`)
const preload = new URL(`../preload/blocked-thread.mjs?file=${encodeURIComponent(file)}`, import.meta.url)

/** Of the table's 30 s: longer than a lease, and than a new attempt takes to come. */
const blockedMs = 20_000

export const threadBlocked: Scenario = {
  row: 4,
  fault: `event loop of a run blocked for ${blockedMs / 1_000} s`,
  boundMs: 15_000,
  platform: { env: { NODE_OPTIONS: `--import ${preload.href}` } },
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
}
