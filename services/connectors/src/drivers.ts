/** The drivers of all kinds; workers load them, nobody else. */

import type { ConnectorDriver } from '@aiia/core/sync/source'
import { postgresDriver } from './postgres/driver.ts'

export const connectorDrivers: ReadonlyMap<string, ConnectorDriver> = new Map([postgresDriver].map((driver) => [driver.kind, driver]))
