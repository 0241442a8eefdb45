/** What a mapping does to values while they are still text: compiled into an encoder that does it on the way. */

import type { Transform } from '@aiia/core/sync/mapping'
import type { Encoder } from './text-encoders/encoder.ts'
import { asLower, asUpper, masked, nullAt, salted, trimmed } from './value-transforms/characters.ts'
import { dateWrittenAs } from './value-transforms/date-format.ts'
import { decimalComma } from './value-transforms/decimal-comma.ts'
import type { Step } from './value-transforms/text.ts'

export type TransformOptions = {
  /** Key of the hashes. */
  salt: Buffer
  /** Taken where NULL_VALUES leave no value, as it is; null: NULL is. */
  instead: Buffer | null
}

/**
 * An encoder that does the transforms in their order, and gives what comes out to `encode`.
 *
 * @throws Error for a date format that `checkDateFormat` refuses
 */
export const transformed = (transforms: readonly Transform[], encode: Encoder, { salt, instead }: TransformOptions): Encoder => {
  // Nothing in front of a constant counts, not even a value that is none.
  const steps = transforms
    .slice(
      Math.max(
        0,
        transforms.findLastIndex(({ kind }) => kind === 'CONSTANT'),
      ),
    )
    .map((transform) => stepOf(transform, salt))
  const text = { source: nothing, from: 0, to: 0 }
  return (source, from, to, out) => {
    text.source = source
    text.from = from
    text.to = to
    for (const step of steps) {
      if (step(text)) continue
      if (instead === null) out.writeNull()
      else encode(instead, 0, instead.length, out)
      return
    }
    encode(text.source, text.from, text.to, out)
  }
}

const nothing: Buffer = Buffer.alloc(0)

const stepOf = (transform: Transform, salt: Buffer): Step => {
  switch (transform.kind) {
    case 'TRIM':
      return trimmed
    case 'UPPER':
      return asUpper()
    case 'LOWER':
      return asLower()
    case 'NULL_VALUES':
      return nullAt(transform.values)
    case 'DATE_FORMAT':
      return dateWrittenAs(transform.format)
    case 'DECIMAL_COMMA':
      return decimalComma()
    case 'CONSTANT':
      return constant(Buffer.from(transform.value))
    case 'SHA256':
      return salted(salt)
    case 'MASK':
      return masked(transform.keep)
  }
}

const constant =
  (value: Buffer): Step =>
  (text) => {
    text.source = value
    text.from = 0
    text.to = value.length
    return true
  }
