/** One try: the fault, the recovery, the invariants. */

import { checkInvariants } from './invariants.ts'
import type { Scenario } from './scenario.ts'
import { openStage, type StageParts } from './stage.ts'

/** @returns how long the recovery took. @throws when something does not hold */
export const tryScenario = async (parts: StageParts, scenario: Scenario): Promise<{ recoveryMs: number }> => {
  const stage = await openStage(parts)
  try {
    const { recoveryMs } = await scenario.run(stage)
    if (recoveryMs > scenario.boundMs) {
      throw new Error(`The recovery took ${(recoveryMs / 1_000).toFixed(1)} s of ${scenario.boundMs / 1_000} s`)
    }
    await checkInvariants(stage)
    return { recoveryMs }
  } finally {
    await stage.close()
  }
}
