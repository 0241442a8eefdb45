/** Parts of a stream of many files: whole files, between two paths. */

import type { Bound, RowRange } from '@aiia/core/sync/source'
import type { StoredFile } from './file-store.ts'

/** By the paths alone: what is listed may have changed since the bounds were found. */
export const filesWithin = (files: readonly StoredFile[], range: RowRange | null): readonly StoredFile[] => {
  const [after, upTo] = [range?.after?.[0], range?.upTo?.[0]]
  return files.filter(({ path }) => (after === undefined || path > after) && (upTo === undefined || path <= upTo))
}

/**
 * The path of the file with which as many bytes are complete, counted behind another path; null where no file follows it.
 *
 * @param files in the order of their paths
 */
export const boundOfBytes = (files: readonly StoredFile[], { after, bytes }: { after: Bound | null; bytes: number }): Bound | null => {
  const behind = filesWithin(files, { after, upTo: null })
  let sum = 0
  const at = behind.findIndex(({ size }) => {
    sum += size
    return sum >= bytes
  })
  const file = behind[at]
  return file === undefined || at === behind.length - 1 ? null : [file.path]
}
