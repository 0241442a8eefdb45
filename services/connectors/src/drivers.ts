/** The drivers of all kinds; workers load them, nobody else. */

import type { ConnectorDriver } from '@aiia/core/sync/source'
import { mysqlDriver } from './mysql/driver.ts'
import { postgresDriver } from './postgres/driver.ts'

export const connectorDrivers: ReadonlyMap<string, ConnectorDriver> = new Map(
  [postgresDriver, mysqlDriver].map((driver) => [driver.kind, driver]),
)
