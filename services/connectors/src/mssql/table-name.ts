/** Names of SQL Server; which case counts is the database's own affair. */

import { tableNames } from '../sql-database/table-names.ts'

export const { parse: parseTableName, print: printTableName, quote } = tableNames({ quotes: ['[', ']'], fold: (name) => name })
