/** Runs that stand still in a known step, so that a fault meets them there. */

import { closeGate, places } from './gate.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

export type Caught = {
  id: string
  /** Lets it go on, and all attempts that follow. */
  release(): Promise<void>
}

const inStep = (stage: Stage, id: string, kind: string): Promise<true> =>
  until(`The step ${kind}`, async () => {
    const { steps } = await stage.run(id)
    return steps.some((step) => step.kind === kind && step.status === 'RUNNING') ? true : undefined
  })

/** Behind the first rows. */
const stallAfterBytes = 1_000_000

const atGate = async (stage: Stage, place: (typeof places)[keyof typeof places]): Promise<Caught> => {
  const gate = await closeGate(stage.database, place)
  const id = await stage.trigger()
  await gate.reached()
  return { id, release: gate.open }
}

const atTable = async (stage: Stage, table: string, mode: string, step: string): Promise<Caught> => {
  const release = await stage.database.hold(table, mode)
  const id = await stage.trigger()
  await inStep(stage, id, step)
  return { id, release }
}

/** By where they are caught. */
export const catches = {
  /** The source accepts, and says nothing. */
  connect: async (stage) => {
    await stage.fill()
    stage.way.blackHole()
    const id = await stage.trigger()
    await inStep(stage, id, 'CONNECT')
    return { id, release: stage.way.heal }
  },
  /** Some rows are there, and the next do not come. */
  extract: async (stage) => {
    await stage.fill()
    // Counts are told ten times a second: what comes all at once is told later.
    stage.way.delay(20)
    stage.way.blackHoleAfter(stallAfterBytes)
    const id = await stage.trigger()
    await until('The first rows', async () => ((await stage.run(id)).counts.read > 0 ? true : undefined))
    return { id, release: stage.way.heal }
  },
  /** All rows are staged. */
  stage: (stage) => atGate(stage, places.keyOfStaged),
  /** Another session writes to the destination table. */
  match: async (stage) => {
    await stage.fill()
    return atTable(stage, `destination.${stage.feed.table}`, 'ROW EXCLUSIVE', 'MATCH')
  },
  /** Everything is written, and the ledger not yet. */
  commit: async (stage) => {
    await stage.fill()
    return atTable(stage, 'destination_staging.ledger', 'SHARE', 'COMMIT')
  },
  /** The server is at the COMMIT itself. */
  committing: async (stage) => {
    await stage.fill()
    return atGate(stage, places.commitOfDestination)
  },
  /** The records are committed, and the run's status is not written. */
  'after commit': async (stage) => {
    await stage.fill()
    return atGate(stage, places.statusAfterCommit)
  },
} as const satisfies Record<string, (stage: Stage) => Promise<Caught>>
