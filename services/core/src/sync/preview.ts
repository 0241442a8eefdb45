/** A dry run of a stream's mapping over its first rows: nothing is stored. */

export type StreamPreview = {
  /** Columns of the source. */
  before: string[]
  /** Columns of the destination. */
  after: { name: string; type: string }[]
  rows: PreviewRow[]
}

export type PreviewRow = {
  /** Values as texts, in the order of the columns; null: NULL. */
  before: (string | null)[]
  /** null: the row is rejected. */
  after: (string | null)[] | null
  rejected: { column: string; rule: string } | null
}
