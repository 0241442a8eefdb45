/** What is wrong with a file, before it is known to people which file that is. */

import { SyncError } from '@aiia/core/failures/failure'

/** The message goes on behind the file's name: `has no header`. */
export class BadFileError extends Error {}

/** As the run tells it; what is no fault of the file passes as it is. */
export const toFileError = (error: unknown, path: string): unknown =>
  error instanceof BadFileError ? new SyncError('INVALID_FILE', `The file ${path} ${error.message}.`, { cause: error.cause }) : error
