/** What naive reading finds in the pages of an answer that were served. */

import { isUtf8 } from 'node:buffer'
import { Violation } from '../reader.ts'
import type { Reading } from '../reading.ts'
import { type JsonNode, parseJson } from './json.ts'
import { isSameValue } from './json-value.ts'
import { recordsOf } from './records.ts'

/** What no text of Postgres can hold, or may be half of a character. */
const noText = /\\u(0000|d[89a-f])/i

/** As deep as the readers of answers follow, about. */
const deepest = 490

/** invalid: no JSON. deep: the readers may refuse it. nothing: there are no records where they should be. */
export type NaivePage = JsonNode[] | 'invalid' | 'deep' | 'nothing'

export const readNaively = (body: Buffer, path: readonly string[] | 'first-array'): NaivePage => {
  if (!isUtf8(body)) return 'invalid'
  const text = body.toString()
  const tree = parseJson(text.startsWith('\ufeff') ? text.slice(1) : text)
  if (tree === null) return 'invalid'
  if (tree.depth > deepest) return 'deep'
  return recordsOf(tree.root, path) ?? 'nothing'
}

/**
 * @param skipped the last page may have been left out, since it is the one before it again
 * @throws Violation
 */
export const compareWithPages = (pages: readonly NaivePage[], reading: Reading, isLastSkipped: boolean): void => {
  if (reading.error !== null) return
  const bad = pages.slice(0, isLastSkipped ? -1 : undefined).find((page) => page === 'invalid' || page === 'nothing')
  if (bad !== undefined) throw new Violation('what cannot be read is refused', `a page is ${JSON.stringify(bad)}, and there is no error`)
  const counts = pages.map((page) => (typeof page === 'string' ? 0 : page.length))
  const sum = counts.reduce((all, count) => all + count, 0)
  const came = reading.rows.length + reading.rejected.length
  if (came !== sum && !(isLastSkipped && came === sum - (counts.at(-1) ?? 0)))
    throw new Violation('no record is lost', `${came} of ${sum} records on ${pages.length} pages`)
}

/** @throws Violation where a column's value is not the record's */
export const compareValues = (records: readonly JsonNode[], reading: Reading): void => {
  const rejectedAt = new Set(reading.rejected.map(({ position }) => position))
  const rows = reading.rows.values()
  for (const [at, record] of records.entries()) {
    const isObject = record.kind === 'object'
    if (rejectedAt.has(at + 1)) {
      if (isObject && !noText.test(record.raw))
        throw new Violation('what can be read is read', `${JSON.stringify(reading.rejected)} for ${record.raw}`)
      continue
    }
    const row = rows.next().value ?? []
    if (!isObject) throw new Violation('what cannot be read is refused', record.raw)
    const members = new Map(record.members.map(([name, value]) => [asColumn(name), value]))
    for (const [column, { name }] of reading.columns.entries())
      if (!isSameValue(row[column] ?? null, members.get(name)))
        throw new Violation('values are as they stand', `"${name}" is ${row[column]?.toString()} of ${record.raw}`)
    if ([...members.keys()].some((name) => !reading.columns.some((column) => column.name === name)))
      throw new Violation('every member has a column', record.raw)
  }
}

/** Half of a pair of surrogates is no character that a column's name could have. */
const asColumn = (name: string): string => name.replaceAll(/[\ud800-\udfff]/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
