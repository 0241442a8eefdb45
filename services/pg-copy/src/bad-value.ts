/** The failure of a value that its column cannot take. */

/** The text is none of the column's type, or Postgres would refuse it, and with it all rows of the COPY. */
export class BadValueError extends Error {
  /** What the value breaks, as the end of a sentence: `is not a date`. */
  readonly rule: string

  constructor(rule: string) {
    super(`The value ${rule}.`)
    this.rule = rule
  }
}
