/** What can be done to a value on its way: the closed set, in the words of the console. */

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
  TRIM: { label: 'Trim spaces', description: 'Spaces at both ends go.', initial: { kind: 'TRIM' } },
  UPPER: { label: 'Upper case', description: 'Letters become capitals.', initial: { kind: 'UPPER' } },
  LOWER: { label: 'Lower case', description: 'Letters become small.', initial: { kind: 'LOWER' } },
  NULL_VALUES: {
    label: 'Texts for no value',
    description: 'A value that reads so is NULL, or the default where there is one. One a line; "" is the empty text.',
    initial: { kind: 'NULL_VALUES', values: ['N/A'] },
  },
  DATE_FORMAT: {
    label: 'Date format',
    description: 'How the source writes a date or a time: YYYY, MM, DD, HH, mm, ss and what stands between them.',
    initial: { kind: 'DATE_FORMAT', format: 'DD.MM.YYYY' },
  },
  DECIMAL_COMMA: { label: 'Decimal comma', description: 'Reads 1.234,56 as 1234.56.', initial: { kind: 'DECIMAL_COMMA' } },
  CONSTANT: { label: 'Constant', description: 'This value, whatever the source has.', initial: { kind: 'CONSTANT', value: '' } },
  SHA256: {
    label: 'Hash',
    description: 'A salted SHA-256: equal values stay equal, and nobody can read them.',
    initial: { kind: 'SHA256' },
  },
  MASK: { label: 'Mask', description: 'Stars for all but so many of the last characters.', initial: { kind: 'MASK', keep: 4 } },
}

export const transformKinds = Object.keys(transformLooks) as TransformKind[]

/** `Date format DD.MM.YYYY` */
export const transformInWords = (transform: Transform): string => {
  const { label } = transformLooks[transform.kind]
  switch (transform.kind) {
    case 'NULL_VALUES':
      return `${label}: ${transform.values.map(shownValue).join(', ')}`
    case 'DATE_FORMAT':
      return `${label} ${transform.format}`
    case 'CONSTANT':
      return `${label} “${transform.value}”`
    case 'MASK':
      return `${label} all but ${transform.keep}`
    default:
      return label
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
      return transform.values.length === 0 ? 'Name at least one text that stands for no value.' : null
    case 'DATE_FORMAT':
      return transform.format.trim() === '' ? 'Give the format, such as DD.MM.YYYY.' : null
    case 'MASK':
      return Number.isInteger(transform.keep) && transform.keep >= 0 ? null : 'How many characters stay is a whole number.'
    default:
      return null
  }
}

/** Of the API's JSON. What a later release may have added is dropped. */
export const transformsOf = (value: unknown): Transform[] =>
  Array.isArray(value) ? (value as Transform[]).filter(({ kind }) => transformKinds.includes(kind)) : []
