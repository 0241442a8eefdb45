/** How long it takes from the answer of `triggerSync` until a subscriber sees the run RUNNING. */

import { performance } from 'node:perf_hooks'
import type { Platform } from '@aiia/testkit/platform'

/** @returns milliseconds of each try; about zero when the event was there before the answer */
export const triggerLatencies = async (platform: Platform, connectorId: string, tries: number): Promise<number[]> => {
  const events = platform.subscribe<{ jobRunUpdated: { id: string; status: string } }>(
    'subscription ($connectorId: ID!) { jobRunUpdated(connectorId: $connectorId) { id status } }',
    { connectorId },
  )
  /** Reads on until the run has one of these statuses. */
  const until = async (id: string, statuses: readonly string[]): Promise<string> => {
    for (;;) {
      const { value, done } = await events.next()
      if (done) throw new Error('The subscription ended before the run.')
      if (value.jobRunUpdated.id === id && statuses.includes(value.jobRunUpdated.status)) return value.jobRunUpdated.status
    }
  }
  const latencies: number[] = []
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { triggerSync } = await platform.graphql<{ triggerSync: { id: string } }>(
      'mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }',
      { id: connectorId },
    )
    const answered = performance.now()
    const first = await until(triggerSync.id, ['RUNNING', 'COMPLETED', 'FAILED', 'ERROR'])
    latencies.push(performance.now() - answered)
    const last = first === 'RUNNING' ? await until(triggerSync.id, ['COMPLETED', 'FAILED', 'ERROR']) : first
    if (last !== 'COMPLETED') throw new Error(`The run ended ${last}.`)
  }
  await events.return?.()
  return latencies
}
