/** `npm run fuzz`: random and damaged input for the readers of files and answers; every promise that is not kept is told. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCount, readOptions } from '../faults/options.ts'
import { printColumns } from '../faults/report.ts'
import { fuzz } from './fuzz.ts'
import { readers } from './readers/index.ts'

const names = Object.keys(readers)
const usage = `npm run fuzz -- [options]

  --reader csv       only this one, of ${names.join(', ')}; all by default
  --inputs 100000    for each reader; 10,000 by default
  --minutes 5        no longer than that for each reader; 10 by default
  --seed 1           the first input's, the next one has the next; by the clock by default
  --folder out       for the inputs that fail; a temporary one by default
  --help             this text

A failure tells its seed: --reader csv --seed N --inputs 1 repeats it. Exit code 1 when there was one.`

const { values, refuse } = readOptions(usage, {
  reader: { type: 'string', default: 'all' },
  inputs: { type: 'string', default: '10000' },
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  folder: { type: 'string' },
})
const [inputs, minutes, seed] = [values.inputs, values.minutes, values.seed].map(Number) as [number, number, number]
if (!isCount(inputs)) refuse('--inputs takes a whole number from 1.')
if (!(minutes > 0)) refuse('--minutes takes a number above 0.')
if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 32) refuse('--seed takes a whole number of 32 bits.')
const chosen = values.reader === 'all' ? names : values.reader.split(',')
const unknown = chosen.find((name) => !names.includes(name))
if (unknown !== undefined) refuse(`--reader: there is no "${unknown}".`)
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'aiia-fuzz-'))

console.log(`Seed ${seed}. Inputs that fail are kept in ${folder}.`)
const lines: string[][] = [
  ['reader', 'inputs', 'answered', 'named errors', 'rows', 'rejected rows', 'failures', 'slowest input', 'peak memory', 'inputs/s'],
]
let failures = 0
for (const reader of chosen) {
  const { tally, seconds, peakBytes } = await fuzz({ reader, seed, inputs, minutes, folder })
  failures += tally.failures
  const counts = [tally.inputs, tally.answered, tally.errors, tally.rows, tally.rejected, tally.failures].map((count) =>
    count.toLocaleString('en'),
  )
  const slowest = `${Math.round(tally.slowestMs)} ms (${tally.slowestSeed})`
  lines.push([reader, ...counts, slowest, `${Math.round(peakBytes / 1e6)} MB`, Math.round(tally.inputs / seconds).toLocaleString('en')])
}
printColumns(lines)
process.exit(failures === 0 ? 0 : 1)
