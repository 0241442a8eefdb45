/** The drivers of all kinds; workers load them, nobody else, and each only when it is needed. */

import type { ConnectorDriver } from '@aiia/core/sync/source'

/** A run's thread would load the libraries of all kinds otherwise, which takes longer than a small run. */
const lazily = (kind: string, load: () => Promise<ConnectorDriver>): ConnectorDriver => ({
  kind,
  test: async (access) => (await load()).test(access),
  discover: async (access) => (await load()).discover(access),
  open: async (access) => (await load()).open(access),
})

const drivers: readonly ConnectorDriver[] = [
  lazily('postgres', async () => (await import('./postgres/driver.ts')).postgresDriver),
  lazily('mysql', async () => (await import('./mysql/driver.ts')).mysqlDriver),
  lazily('odata', async () => (await import('./odata/driver.ts')).odataDriver),
  lazily('http', async () => (await import('./http/driver.ts')).httpDriver),
  lazily('s3', async () => (await import('./s3/driver.ts')).s3Driver),
  lazily('sftp', async () => (await import('./sftp/driver.ts')).sftpDriver),
  lazily('file', async () => (await import('./file/driver.ts')).fileDriver),
  lazily('mssql', async () => (await import('./mssql/driver.ts')).mssqlDriver),
  lazily('oracle', async () => (await import('./oracle/driver.ts')).oracleDriver),
  lazily('hana', async () => (await import('./hana/driver.ts')).hanaDriver),
]

export const connectorDrivers: ReadonlyMap<string, ConnectorDriver> = new Map(drivers.map((driver) => [driver.kind, driver]))
