/** What the destination says, in the terms of the catalogue. */

import { type FailurePlace, SyncError } from '@aiia/core/failures/failure'

/** Rows that the destination does not take although their types agree, such as an invalid byte sequence. */
const isDataError = (code: string): boolean => /^(22|23)/.test(code)

/** @returns a SyncError; what is one already stays as it is */
export const toDestinationError = (error: unknown, place: FailurePlace): Error => {
  if (error instanceof SyncError || !(error instanceof Error)) return error instanceof Error ? error : new Error(String(error))
  const { message } = error
  // SQLSTATE, or a socket's error code; the code of an AbortError is a number, and none of these.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (isDataError(code))
    return new SyncError('ROWS_REJECTED', `The destination refuses the rows: ${message} (SQLSTATE ${code}).`, { cause: error, place })
  // SQL of ours that the server does not understand is a defect of ours.
  if (code.startsWith('42') && code !== '42501') return error
  if (code !== '' || error.name === 'ConnectionLostError' || /connection|terminat/i.test(message)) {
    const detail = /^[0-9A-Z]{5}$/.test(code) ? ` (SQLSTATE ${code})` : ''
    return new SyncError('DESTINATION_UNAVAILABLE', `The destination cannot be written: ${message}${detail}.`, { cause: error, place })
  }
  return error
}
