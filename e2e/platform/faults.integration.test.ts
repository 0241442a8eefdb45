import { test } from 'vitest'
import { createPlatforms } from '../faults/platforms.ts'
import { scenarios } from '../faults/scenarios.ts'
import { tryScenario } from '../faults/try-scenario.ts'

/** The quick ones of `npm run test:faults`, and one that takes a lease's time. */
const quick = [
  'source resets in mid-stream',
  'cancel, committing',
  'cancel, ten at once',
  'connector deleted while its run is active',
  'worker kill -9 while the server commits',
]

// Side by side: most of the time is a lease that has to run out.
test.concurrent.each(['postgres', 'redis'] as const)(
  'the platform survives a handful of faults on %s',
  { timeout: 180_000 },
  async (backend) => {
    const platforms = await createPlatforms()
    try {
      for (const name of quick) {
        const scenario = scenarios.find(({ fault }) => fault === name)
        if (scenario === undefined) throw new Error(`There is no scenario "${name}".`)
        await tryScenario(await platforms.give(backend, scenario.platform), scenario).catch((error: unknown) => {
          throw new Error(`${name}: ${String(error)}`, { cause: error })
        })
      }
    } finally {
      await platforms.stop()
    }
  },
)
