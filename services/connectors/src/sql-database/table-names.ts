/** Names of tables as people write them: `orders`, `sales.orders`, or each part in the database's quotes. */

import { SyncError } from '@aiia/core/failures/failure'

export type TableName = { schema: string; name: string }

export type Naming = {
  /** Around a name; the second is doubled inside. */
  quotes: readonly [open: string, close: string]
  /** What a name without quotes stands for. */
  fold(name: string): string
}

export type TableNames = {
  /** @param home the schema of a name without one */
  parse(text: string, home: string): TableName
  quote(name: string): string
  print(table: TableName): string
}

const escaped = (character: string): string => `\\${character}`

export const tableNames = ({ quotes: [open, close], fold }: Naming): TableNames => {
  const [from, to] = [escaped(open), escaped(close)]
  const part = `(?:${from}((?:[^${to}]|${to}${to})+)${to}|([^${from}${to}.]+))`
  const pattern = new RegExp(`^${part}(?:\\.${part})?$`)
  const quote = (name: string): string => `${open}${name.replaceAll(close, close + close)}${close}`
  const partOf = (quoted: string | undefined, plain: string | undefined): string | undefined =>
    quoted?.replaceAll(close + close, close) ?? (plain === undefined ? undefined : fold(plain))
  return {
    quote,
    print: ({ schema, name }) => `${quote(schema)}.${quote(name)}`,
    parse: (text, home) => {
      const found = pattern.exec(text)
      if (found === null)
        throw new SyncError(
          'INVALID_QUERY',
          `"${text}" is no name of a table. Write table or schema.table, with a part that has dots in ${open}${close}.`,
        )
      const first = partOf(found[1], found[2]) ?? ''
      const second = partOf(found[3], found[4])
      return second === undefined ? { schema: home, name: first } : { schema: first, name: second }
    },
  }
}
