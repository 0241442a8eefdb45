/** The thread that tries one input after another; whoever started it looks whether it goes on. */

import { parentPort, workerData } from 'node:worker_threads'
import { createRandom } from '../faults/random.ts'
import { describe } from '../faults/report.ts'
import { keepInput } from './kept-input.ts'
import { minimise } from './minimise.ts'
import { type FuzzInput, type FuzzReader, Violation } from './reader.ts'
import { readers } from './readers/index.ts'
import { noTally, writeTally } from './tally.ts'

export type Work = {
  reader: string
  seed: number
  inputs: number
  endsAt: number
  folder: string
  /** The place of the input at work, and whether it is made smaller. */
  progress: SharedArrayBuffer
  tallies: SharedArrayBuffer
}

export type Finding = { seed: number; promise: string; message: string; files: string }

export type Report = { finding: Finding } | { done: true }

/** Failures that are alike are counted, and these many told. */
const mostAlike = 3

const { reader: name, seed, inputs, endsAt, folder, progress, tallies } = workerData as Work
const reader = await (readers[name] as () => Promise<FuzzReader>)()
const counter = new Int32Array(progress)
const tally = noTally()
const alike = new Map<string, number>()
const tell = (report: Report): void => parentPort?.postMessage(report)

/** What it throws, if it does. */
const violationOf = async (input: FuzzInput): Promise<Violation | null> => {
  try {
    const { rows, rejected, error } = await reader.check(input)
    tally.rows += rows
    tally.rejected += rejected
    if (error === null) tally.answered += 1
    else tally.errors += 1
    return null
  } catch (error) {
    return error instanceof Violation ? error : new Violation('the check itself holds', describe(error), error)
  }
}

const keep = async (violation: Violation, input: FuzzInput, inputSeed: number): Promise<void> => {
  const kind = `${violation.promise} ${(violation.message.split('\n')[0] ?? '').replaceAll(/\d+/g, '#').slice(0, 60)}`
  const seen = (alike.get(kind) ?? 0) + 1
  alike.set(kind, seen)
  tally.failures += 1
  if (seen > mostAlike) return
  const { ...before } = tally
  const fails = async (smaller: FuzzInput): Promise<boolean> => (await violationOf(smaller))?.promise === violation.promise
  const smallest = input.table === null ? await minimise(input, fails) : input
  const message = (await violationOf(smallest))?.message ?? violation.message
  Object.assign(tally, before)
  const files = keepInput(folder, `${name}-${inputSeed}`, smallest, `${message}\n\n${describe(violation)}`)
  tell({ finding: { seed: inputSeed, promise: violation.promise, message, files } })
}

for (let index = 0; index < inputs && Date.now() < endsAt; index += 1) {
  const inputSeed = (seed + index) >>> 0
  Atomics.store(counter, 0, index)
  const started = process.cpuUsage()
  const input = reader.make(createRandom(inputSeed))
  const violation = await violationOf(input)
  const { user, system } = process.cpuUsage(started)
  tally.inputs += 1
  const ms = (user + system) / 1_000
  if (ms > tally.slowestMs) Object.assign(tally, { slowestMs: ms, slowestSeed: inputSeed })
  // Making it smaller takes its time.
  Atomics.store(counter, 1, 1)
  if (violation !== null) await keep(violation, input, inputSeed)
  Atomics.store(counter, 1, 0)
  writeTally(tallies, tally)
}
tell({ done: true })
