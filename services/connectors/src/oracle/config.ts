/** The kind `oracle`, without its driver. */

import { z } from 'zod'
import type { ConnectorKind } from '../kinds.ts'
import { addressOf, databaseSettings, describeServer } from '../sql-database/settings.ts'

export const settingsSchema = databaseSettings(1521)
  .omit({ database: true, ca: true })
  .extend({
    serviceName: z
      .string()
      .trim()
      // It becomes a part of a connect descriptor, whose syntax it must not touch.
      .regex(/^[\w.$#-]+$/, 'The name of a service, such as orclpdb1.example.com.')
      .meta({ title: 'Service name', description: 'What the listener knows the database by.', examples: ['ORCLPDB1'] }),
    tls: z.enum(['disable', 'verify-full']).default('disable').meta({
      title: 'TLS',
      description:
        'disable: not encrypted. verify-full: encrypted (TCPS), and the certificate must fit the host and the system’s authorities.',
    }),
  })

export type OracleSettings = z.output<typeof settingsSchema>

/** `oracle://sap_read@10.140.2.14:1521/ORCLPDB1`. */
export const printAddress = (settings: OracleSettings): string => addressOf('oracle', { ...settings, database: settings.serviceName })

export const oracleKind: ConnectorKind = {
  kind: 'oracle',
  label: 'Oracle Database',
  description: 'Tables, views and custom SQL of an Oracle database, 12.1 or later.',
  verified: false,
  capabilities: { sql: true, incremental: 'CURSOR', chunks: false, parallel: false, controlTotals: true },
  ...describeServer(settingsSchema, { address: printAddress, database: ({ serviceName }) => ({ serviceName }) }),
}
