/** Row 15: a cancel at each step, twice, and at the instant of the commit. */

import { ApiError } from '@aiia/stack/platform/graphql'
import { type Caught, catches } from '../caught.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const cancel = async ({ platform }: Stage, id: string): Promise<string> => {
  const { cancelJobRun } = await platform.graphql<{ cancelJobRun: { status: string } }>(
    'mutation ($id: ID!) { cancelJobRun(id: $id) { status } }',
    { id },
  )
  return cancelJobRun.status
}

/** @returns the code that the API refuses it with */
const refusal = (cancelled: Promise<unknown>): Promise<unknown> =>
  cancelled.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError ? error.errors[0]?.extensions?.code : error),
  )

const cancelledIn = (place: 'connect' | 'extract' | 'stage' | 'match' | 'commit'): Scenario => ({
  row: 15,
  fault: `cancel, ${place}`,
  boundMs: 1_000,
  run: async (stage) => {
    const { id, release } = await catches[place](stage)
    const asked = performance.now()
    const status = await cancel(stage, id)
    const recoveryMs = performance.now() - asked
    expectThat(status === 'CANCELLED', `The cancelled run is ${status}`)
    expectThat((await refusal(cancel(stage, id))) === 'CONFLICT', 'A second cancel was not refused')
    await release()
    return { recoveryMs }
  },
})

/** Whoever waits for whom: the cancel is answered as soon as the commit is through. */
const cancelMeets = (place: 'committing' | 'after commit', boundMs: number): Scenario => ({
  row: 15,
  fault: `cancel, ${place}`,
  boundMs,
  run: async (stage) => {
    const { id, release }: Caught = await catches[place](stage)
    const cancelled = refusal(cancel(stage, id))
    const released = performance.now()
    await release()
    const refused = await cancelled
    const recoveryMs = performance.now() - released
    const { status } = await stage.ended(id)
    expectThat(
      status === (refused === undefined ? 'CANCELLED' : 'COMPLETED'),
      `The cancel was answered ${String(refused)}, the run ${status}`,
    )
    return { recoveryMs }
  },
})

const cancelledTwiceAtOnce: Scenario = {
  row: 15,
  fault: 'cancel, ten at once',
  boundMs: 1_000,
  run: async (stage) => {
    const { id, release } = await catches.extract(stage)
    const asked = performance.now()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusal(cancel(stage, id))))
    const recoveryMs = performance.now() - asked
    const accepted = answers.filter((answer) => answer === undefined).length
    expectThat(accepted === 1, `${accepted} of ten cancels were accepted`)
    await release()
    return { recoveryMs }
  },
}

export const cancelled: Scenario[] = [
  cancelledIn('connect'),
  cancelledIn('extract'),
  cancelledIn('stage'),
  cancelledIn('match'),
  cancelledIn('commit'),
  cancelMeets('committing', 1_000),
  cancelMeets('after commit', 1_000),
  cancelledTwiceAtOnce,
]
