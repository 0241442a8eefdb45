/** Parts of a table, between two values of its primary key. */

import type { RowRange, Since } from '@aiia/core/sync/source'
import pg from 'pg'
import type { PostgresShape } from './describe.ts'

/** A row of the key's values, each as its column's type, so that it is compared in the column's own order. */
const valuesOf = (shape: PostgresShape, key: readonly string[]): string => {
  const values = shape.primaryKey.map((name, at) => {
    const type = shape.columns.find((column) => column.name === name)?.sourceType
    const value = key[at]
    if (type === undefined || value === undefined) throw new Error(`The key has no value for its column "${name}".`)
    return `${pg.escapeLiteral(value)}::${type}`
  })
  return `(${values.join(', ')})`
}

const keyOf = ({ primaryKey }: PostgresShape): string => primaryKey.map((name) => pg.escapeIdentifier(name)).join(', ')

const newer = ({ columns }: PostgresShape, { column, value, inclusive }: Since): string => {
  const name = pg.escapeIdentifier(column)
  const found = columns.find((of) => of.name === column)
  const condition = `${name} ${inclusive ? '>=' : '>'} ${pg.escapeLiteral(value)}${found === undefined ? '' : `::${found.type}`}`
  return found?.nullable === false || !inclusive ? condition : `(${condition} OR ${name} IS NULL)`
}

/** The condition, with what leads to it; nothing for the whole table. */
export const within = (shape: PostgresShape, range: RowRange | null, since: Since | null): string => {
  const { after = null, upTo = null } = range ?? {}
  const conditions = [
    ...(since === null ? [] : [newer(shape, since)]),
    ...(after === null ? [] : [`(${keyOf(shape)}) > ${valuesOf(shape, after)}`]),
    ...(upTo === null ? [] : [`(${keyOf(shape)}) <= ${valuesOf(shape, upTo)}`]),
  ]
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

/** The key of the row that lies so many rows behind another, found in the index. */
export const findBound = async (
  client: pg.Client,
  shape: PostgresShape,
  after: readonly string[] | null,
  rows: number,
): Promise<string[] | null> => {
  const texts = shape.primaryKey.map((name) => `${pg.escapeIdentifier(name)}::text`).join(', ')
  const found = await client.query<{ key: string[] }>(
    `SELECT ARRAY[${texts}] AS key FROM ${shape.from}${within(shape, { after, upTo: null }, null)} ORDER BY ${keyOf(shape)} OFFSET ${rows - 1} LIMIT 1`,
  )
  return found.rows[0]?.key ?? null
}
