/** The kind `mysql`, without its driver. */

import type { ConnectorKind } from '../kinds.ts'
import { databaseSettings, describeSettings } from '../sql-database/settings.ts'

export const settingsSchema = databaseSettings(3306)

export const scheme = 'mysql'

export const mysqlKind: ConnectorKind = {
  kind: 'mysql',
  label: 'MySQL, MariaDB',
  description: 'Tables, views and custom SQL of a MySQL or MariaDB database.',
  verified: true,
  capabilities: { sql: true, incremental: 'CURSOR', chunks: true, parallel: false, controlTotals: true },
  ...describeSettings(scheme, settingsSchema),
}
