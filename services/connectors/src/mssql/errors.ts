/** What SQL Server says, by the numbers of sys.messages. */

import { codeOf } from '../network/errors.ts'
import type { ErrorBook } from '../sql-database/error-book.ts'

/** From here on the server ends the connection. */
const fatalClass = 20

/** Errors of one answer come together; the first is what went wrong. */
const firstOf = (error: unknown): unknown => (error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error)

type Told = { number?: unknown; class?: unknown; lineNumber?: unknown; message: string }

const isFatal = (error: unknown): boolean => {
  const { class: severity } = error as Told
  return typeof severity === 'number' && severity >= fatalClass
}

export const errorBook: ErrorBook = {
  product: 'a SQL Server',
  sayingOf: (error) => {
    const first = firstOf(error)
    if (!(first instanceof Error)) return null
    const { number, lineNumber, message } = first as Told
    if (typeof number !== 'number') return null
    return {
      number,
      code: `error ${number}`,
      text: message,
      line: typeof lineNumber === 'number' && lineNumber > 0 ? lineNumber : undefined,
    }
  },
  isLost: (error) => {
    const first = firstOf(error)
    return isFatal(first) || /^(ESOCKET|ECLOSE|EINVALIDSTATE)$/.test(codeOf(first))
  },
  signInRefused: [4060, 4064, 18_452, 18_456, 18_470, 18_486, 18_487, 18_488],
  forbidden: [229, 230, 262, 297, 300, 371, 916],
  unavailable: [
    // Locks, deadlocks and snapshots that a change of the schema has broken.
    1205, 1222, 3951, 3960, 3961,
    // Out of memory or of space.
    701, 802, 1101, 1105, 8645, 9002,
    // Starting, stopping, restoring, failing over, in single-user mode.
    921, 922, 927, 952, 976, 978, 983, 6005, 17_142, 18_401, 18_461,
    // Azure: busy, or throttled.
    10_928, 10_929, 40_197, 40_501, 40_613, 49_918, 49_919, 49_920,
  ],
  interrupted: [3617],
  ended: [596, 6001],
  missing: [207, 208, 4104],
}
