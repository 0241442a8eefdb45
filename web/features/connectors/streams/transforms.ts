/** What can be done to a value on its way: the closed set, in the words of the console. */

import * as t from '@/texts/transforms.ts'

export type Transform =
  | { kind: 'TRIM' }
  | { kind: 'UPPER' }
  | { kind: 'LOWER' }
  | { kind: 'NULL_VALUES'; values: string[] }
  | { kind: 'DATE_FORMAT'; format: string }
  | { kind: 'DECIMAL_COMMA' }
  | { kind: 'CONSTANT'; value: string }
  | { kind: 'SHA256' }
  | { kind: 'MASK'; keep: number }

export type TransformKind = Transform['kind']

type Look = { label: string; description: string /** As it is added, to be filled in. */; initial: Transform }

/** In the order in which a menu offers them. */
export const transformLooks: Record<TransformKind, Look> = {
  TRIM: { label: t.trim, description: t.trimHint, initial: { kind: 'TRIM' } },
  UPPER: { label: t.upper, description: t.upperHint, initial: { kind: 'UPPER' } },
  LOWER: { label: t.lower, description: t.lowerHint, initial: { kind: 'LOWER' } },
  NULL_VALUES: { label: t.nullValues, description: t.nullValuesHint, initial: { kind: 'NULL_VALUES', values: ['N/A'] } },
  DATE_FORMAT: { label: t.dateFormat, description: t.dateFormatHint, initial: { kind: 'DATE_FORMAT', format: 'DD.MM.YYYY' } },
  DECIMAL_COMMA: { label: t.decimalComma, description: t.decimalCommaHint, initial: { kind: 'DECIMAL_COMMA' } },
  CONSTANT: { label: t.constant, description: t.constantHint, initial: { kind: 'CONSTANT', value: '' } },
  SHA256: { label: t.sha256, description: t.sha256Hint, initial: { kind: 'SHA256' } },
  MASK: { label: t.mask, description: t.maskHint, initial: { kind: 'MASK', keep: 4 } },
}

export const transformKinds = Object.keys(transformLooks) as TransformKind[]

/** `Date format DD.MM.YYYY` */
export const transformInWords = (transform: Transform): string => {
  switch (transform.kind) {
    case 'NULL_VALUES':
      return t.nullValuesOf(transform.values.map(shownValue))
    case 'DATE_FORMAT':
      return t.dateFormatOf(transform.format)
    case 'CONSTANT':
      return t.constantOf(transform.value)
    case 'MASK':
      return t.maskOf(transform.keep)
    default:
      return transformLooks[transform.kind].label
  }
}

const shownValue = (value: string): string => (value === '' ? '""' : value)

export const printValues = (values: readonly string[]): string => values.map(shownValue).join('\n')

export const parseValues = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line === '""' ? '' : line))

/** What is missing of it, as a sentence; null where nothing is. */
export const transformProblem = (transform: Transform): string | null => {
  switch (transform.kind) {
    case 'NULL_VALUES':
      return transform.values.length === 0 ? t.nullValuesMissing : null
    case 'DATE_FORMAT':
      return transform.format.trim() === '' ? t.dateFormatMissing : null
    case 'MASK':
      return Number.isInteger(transform.keep) && transform.keep >= 0 ? null : t.maskKeepWrong
    default:
      return null
  }
}

/** Of the API's JSON. What a later release may have added is dropped. */
export const transformsOf = (value: unknown): Transform[] =>
  Array.isArray(value) ? (value as Transform[]).filter(({ kind }) => transformKinds.includes(kind)) : []
