/** The kind `mssql`, without its driver. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'
import { addressOf, databaseSettings, describeServer } from '../sql-database/settings.ts'

export const settingsSchema = databaseSettings(1433).extend({
  instance: z
    .string()
    .trim()
    .regex(/^[\p{L}_][\p{L}\p{N}_$#-]*$/u, 'The name of an instance.')
    .optional()
    .meta({
      title: 'Named instance',
      description:
        'Its port is asked of the SQL Server Browser at UDP port 1434, instead of the port above. Leave empty for a default instance.',
      examples: ['SQLEXPRESS'],
    }),
})

export type MssqlSettings = z.output<typeof settingsSchema>

/** `mssql://sap_read@10.140.2.14:1433/production`. */
export const printAddress = (settings: MssqlSettings): string =>
  `${addressOf('mssql', settings)}${settings.instance === undefined ? '' : `?instance=${encodeURIComponent(settings.instance)}`}`

export const mssqlKind: ConnectorKind = {
  kind: 'mssql',
  label: 'Microsoft SQL Server',
  description: 'Tables, views and custom SQL of a SQL Server or Azure SQL database.',
  verified: false,
  capabilities: { sql: true, incremental: 'CURSOR', chunks: false, parallel: false, controlTotals: true },
  ...describeServer(settingsSchema, { address: printAddress, database: ({ database, instance }) => ({ database, instance }) }),
}
