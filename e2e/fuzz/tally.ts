/** What became of the inputs so far, where both threads see it: it outlives one that has to be ended. */

const names = ['inputs', 'answered', 'errors', 'rows', 'rejected', 'failures', 'slowestMs', 'slowestSeed'] as const

export type Tally = Record<(typeof names)[number], number>

export const tallyBytes = 8 * names.length

export const noTally = (): Tally => ({ inputs: 0, answered: 0, errors: 0, rows: 0, rejected: 0, failures: 0, slowestMs: 0, slowestSeed: 0 })

export const writeTally = (memory: SharedArrayBuffer, tally: Tally): void => {
  const places = new Float64Array(memory)
  for (const [at, name] of names.entries()) places[at] = tally[name]
}

export const addTally = (total: Tally, memory: SharedArrayBuffer): void => {
  const part = Object.fromEntries([...new Float64Array(memory)].map((value, at) => [names[at], value])) as Tally
  const { slowestMs, slowestSeed } = part.slowestMs > total.slowestMs ? part : total
  for (const name of names) total[name] += part[name]
  Object.assign(total, { slowestMs, slowestSeed })
}
