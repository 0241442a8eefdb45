/** Columns from the first records: a Postgres type that holds every value that was seen. */

import type { SourceColumn } from '@aiia/core/sync/source'
import type { ValueKind } from '../json/record-scanner.ts'

export type SampleMember = { name: string; kind: ValueKind; text: string }

/** What was seen of the values of one member. */
type Seen = { kinds: Set<ValueKind>; integers: boolean; strings: TextType | null }

type TextType = 'text' | 'date' | 'timestamp with time zone' | 'timestamp without time zone'

const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?`
const datePattern = new RegExp(`^${day}$`)
const localPattern = new RegExp(`^${day}[T ]${clock}$`)
const instantPattern = new RegExp(`^${day}[T ]${clock}(?:Z|[+-]\\d{2}(?::?\\d{2})?)$`)

const textTypeOf = (text: string): TextType => {
  if (datePattern.test(text)) return 'date'
  if (instantPattern.test(text)) return 'timestamp with time zone'
  return localPattern.test(text) ? 'timestamp without time zone' : 'text'
}

const smallestBigint = -(2n ** 63n)

const isBigint = (text: string): boolean => {
  if (!/^-?\d+$/.test(text)) return false
  const value = text.length < 18 ? 0n : BigInt(text)
  return value >= smallestBigint && value < -smallestBigint
}

/** @param records the members of each, in their order */
export const inferColumns = (records: readonly (readonly SampleMember[])[]): SourceColumn[] => {
  const members = new Map<string, Seen>()
  for (const { name, kind, text } of records.flat()) {
    const seen = members.get(name) ?? { kinds: new Set(), integers: true, strings: null }
    members.set(name, seen)
    if (kind === 'null') continue
    seen.kinds.add(kind)
    if (kind === 'number') seen.integers &&= isBigint(text)
    if (kind === 'string') {
      const type = textTypeOf(text)
      seen.strings = seen.strings === null || seen.strings === type ? type : 'text'
    }
  }
  return [...members].map(([name, seen]) => ({ name, sourceType: sourceTypeOf(seen), type: typeOf(seen), nullable: true }))
}

const sourceTypeOf = ({ kinds }: Seen): string => (kinds.size === 0 ? 'null' : [...kinds].sort().join(' or '))

const typeOf = ({ kinds, integers, strings }: Seen): string => {
  if (kinds.has('object') || kinds.has('array')) return 'jsonb'
  if (kinds.size !== 1) return 'text'
  if (kinds.has('boolean')) return 'boolean'
  if (kinds.has('number')) return integers ? 'bigint' : 'numeric'
  return strings ?? 'text'
}
