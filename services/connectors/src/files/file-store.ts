/** Where files come from: a folder, a bucket, a server. What reads their formats needs no more of it than this. */

import type { Readable } from 'node:stream'

export type StoredFile = {
  /** From the store's root, with `/` between its parts and none in front: `in/2026-11.csv`. */
  path: string
  size: number
  /** Changes when the content does: etag, or size and time. */
  version: string
  modifiedAt: Date | null
}

/** Methods fail with SyncError. The store ends what is under way itself when the session's signal is aborted. */
export type FileStore = {
  /** All files whose path may match, in the order of their paths; `prefix` is what no wildcard stands in front of. */
  list(prefix: string): AsyncIterable<StoredFile>
  /**
   * Bytes from `from` up to `to` (exclusive), or all. The stream fails with SyncError too, and may be destroyed early.
   * `version` is checked where the store can.
   */
  open(file: StoredFile, range?: { from: number; to: number }): Promise<Readable>
  close(): Promise<void>
}
