/** The kind `postgres`, without its driver. */

import type { ConnectorKind } from '../kinds.ts'
import { databaseSettings, describeSettings } from '../sql-database/settings.ts'

export const settingsSchema = databaseSettings(5432)

export const scheme = 'postgresql'

export const postgresKind: ConnectorKind = {
  kind: 'postgres',
  label: 'PostgreSQL',
  description: 'Tables, views and custom SQL of a PostgreSQL database.',
  verified: true,
  capabilities: { sql: true, incremental: 'CURSOR', chunks: true, parallel: true, controlTotals: true },
  ...describeSettings(scheme, settingsSchema),
}
