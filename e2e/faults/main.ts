/** `npm run test:faults`: the faults of the table, each on both backends, with every invariant checked after each try. */

import { chooseBackends, isCount, readOptions } from './options.ts'
import { createPlatforms } from './platforms.ts'
import { describe, keepOutput } from './report.ts'
import { printTable, type Result } from './results.ts'
import type { Backend } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { tryScenario } from './try-scenario.ts'

const usage = `npm run test:faults -- [options]

  --tries 5          how often each fault is tried; 1 by default
  --rows 1,2,9       only these rows of the table; all by default
  --fault connect    only faults with this text in their name
  --backend redis    only on this one, postgres or redis; both by default
  --help             this text

Exit code 1 when a try did not survive.`

const { values, refuse } = readOptions(usage, {
  tries: { type: 'string', default: '1' },
  rows: { type: 'string' },
  fault: { type: 'string', default: '' },
  backend: { type: 'string' },
})
const tries = Number(values.tries)
if (!isCount(tries)) refuse('--tries takes a whole number from 1.')
const rows = values.rows?.split(',').map(Number)
const unknown = rows?.find((row) => !scenarios.some((scenario) => scenario.row === row))
if (unknown !== undefined) refuse(`--rows: there is no row ${unknown}.`)
const backends = chooseBackends(values.backend, refuse)

const chosen = scenarios.filter(({ row, fault }) => (rows?.includes(row) ?? true) && fault.includes(values.fault))
const results: Result[] = []
const platforms = await createPlatforms()

const tryOn = async (backend: Backend, scenario: (typeof chosen)[number]): Promise<Result> => {
  const { row, fault, boundMs } = scenario
  const result: Result = { row, fault, backend, boundMs, tries: 0, survived: 0, slowestMs: undefined, notRun: scenario.missing?.() }
  while (result.notRun === undefined && result.tries < tries) {
    result.tries += 1
    const name = `${row} ${fault}, ${backend}, try ${result.tries}`
    try {
      const { recoveryMs } = await tryScenario(await platforms.give(backend, scenario.platform), scenario)
      if (recoveryMs > boundMs) throw new Error(`The recovery took ${(recoveryMs / 1_000).toFixed(1)} s of ${boundMs / 1_000} s`)
      result.survived += 1
      result.slowestMs = Math.max(result.slowestMs ?? 0, recoveryMs)
      console.log(`survived  ${name}: ${(recoveryMs / 1_000).toFixed(1)} s`)
    } catch (error) {
      console.log(`FAILED    ${name}\n${describe(error)}\nWhat the platform wrote: ${keepOutput(platforms)}`)
      await platforms.discard()
    }
  }
  return result
}

try {
  for (const backend of backends) {
    for (const scenario of chosen) {
      if (scenario.backends?.includes(backend) ?? true) results.push(await tryOn(backend, scenario))
    }
  }
} finally {
  await platforms.stop()
}
printTable(results)
process.exit(results.every(({ notRun, tries: tried, survived }) => notRun !== undefined || tried === survived) ? 0 : 1)
