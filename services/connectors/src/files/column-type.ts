/** Finds the Postgres type that holds all values of a column, from the text of some of them. */

const localTime = 'timestamp without time zone'

const shapes: readonly [type: string, pattern: RegExp][] = [
  // Of nineteen digits not all numbers fit.
  ['bigint', /^-?(0|[1-9]\d{0,17}|[1-8]\d{18})$/],
  // A number that begins with zeros is an identifier; one with an exponent and nothing else of a number, such as 12E4, may be.
  ['numeric', /^-?(0|[1-9]\d*|(?=\.\d))(\.\d+)?([eE][+-]\d{1,3})?$/],
  ['boolean', /^(true|false)$/],
  ['date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/],
  [localTime, /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/],
  [
    'timestamp with time zone',
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]\d\d(:?\d\d)?)$/,
  ],
  ['uuid', /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i],
]

/** Of one value; what is like nothing else is text. */
export const typeOfText = (text: string): string => shapes.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text'

/** The type that holds both. */
const both = (one: string, other: string): string => {
  if (one === other) return one
  const types = new Set([one, other])
  if (types.has('jsonb')) return 'jsonb'
  if (types.has('bigint') && types.has('numeric')) return 'numeric'
  // A date is the midnight at which it begins.
  return types.has('date') && types.has(localTime) ? localTime : 'text'
}

/** One column. */
export class TypeGuess {
  #type: string | null = null

  /** @param type of a value that is not NULL */
  see(type: string): void {
    this.#type = this.#type === null ? type : both(this.#type, type)
  }

  /** Text where no value was seen. */
  get type(): string {
    return this.#type ?? 'text'
  }
}
