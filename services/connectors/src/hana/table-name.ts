/** Names of HANA: without quotes they stand for upper case. */

import { tableNames } from '../sql-database/table-names.ts'

export const {
  parse: parseTableName,
  print: printTableName,
  quote,
} = tableNames({ quotes: ['"', '"'], fold: (name) => name.toUpperCase() })
