/**
 * `npm run bench:console`: what a person in front of the console waits for, in a real browser on the whole product, beside
 * the budget of each figure. Figures of a machine that does something else meanwhile say little: its load is printed first.
 *
 *   npm run bench:console                                   all parts, a log of a million lines
 *   npm run bench:console -- --parts opening,scrolling      opening, scrolling, latency, first-screen
 *   npm run bench:console -- --check                        ends with 1 when a budget is not held
 */

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { startPlatform } from '@aiia/testkit/platform'
import { type Figure, isOver, printFigures } from './console/figures.ts'
import { measureFirstScreens } from './console/first-screen.ts'
import { measureLatency } from './console/latency.ts'
import { measureOpening } from './console/opening.ts'
import { measureScrolling } from './console/scrolling.ts'
import { openViewer } from './console/viewer.ts'
import { makeManyRuns } from './many-runs.ts'

const allParts = ['opening', 'scrolling', 'latency', 'first-screen']

const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: allParts.join() },
    connectors: { type: 'string', default: '20' },
    runs: { type: 'string', default: '2000' },
    'log-lines': { type: 'string', default: '1000000' },
    /** How often the run page is opened. */
    tries: { type: 'string', default: '5' },
    /** How long each way of scrolling goes on. */
    seconds: { type: 'string', default: '4' },
    check: { type: 'boolean', default: false },
  },
})
const [connectors = 0, runs = 0, logLines = 0, tries = 0, seconds = 0] = [
  values.connectors,
  values.runs,
  values['log-lines'],
  values.tries,
  values.seconds,
].map(Number)
const parts = values.parts.split(',')
if (![connectors, runs, logLines, tries, seconds].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('--connectors, --runs, --log-lines, --tries and --seconds take whole numbers from 1.')
  process.exit(64)
}
if (!parts.every((part) => allParts.includes(part))) {
  console.error(`--parts takes of ${allParts.join(', ')}, with commas between.`)
  process.exit(64)
}

const platform = await startPlatform({ backend: 'postgres', web: true, env: { ALLOW_PLATFORM_DATABASE_AS_SOURCE: '1' } })
try {
  console.log(`Making ${runs.toLocaleString('en-US')} runs, one with ${logLines.toLocaleString('en-US')} log lines …`)
  const { number, connectorId } = await makeManyRuns(platform, platform.databaseUrl, { connectors, runs, logLines })
  const viewer = await openViewer(platform)
  try {
    const measures: Record<string, () => Promise<Figure[]>> = {
      opening: () => measureOpening(viewer, { number, lines: logLines, tries }),
      scrolling: () => measureScrolling(viewer, { number, lines: logLines, ms: seconds * 1_000 }),
      latency: () => measureLatency(platform, viewer, { written: 50_000 }),
      'first-screen': () => measureFirstScreens(viewer, { origin: platform.url, number, connectorId }),
    }
    let over = 0
    for (const part of parts) {
      console.log(`\n${part}, at a load of ${loadavg()[0]?.toFixed(1)}`)
      const figures = (await measures[part]?.()) ?? []
      printFigures(figures)
      over += figures.filter(isOver).length
    }
    console.log(over === 0 ? 'Every budget holds.' : `${over} budgets do not hold.`)
    if (values.check && over > 0) process.exitCode = 1
  } finally {
    await viewer.close()
  }
} finally {
  await platform.stop()
}
