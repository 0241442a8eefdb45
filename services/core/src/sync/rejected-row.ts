/** A source row that failed validation: it is kept, and told with what was wrong. */

export type RejectedRow = {
  stream: string
  /** Of the row in the extract, from 1; null where only the staged rows could be checked. */
  position: number | null
  /** The row's primary key as text, where it has one. */
  key: string | null
  column: string
  /** null: the value was NULL. */
  rawValue: string | null
  /** What the value should have been, as a sentence. */
  rule: string
}
