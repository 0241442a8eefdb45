/** Platforms for the tries: one at a time, kept while the next try asks for the same, thrown away after one that failed. */

import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import type { Backend } from './scenario.ts'
import type { StageOptions, StageParts } from './stage.ts'

export type Platforms = {
  /** @returns one that runs with these options */
  give(backend: Backend, options?: StageOptions): Promise<StageParts>
  /** What its processes wrote. */
  output(): string
  /** The next try gets a new one. */
  discard(): Promise<void>
  stop(): Promise<void>
}

export const createPlatforms = async (): Promise<Platforms> => {
  // A server of its own, so that the platform's can be killed without it.
  const sources: TestPostgres = await startPostgres()
  let current: { key: string; platform: Platform } | undefined
  const discard = async (): Promise<void> => {
    const { platform } = current ?? {}
    current = undefined
    await platform?.stop()
  }
  return {
    give: async (backend, options = {}) => {
      const key = JSON.stringify([backend, options])
      if (current?.key !== key) {
        await discard()
        current = { key, platform: await startPlatform({ backend, proxied: true, ...options }) }
      }
      return { backend, platform: current.platform, sources }
    },
    output: () =>
      Object.entries(current?.platform.processes ?? {})
        .map(([name, process]) => `== ${name}\n${process.output()}`)
        .join('\n'),
    discard,
    stop: async () => {
      await discard()
      await sources.stop()
    },
  }
}
