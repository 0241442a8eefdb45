/** A source row that failed validation: it is kept, and told with what was wrong. */

export type RejectedRow = {
  stream: string
  /** Of the row in the extract, from 1; null where only the staged rows could be checked. */
  position: number | null
  /** Where it stands at the source, such as `in/2026-11.csv, line 17`; null where the position says it all. */
  place: string | null
  /** The row's primary key as text, where it has one. */
  key: string | null
  /** Column of the source that failed; `wholeRow` where the row itself could not be read. */
  column: string
  /** null: the value was NULL, or nobody may see it. */
  rawValue: string | null
  /** What the value should have been, as a sentence. */
  rule: string
  /**
   * The whole row as the source gave it, by column, so that it can be replayed alone after the mapping was corrected; null
   * where it cannot: it is too large, is not text, or holds values that nobody may see.
   */
  row: Record<string, string | null> | null
}

export const wholeRow = '(row)'
