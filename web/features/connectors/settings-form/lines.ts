/** Lists that a form shows as text, an entry a line. */

import * as t from '@/texts/settings-form-fields.ts'
import { printed } from './json-schema.ts'

export type LineForm =
  /** `{"status": "open"}` as `status: open` */
  | 'record'
  /** `[{"name": "amount", "type": "numeric(15,2)"}]` as `amount: numeric(15,2)` */
  | { pair: readonly [string, string] }
  /** `["a", "b"]` */
  | 'list'

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A value may hold colons, a name before its type as well: the one that parts them is the first, or the last. */
const parted = (line: string, at: number): [string, string] => [line.slice(0, at).trim(), line.slice(at + 1).trim()]

export const printLines = (form: LineForm, value: unknown): string => {
  if (value === null || typeof value !== 'object') return ''
  if (form === 'list') return Object.values(value).map(String).join('\n')
  if (form === 'record')
    return Object.entries(value)
      .map(([name, own]) => `${name}: ${String(own)}`)
      .join('\n')
  const [first, second] = form.pair
  return Object.values(value)
    .map((entry: Record<string, unknown>) => `${printed(entry[first])}: ${printed(entry[second])}`)
    .join('\n')
}

export const parseLines = (form: LineForm, text: string): unknown => {
  const lines = linesOf(text)
  if (form === 'list') return lines
  if (form === 'record') return Object.fromEntries(lines.map((line) => parted(line, line.indexOf(':'))))
  const [first, second] = form.pair
  return lines.map((line) => {
    const [name, own] = parted(line, line.lastIndexOf(':'))
    return { [first]: name, [second]: own }
  })
}

/** The first line that is none of the form, as a sentence; null where all are. */
export const lineProblem = (form: LineForm, text: string): string | null => {
  if (form === 'list') return null
  const wrong = linesOf(text).find((line) => !/^[^:].*:./.test(line))
  if (wrong === undefined) return null
  return form === 'record' ? t.noNamedValue(wrong) : t.noPair(wrong, ...form.pair)
}
