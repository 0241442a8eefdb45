/** What Oracle says, by its ORA numbers, and what its driver says of the connection. */

import { codeOf, messageOf } from '../network/errors.ts'
import type { ErrorBook } from '../sql-database/error-book.ts'

/** What the driver has a number of its own for: a listener that does not know the service, or the SID. */
const listenerSays: Readonly<Record<string, number>> = { 'NJS-518': 12_514, 'NJS-519': 12_505 }

const lineOf = (error: unknown): number | undefined =>
  error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : undefined

export const errorBook: ErrorBook = {
  product: 'an Oracle listener',
  sayingOf: (error) => {
    const [code, text] = [codeOf(error), messageOf(error)]
    if (errorBook.isLost(error)) return null
    // The listener's reason stands in the words of an error of the driver.
    const number = listenerSays[code] ?? Number(/^ORA-(\d+)/.exec(code)?.[1] ?? /\bORA-(\d+)/.exec(text)?.[1])
    if (!(number > 0)) return null
    return {
      number,
      code: `ORA-${String(number).padStart(5, '0')}`,
      text: text.replace(/^(ORA|NJS)-\d+: /, '').split('\n')[0] ?? '',
      line: lineOf(error),
    }
  },
  isLost: (error) => /^NJS-(003|500|501|521)$/.test(codeOf(error)),
  signInRefused: [1005, 1017, 28_000, 28_001],
  forbidden: [1031, 1045, 1720, 1749, 41_900],
  unavailable: [
    // Full: processes, sessions, memory, space for sorting and for old versions.
    18, 20, 1652, 2391, 4031, 12_516, 12_518, 12_519, 12_520, 30_036,
    // Starting, stopping, or not known to the listener, which a database that is down is not.
    1033, 1034, 1035, 1089, 1109, 12_505, 12_514, 12_526, 12_528,
    // Locks, and what was overtaken by others' changes.
    54, 60, 1466, 1555, 8103, 8176, 22_924,
  ],
  interrupted: [40, 1013, 2393, 2395],
  ended: [28, 1012, 1092, 2396, 2399, 3113, 3114, 3135, 12_537],
  missing: [904, 942],
}
