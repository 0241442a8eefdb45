/** One try: the fault, the recovery, the invariants. */

import { checkInvariants } from './invariants.ts'
import type { Scenario } from './scenario.ts'
import { openStage, type StageParts } from './stage.ts'

/** @returns how long the recovery took, whatever its bound: a busy machine says nothing of that. @throws when something does not hold */
export const tryScenario = async (parts: StageParts, scenario: Scenario): Promise<{ recoveryMs: number }> => {
  const stage = await openStage(parts)
  try {
    const recovery = await scenario.run(stage)
    await checkInvariants(stage)
    return recovery
  } finally {
    await stage.close()
  }
}
