/** One fault of the table in reliability, and what must come of it. */

import type { Stage, StageOptions } from './stage.ts'

export type Backend = 'postgres' | 'redis'

export type Scenario = {
  /** Of the table of faults. */
  row: number
  fault: string
  boundMs: number
  /** Both unless given. */
  backends?: readonly Backend[]
  /** What the platform is started with; scenarios that ask for the same share it. */
  platform?: StageOptions
  /** @returns what the machine lacks for it, with the remedy */
  missing?(): string | undefined
  /** Makes the fault and sees the platform through it; the invariants are checked afterwards. */
  run(stage: Stage): Promise<{ recoveryMs: number }>
}

/** What did not come out as it must. */
export const expectThat = (holds: boolean, otherwise: string | (() => string)): void => {
  if (!holds) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise())
}
