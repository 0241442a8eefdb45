/** The bytes of a file as the store has them; leaving early, or aborting the session, ends the transfer. */

import type { FileStore, StoredFile } from '../file-store.ts'

export type FileAccess = { store: FileStore; signal: AbortSignal }

export async function* storedBytes(
  { store, signal }: FileAccess,
  file: StoredFile,
  range?: { from: number; to: number },
): AsyncGenerator<Buffer, void, void> {
  signal.throwIfAborted()
  const transfer = await store.open(file, range)
  const abort = (): void => void transfer.destroy(signal.reason as Error)
  // One that was aborted while it was opened.
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    for await (const chunk of transfer) {
      signal.throwIfAborted()
      yield chunk as Buffer
    }
  } finally {
    signal.removeEventListener('abort', abort)
    transfer.destroy()
  }
}
