/** What could happen next, weighted so that random lives get old and meet their zombies. */

import { isFinal } from '@aiia/core/job-run/status'
import type { Model, Operation } from './run-model.ts'

type Choice = { operation: Operation; weight: number }

const connectors = [0, 1]
const keys = [null, null, 0, 1]

/** @param pick in [0, 1) */
export const choose = (model: Model, pick: number, sizes: { rows: number; lines: number }): Operation => {
  const choices = [...triggers(model), ...onRuns(model), ...byHolders(model, sizes), ...ofThePlatform(model)]
  let rest = pick * choices.reduce((sum, { weight }) => sum + weight, 0)
  const chosen = choices.find(({ weight }) => {
    rest -= weight
    return rest < 0
  })
  return chosen?.operation ?? { type: 'sweep' }
}

const triggers = ({ runs }: Model): Choice[] =>
  connectors.flatMap((connector) => {
    const active = runs.some((run) => run.connector === connector && !isFinal(run.status))
    return keys.map((key) => ({ operation: { type: 'trigger', connector, key } as const, weight: active ? 0.2 : 1 }))
  })

const onRuns = ({ runs }: Model): Choice[] =>
  runs.flatMap(({ status }, run): Choice[] => {
    const final = isFinal(status)
    return [
      { operation: { type: 'claim', run, late: false }, weight: status === 'PENDING' ? 6 : 0.3 },
      { operation: { type: 'claim', run, late: true }, weight: final ? 0.1 : 0.5 },
      { operation: { type: 'cancel', run }, weight: final ? 0.2 : 0.6 },
      { operation: { type: 'lease ends', run }, weight: status === 'RUNNING' ? 1 : 0 },
    ]
  })

const byHolders = ({ runs, claims }: Model, { rows, lines }: { rows: number; lines: number }): Choice[] =>
  claims.flatMap((held, claim): Choice[] => {
    const run = runs[held.run]
    const lives = run?.status === 'RUNNING'
    const often = lives ? 1 : 0.1
    return [
      { operation: { type: 'progress', claim, rows, lines }, weight: often },
      { operation: { type: 'commit', claim }, weight: often },
      { operation: { type: 'renew', claim }, weight: often },
      { operation: { type: 'complete', claim }, weight: often / 3 },
      { operation: { type: 'hand over', claim }, weight: often / 2 },
      { operation: { type: 'fail', claim, code: 'CONNECTION_LOST' }, weight: often / 2 },
      { operation: { type: 'fail', claim, code: 'ROWS_REJECTED' }, weight: often / 4 },
    ]
  })

const ofThePlatform = ({ runs }: Model): Choice[] => [
  { operation: { type: 'sweep' }, weight: runs.some(({ leaseOver }) => leaseOver) ? 3 : 0.5 },
  { operation: { type: 'deliver' }, weight: 0.3 },
  { operation: { type: 'requeue' }, weight: 0.3 },
  { operation: { type: 'time passes' }, weight: 0.3 },
]
