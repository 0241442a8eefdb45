/** Many small files: a store that is far away takes longer to begin with one than to send it. */

import type { Readable } from 'node:stream'
import type { FileStore, StoredFile } from './file-store.ts'

/** So many are opened before it is their turn; a large one would wait for too long with its transfer begun. */
const [most, largestBytes] = [4, 4_194_304]

export type OpenAhead = FileStore & {
  /** The files that will be opened as wholes, in this order. */
  plan(files: readonly StoredFile[]): void
  /** Ends the transfers whose turn has not come. */
  forget(): void
}

export const openAhead = (store: FileStore): OpenAhead => {
  let planned: readonly StoredFile[] = []
  const begun = new Map<StoredFile, Promise<Readable>>()
  const begin = (file: StoredFile): Promise<Readable> => {
    const opening = store.open(file)
    // What goes wrong is told when it is the file's turn.
    opening.then((transfer) => transfer.on('error', () => {})).catch(() => {})
    return opening
  }
  return {
    ...store,
    plan: (files) => {
      planned = files
    },
    open: (file, range) => {
      if (range !== undefined) return store.open(file, range)
      const opening = begun.get(file) ?? begin(file)
      begun.delete(file)
      const behind = planned.indexOf(file) + 1
      const next = behind === 0 ? [] : planned.slice(behind, behind + most)
      for (const small of next) if (small.size <= largestBytes && !begun.has(small)) begun.set(small, begin(small))
      return opening
    },
    forget: () => {
      for (const opening of begun.values()) opening.then((transfer) => transfer.destroy()).catch(() => {})
      begun.clear()
      planned = []
    },
  }
}
