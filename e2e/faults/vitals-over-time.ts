/** What was held over a soak: the first and the last quarter of the longest life of each process. */

import { printColumns } from './report.ts'
import type { Vital } from './vitals.ts'

export type Change = {
  name: string
  what: string
  samples: number
  first: number
  last: number
  /** By which `last` may exceed `first`. */
  allowed: number
}

/** Caches fill and the collector of garbage takes its time: what leaks grows with every run, and goes beyond. */
const allowedOfMemory = 0.25
/** Pools open and close connections as they need them. */
const allowedOfThings = 3

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length

/** @param samples of all processes, in the order of time. */
export const compareQuarters = (samples: readonly (readonly Vital[])[]): Change[] => {
  const names = new Set(samples.flat().map(({ name }) => name))
  return [...names].flatMap((name) => {
    const own = samples.flat().filter((vital) => vital.name === name)
    const lives = [...new Set(own.map(({ life }) => life))].map((life) => own.filter((vital) => vital.life === life))
    const longest = lives.reduce((a, b) => (b.length > a.length ? b : a))
    const quarter = Math.max(1, Math.floor(longest.length / 4))
    return Object.keys(longest[0]?.held ?? {}).map((what) => {
      const numbers = longest.map(({ held }) => held[what] ?? 0)
      const [first, last] = [mean(numbers.slice(0, quarter)), mean(numbers.slice(-quarter))]
      return { name, what, samples: longest.length, first, last, allowed: what === 'memory' ? first * allowedOfMemory : allowedOfThings }
    })
  })
}

export const isFlat = ({ first, last, allowed }: Change): boolean => last - first <= allowed

export const printChanges = (changes: readonly Change[]): void =>
  printColumns([
    ['process', 'holds', 'samples', 'first quarter', 'last quarter', 'ratio', ''],
    ...changes.map((change) => {
      const { name, what, samples, first, last } = change
      const ratio = first === 0 ? '-' : (last / first).toFixed(2)
      return [
        name,
        what === 'memory' ? 'MiB' : what,
        String(samples),
        first.toFixed(1),
        last.toFixed(1),
        ratio,
        isFlat(change) ? '' : 'GROWS',
      ]
    }),
  ])
