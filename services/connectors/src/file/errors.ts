/** What the worker's file system says, in the terms of the catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import { codeOf, messageOf } from '../network/errors.ts'

/** @param what is read: `The file in/2026.csv` */
export const toFileSystemError = (error: unknown, what: string): unknown => {
  const code = codeOf(error)
  // What was aborted, and what is ours.
  if (error instanceof SyncError || !/^E[A-Z\d]+$/.test(code)) return error
  const failed = (failure: 'PERMISSION_DENIED' | 'INVALID_FILE' | 'SOURCE_UNAVAILABLE', message: string): SyncError =>
    new SyncError(failure, `${what} ${message}.`, { cause: error })
  if (code === 'EACCES' || code === 'EPERM') return failed('PERMISSION_DENIED', 'may not be read by the worker’s user')
  if (code === 'ENOENT') return failed('INVALID_FILE', 'does not exist where the worker runs')
  if (code === 'ENOTDIR') return failed('INVALID_FILE', 'is no folder')
  if (code === 'ELOOP') return failed('INVALID_FILE', 'is a link that leads to itself')
  return failed('SOURCE_UNAVAILABLE', `cannot be read now: ${messageOf(error)}`)
}
