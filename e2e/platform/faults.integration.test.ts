import { afterAll, beforeAll, describe, test } from 'vitest'
import { createPlatforms, type Platforms } from '../faults/platforms.ts'
import { scenarios } from '../faults/scenarios.ts'
import { tryScenario } from '../faults/try-scenario.ts'

/** The quick ones of `npm run test:faults`, and one that takes a lease's time. */
const quick = [
  'worker kill -9 while the server commits',
  'source resets in mid-stream',
  'source hangs before the handshake',
  'cancel, extract',
  'cancel, committing',
  'cancel, ten at once',
  'connector deleted while its run is active',
]

describe.each(['postgres', 'redis'] as const)('on %s the platform survives', (backend) => {
  let platforms: Platforms
  beforeAll(async () => {
    platforms = await createPlatforms()
  })
  afterAll(() => platforms?.stop())

  test.each(quick)('%s', { timeout: 120_000 }, async (name) => {
    const scenario = scenarios.find(({ fault }) => fault === name)
    if (scenario === undefined) throw new Error(`There is no scenario "${name}".`)
    await tryScenario(await platforms.give(backend, scenario.platform), scenario)
  })
})
