/** Names of tables as people write them: `orders`, `sales.orders`, or each part in backticks. */

import { SyncError } from '@aiia/core/failures/failure'

export type TableName = { schema: string; name: string }

const part = '(?:`((?:[^`]|``)+)`|([^`.]+))'
const pattern = new RegExp(`^${part}(?:\\.${part})?$`)

/** @param database that a name without one belongs to */
export const parseTableName = (text: string, database: string): TableName => {
  const found = pattern.exec(text)
  if (found === null)
    throw new SyncError(
      'INVALID_QUERY',
      `"${text}" is no name of a table. Write table or database.table, with a part that has dots in backticks.`,
    )
  const first = found[1]?.replaceAll('``', '`') ?? found[2] ?? ''
  const second = found[3]?.replaceAll('``', '`') ?? found[4]
  return second === undefined ? { schema: database, name: first } : { schema: first, name: second }
}

export const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``

export const printTableName = ({ schema, name }: TableName): string => `${quote(schema)}.${quote(name)}`
