/** What HANA says, by the numbers of SYS.M_ERROR_CODES, and what its driver says of the connection. */

import { codeOf, messageOf } from '../network/errors.ts'
import type { ErrorBook } from '../sql-database/error-book.ts'

/** The driver puts the server's number where others have the name of an error. */
const numberOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined

export const errorBook: ErrorBook = {
  product: 'an SAP HANA database',
  sayingOf: (error) => {
    const number = numberOf(error)
    return number === undefined ? null : { number, code: `error ${number}`, text: messageOf(error) }
  },
  // Before the first answer, the driver puts what the network says into words of its own.
  isLost: (error) =>
    codeOf(error) === 'EHDBCLOSE' || (codeOf(error) === 'EHDBOPENCONN' && /hung up|ECONNRESET|EPIPE/.test(messageOf(error))),
  // Wrong password, deactivated, no password yet, to be changed first, locked.
  signInRefused: [10, 332, 414, 415, 416],
  forbidden: [258],
  unavailable: [
    // Out of memory; locks, deadlocks and serialisation; starting, or without a licence.
    4, 129, 131, 133, 138, 146, 437, 1299,
  ],
  interrupted: [139, 613],
  // The last two are of SAP's own client.
  ended: [595, 596, -10_709, -10_807],
  missing: [259, 260, 362],
}
