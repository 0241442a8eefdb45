/** What each type has: a function that writes one value, the length first and then its bytes. */

import type { CopyWriter } from '../copy-writer.ts'

/**
 * Writes the value that stands in `source` from `from` up to `to`.
 *
 * @throws BadValueError before anything of the value is written
 */
export type Encoder = (source: Buffer, from: number, to: number, out: CopyWriter) => void
