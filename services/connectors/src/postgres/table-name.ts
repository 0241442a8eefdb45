/** Names of tables as people write them: `public.bseg`, `"My Schema"."Täble ""x"""`. */

import { SyncError } from '@aiia/core/failures/failure'

export type TableName = { schema: string; name: string }

const part = /"(?:[^"]|"")+"|[^".]+/y

/** Unquoted names are folded to small letters, as Postgres does; without a schema it is `public`. */
export const parseTableName = (text: string): TableName => {
  const parts: string[] = []
  for (let at = 0; ; at += 1) {
    part.lastIndex = at
    const found = part.exec(text)?.[0]
    if (found === undefined) throw unreadable(text)
    parts.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found.trim().toLowerCase())
    at += found.length
    if (at === text.length) break
    if (text[at] !== '.') throw unreadable(text)
  }
  const [first, second] = parts
  if (first === undefined || parts.length > 2) throw unreadable(text)
  return second === undefined ? { schema: 'public', name: first } : { schema: first, name: second }
}

const unreadable = (text: string): SyncError =>
  new SyncError(
    'COLUMN_MISSING',
    `"${text}" is not the name of a table. Write schema.name, with double quotes around names that need them.`,
  )

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const printTableName = ({ schema, name }: TableName): string => `${quote(schema)}.${quote(name)}`
