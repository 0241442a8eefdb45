/** The kind `hana`, without its driver. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'
import { addressOf, databaseSettings, describeServer } from '../sql-database/settings.ts'

export const settingsSchema = databaseSettings(30_015).extend({
  database: z
    .string()
    .trim()
    .min(1)
    .optional()
    .meta({
      title: 'Tenant database',
      description:
        'Name of a tenant, whose port is asked of the system database at the port above, such as 30013. Leave empty for the tenant at that port itself.',
      examples: ['PRD'],
    }),
})

export type HanaSettings = z.output<typeof settingsSchema>

/** `hana://sap_read@10.140.2.14:30013/PRD`. */
export const printAddress = (settings: HanaSettings): string => addressOf('hana', { ...settings, database: settings.database ?? '' })

export const hanaKind: ConnectorKind = {
  kind: 'hana',
  label: 'SAP HANA',
  description: 'Tables, views and custom SQL of an SAP HANA database, on premise or in the cloud.',
  verified: false,
  capabilities: { sql: true, incremental: 'CURSOR', chunks: false, parallel: false, controlTotals: true },
  ...describeServer(settingsSchema, { address: printAddress, database: ({ database }) => ({ database }) }),
}
