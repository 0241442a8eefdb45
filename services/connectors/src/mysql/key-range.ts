/** Parts of a table, between two values of its primary key. */

import type { RowRange } from '@aiia/core/sync/source'
import mysql from 'mysql2'
import type { MysqlShape } from './describe.ts'
import { quote } from './table-name.ts'

/** How a value of a key is read as text, and written into a statement again. */
type KeyType = { read(column: string): string; write(text: string): string }

const asChars = (column: string): string => `CAST(${column} AS CHAR)`

const keyTypes: readonly [sourceType: RegExp, KeyType][] = [
  // As a string it would be compared as a floating-point number, which has no room for every bigint.
  [/^((tiny|small|medium|big)?int|decimal)\b/, { read: asChars, write: (text) => /^-?\d+(\.\d+)?$/.exec(text)?.[0] ?? 'NULL' }],
  [/^((var)?char|(tiny|medium|long)?text|date|datetime|timestamp)\b/, { read: asChars, write: (text) => mysql.escape(text) }],
  [/^(var)?binary\b/, { read: (column) => `HEX(${column})`, write: (text) => `X'${/^[0-9A-F]*$/.exec(text)?.[0] ?? ''}'` }],
]

/** Types such as enum are in another order in an index than in a comparison. */
const keyTypeOf = (sourceType: string): KeyType | undefined => keyTypes.find(([pattern]) => pattern.test(sourceType))?.[1]

type KeyColumn = KeyType & { name: string }

/** @returns null where the table has no key whose order ranges can follow */
const keyOf = ({ columns, primaryKey }: MysqlShape): KeyColumn[] | null => {
  const key = primaryKey.flatMap((name) => {
    const type = keyTypeOf(columns.find((column) => column.name === name)?.sourceType ?? '')
    return type === undefined ? [] : [{ ...type, name: quote(name) }]
  })
  return key.length > 0 && key.length === primaryKey.length ? key : null
}

export const hasKeyRanges = (shape: MysqlShape): boolean => keyOf(shape) !== null

/**
 * Compared column by column: of a row of values the server makes no use of the index.
 *
 * @param last how the last column is compared, the row of the key itself included or not
 */
const compared = (key: readonly KeyColumn[], values: readonly string[], way: '>' | '<', last: '>' | '<='): string => {
  const [first, ...others] = key
  if (first === undefined) throw new Error('A key has one column at least.')
  const value = first.write(values[0] ?? '')
  if (others.length === 0) return `${first.name} ${last} ${value}`
  return `(${first.name} ${way}= ${value} AND (${first.name} ${way} ${value} OR ${compared(others, values.slice(1), way, last)}))`
}

/** The conditions of a range, none for the whole table. */
export const within = (shape: MysqlShape, range: RowRange | null): string[] => {
  if (range === null) return []
  const key = keyOf(shape)
  if (key === null) throw new Error(`${shape.from} has no key that ranges can follow.`)
  const { after, upTo } = range
  return [...(after === null ? [] : [compared(key, after, '>', '>')]), ...(upTo === null ? [] : [compared(key, upTo, '<', '<=')])]
}

/** SQL that finds the key of the row that lies so many rows behind another, in columns named `key0`, `key1` and so on. */
export const boundQuery = (shape: MysqlShape, after: readonly string[] | null, rows: number): string => {
  const key = keyOf(shape) ?? []
  const conditions = within(shape, { after, upTo: null })
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const texts = key.map(({ name, read }, at) => `${read(name)} AS key${at}`)
  return `SELECT ${texts.join(', ')} FROM ${shape.from}${where} ORDER BY ${key.map(({ name }) => name).join(', ')} LIMIT 1 OFFSET ${rows - 1}`
}
