/** How long it takes from the answer of `triggerSync` until a subscriber sees the run RUNNING. */

import { performance } from 'node:perf_hooks'
import type { Platform } from '@aiia/testkit/platform'

/** @returns milliseconds of each try; below zero when the event came before the answer */
export const triggerLatencies = async (platform: Platform, connectorId: string, tries: number): Promise<number[]> => {
  const seen = new Map<string, (at: number) => void>()
  const running = new Map<string, number>()
  const ended = new Map<string, () => void>()
  const events = platform.subscribe<{ jobRunUpdated: { id: string; status: string } }>(
    'subscription ($connectorId: ID!) { jobRunUpdated(connectorId: $connectorId) { id status } }',
    { connectorId },
  )
  const listening = (async () => {
    for await (const { jobRunUpdated: run } of events) {
      if (run.status !== 'PENDING' && !running.has(run.id)) {
        running.set(run.id, performance.now())
        seen.get(run.id)?.(performance.now())
      }
      if (run.status === 'COMPLETED') ended.get(run.id)?.()
    }
  })()
  const latencies: number[] = []
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { triggerSync } = await platform.graphql<{ triggerSync: { id: string } }>(
      'mutation ($id: ID!) { triggerSync(connectorId: $id) { id } }',
      {
        id: connectorId,
      },
    )
    const answered = performance.now()
    const end = new Promise<void>((resolve) => ended.set(triggerSync.id, resolve))
    const at = running.get(triggerSync.id) ?? (await new Promise<number>((resolve) => seen.set(triggerSync.id, resolve)))
    latencies.push(at - answered)
    await end
  }
  await events.return?.()
  await listening
  return latencies
}
