/** Which files of a stream were read, as its state between runs and between ranges: by path the version that was. */

import { z } from 'zod'
import type { StoredFile } from './file-store.ts'

const stateSchema = z.object({ files: z.record(z.string(), z.string()) })

type State = z.output<typeof stateSchema>

const knownOf = (state: unknown): Map<string, string> => new Map(Object.entries(stateSchema.safeParse(state).data?.files ?? {}))

/** @param state null: nothing was read yet */
export const isNew = (state: unknown): ((file: StoredFile) => boolean) => {
  const known = knownOf(state)
  return ({ path, version }) => known.get(path) !== version
}

/** @param listed files that are gone by now are not remembered */
export const stateAfter = (state: unknown, listed: readonly StoredFile[], read: readonly StoredFile[]): State => {
  const known = knownOf(state)
  for (const { path, version } of read) known.set(path, version)
  const remembered = listed.flatMap(({ path }) => {
    const version = known.get(path)
    return version === undefined ? [] : [[path, version] as const]
  })
  return { files: Object.fromEntries(remembered) }
}
