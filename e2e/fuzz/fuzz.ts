/** Fuzzes one reader in a thread of its own, which is ended where it hangs or takes all memory. */

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createRandom } from '../faults/random.ts'
import { keepInput } from './kept-input.ts'
import { readers } from './readers/index.ts'
import { addTally, noTally, type Tally, tallyBytes } from './tally.ts'
import type { Finding, Report, Work } from './work.ts'

type Wish = { reader: string; seed: number; inputs: number; minutes: number; folder: string }

export type Fuzzed = { tally: Tally; seconds: number; peakBytes: number }

/** Of one input: time on the processor, time at all, and what the process may hold. */
const [mostCpuMs, mostWallMs, mostBytes] = [2_000, 60_000, 1_500_000_000]
/** Of an input that is made smaller. */
const mostMinimisingMs = 60_000
const lookEvery = 200

export const fuzz = async ({ reader, seed, inputs, minutes, folder }: Wish): Promise<Fuzzed> => {
  const started = performance.now()
  const endsAt = Date.now() + minutes * 60_000
  const total = noTally()
  let peakBytes = 0
  for (let next = 0; next < inputs && Date.now() < endsAt; ) {
    const work = {
      reader,
      seed: (seed + next) >>> 0,
      inputs: inputs - next,
      endsAt,
      folder,
      progress: new SharedArrayBuffer(8),
      tallies: new SharedArrayBuffer(tallyBytes),
    }
    const part = await workAt(work)
    addTally(total, work.tallies)
    peakBytes = Math.max(peakBytes, part.peakBytes)
    if (part.ending === null) break
    next += part.at + 1
    total.inputs += 1
    total.failures += 1
    tell(reader, await unfinished({ reader, seed: (work.seed + part.at) >>> 0, folder }, part.ending))
  }
  return { tally: total, seconds: (performance.now() - started) / 1_000, peakBytes }
}

/** It is kept as it is: to make it smaller it would have to end. */
const unfinished = async ({ reader, seed, folder }: Pick<Wish, 'reader' | 'seed' | 'folder'>, message: string): Promise<Finding> => {
  const input = (await readers[reader]?.())?.make(createRandom(seed))
  const files = input === undefined ? '' : keepInput(folder, `${reader}-${seed}`, input, message)
  return { seed, promise: 'every input comes to an end', message, files }
}

const tell = (reader: string, { seed, promise, message, files }: Finding): void =>
  console.log(`FAILED  ${reader}, --seed ${seed}: ${promise}\n        ${message.slice(0, 1_000)}\n        ${files}`)

/** @returns how it ended: null as it should, else why not; and the input at which it stood */
const workAt = async (work: Work): Promise<{ peakBytes: number; ending: string | null; at: number }> => {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: 1_000 },
  })
  const counter = new Int32Array(work.progress)
  let [ending, isDone, peakBytes]: [string | null, boolean, number] = [null, false, 0]
  worker.on('message', (report: Report) => {
    if ('finding' in report) tell(work.reader, report.finding)
    else isDone = true
  })
  worker.on('error', (error) => {
    ending = String(error)
  })
  const stop = watch(
    counter,
    (why) => {
      ending = why
      void worker.terminate()
    },
    (bytes) => {
      peakBytes = Math.max(peakBytes, bytes)
    },
  )
  await once(worker, 'exit')
  stop()
  if (!isDone) ending ??= 'it waits for what never comes'
  return { peakBytes, ending, at: Atomics.load(counter, 0) }
}

/** @returns ends it */
const watch = (counter: Int32Array, end: (why: string) => void, hold: (bytes: number) => void): (() => void) => {
  let [last, wall, cpu] = [-1, performance.now(), process.cpuUsage()]
  const look = (): void => {
    const now = Atomics.load(counter, 0) * 2 + Atomics.load(counter, 1)
    const { rss } = process.memoryUsage()
    hold(rss)
    if (now !== last) [last, wall, cpu] = [now, performance.now(), process.cpuUsage()]
    const { user, system } = process.cpuUsage(cpu)
    const [cpuMs, wallMs] = [(user + system) / 1_000, performance.now() - wall]
    const isMinimising = Atomics.load(counter, 1) === 1
    if (rss > mostBytes) end(`it holds ${Math.round(rss / 1e6)} MB`)
    else if (cpuMs > (isMinimising ? mostMinimisingMs : mostCpuMs)) end(`it takes more than ${Math.round(cpuMs)} ms of the processor`)
    else if (wallMs > mostWallMs) end(`it takes more than ${Math.round(wallMs)} ms`)
  }
  const timer = setInterval(look, lookEvery)
  return () => clearInterval(timer)
}
