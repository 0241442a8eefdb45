/** Row 6: what a source can do to a run. */

import { expectThat, type Scenario } from '../scenario.ts'
import type { Feed, FeedOptions, Stage } from '../stage.ts'

type Part = {
  fault: string
  code: string
  boundMs: number
  feed?: FeedOptions
  /** Before the run; the default is no fault of the network. */
  make?(stage: Stage, feed: Feed): Promise<unknown> | void
}

const connectTimeoutSeconds = 2
const maxDurationSeconds = 5
const inMidStream = 1_000_000

/** One attempt that fails by name; then, where the fault was the network's, one that works. */
const failsWith = ({ fault, code, boundMs, feed: options, make }: Part): Scenario => ({
  row: 6,
  fault: `source ${fault}`,
  boundMs,
  run: async (stage) => {
    const limits = { maxAttempts: 1, connectTimeoutSeconds, maxDurationSeconds }
    const feed = await stage.addFeed({ limits, ...options })
    await make?.(stage, feed)
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger(feed))
    const recoveryMs = performance.now() - asked
    expectThat(
      run.status === 'FAILED' && run.failure?.code === code,
      `The run ended ${run.status} with ${run.failure?.code}: ${run.failure?.message}`,
    )
    await stage.way.heal()
    if (options === undefined) {
      const next = await stage.ended(await stage.trigger(feed))
      expectThat(next.status === 'COMPLETED', `The run after it ended ${next.status}: ${next.failure?.message}`)
    }
    return { recoveryMs }
  },
})

/** Attempts are left, and the network is well again: the run itself completes. */
const retried: Scenario = {
  row: 6,
  fault: 'source cuts in mid-stream, once',
  boundMs: 15_000,
  run: async (stage) => {
    await stage.fill()
    stage.way.cutAfter(inMidStream)
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger())
    expectThat(run.status === 'COMPLETED' && run.attempt === 2, `The run ended ${run.status} in attempt ${run.attempt}`)
    return { recoveryMs: performance.now() - asked }
  },
}

const slow: Scenario = {
  row: 6,
  fault: 'source answers slowly',
  boundMs: 60_000,
  run: async (stage) => {
    await stage.fill()
    stage.way.delay(50)
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger())
    expectThat(run.status === 'COMPLETED' && run.attempt === 1, `The run ended ${run.status}: ${run.failure?.message}`)
    await stage.way.heal()
    return { recoveryMs: performance.now() - asked }
  },
}

const withinConnectTimeout = connectTimeoutSeconds * 1_000 + 3_000
const withinDuration = maxDurationSeconds * 1_000 + 3_000

export const sourceFaults: Scenario[] = [
  failsWith({ fault: 'refuses', code: 'CONNECTION_REFUSED', boundMs: 5_000, make: ({ way }) => way.refuse() }),
  failsWith({
    fault: 'hangs before the handshake',
    code: 'CONNECTION_TIMEOUT',
    boundMs: withinConnectTimeout,
    make: ({ way }) => way.blackHole(),
  }),
  failsWith({
    fault: 'hangs in mid-stream',
    code: 'RUN_TIMEOUT',
    boundMs: withinDuration,
    make: ({ way }) => way.blackHoleAfter(inMidStream),
  }),
  failsWith({
    fault: 'cuts in mid-stream',
    code: 'CONNECTION_LOST',
    boundMs: 5_000,
    make: ({ way }) => way.cutAfter(inMidStream),
  }),
  failsWith({
    fault: 'resets in mid-stream',
    code: 'CONNECTION_LOST',
    boundMs: 5_000,
    make: ({ way }) => way.resetAfter(inMidStream),
  }),
  failsWith({ fault: 'refuses the password', code: 'INVALID_CREDENTIALS', boundMs: 5_000, feed: { password: 'wrong' } }),
  failsWith({
    fault: 'lacks a grant',
    code: 'PERMISSION_DENIED',
    boundMs: 5_000,
    feed: { settings: { user: 'fault_reader' }, password: 'reader' },
    make: async ({ source }) => {
      await source.query(`DO $$ BEGIN CREATE ROLE fault_reader LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`)
    },
  }),
  retried,
  slow,
]
