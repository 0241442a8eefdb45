/** The two connectors that a first start finds: one on the sample, and one that shows what a failure looks like. */

import { z } from 'zod'
import type { DataDir } from '../data-dir/data-dir.ts'
import { ApiError, type AskApi } from '../platform/graphql.ts'
import { sapErp } from './sap-erp-database.ts'

export const demoConnectorName = 'SAP ERP DB'
const unreachableName = 'Legacy warehouse (unreachable)'
// Made once and never again: whoever deletes them does not want them back.
const markerFile = 'demo-connectors.json'
const marker = z.object({ sapErpId: z.string(), port: z.number() })

const openItems = `SELECT b.bukrs, b.lifnr, v.name1, count(*) AS open_items, sum(b.dmbtr) AS amount, min(b.zfbdt) AS oldest_due
FROM bseg b JOIN lfa1 v ON v.mandt = b.mandt AND v.lifnr = b.lifnr
WHERE b.koart = 'K' AND b.shkzg = 'H' AND b.augbl IS NULL
GROUP BY b.bukrs, b.lifnr, v.name1`

const streams = [
  { name: 'lfa1', source: { table: 'public.lfa1' } },
  { name: 'csks', source: { table: 'public.csks' } },
  { name: 'bkpf', source: { table: 'public.bkpf' } },
  { name: 'bseg', source: { table: 'public.bseg' } },
  { name: 'open_items_per_vendor', source: { sql: openItems }, primaryKey: ['bukrs', 'lifnr'] },
]

type Sample = { port: number; password: string }

export const ensureDemoConnectors = async (ask: AskApi, dataDir: DataDir, sample: Sample): Promise<void> => {
  const made = readMarker(dataDir)
  if (made === undefined) {
    const sapErpId = await findOrCreate(ask, demoConnectorName, {
      kind: 'postgres',
      ...access(sample),
      streams,
    })
    await findOrCreate(ask, unreachableName, {
      kind: 'postgres',
      settings: { host: 'legacy-warehouse.invalid', port: 5432, database: 'warehouse', user: 'audit_read', tls: 'disable' },
      credentials: { password: 'not-used' },
      streams: [{ name: 'stock_movements', source: { table: 'public.stock_movements' } }],
      limits: { maxAttempts: 1 },
    })
    writeMarker(dataDir, { sapErpId, port: sample.port })
  } else if (made.port !== sample.port) {
    await ask(`mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }`, {
      id: made.sapErpId,
      input: access(sample),
    }).catch((error: unknown) => {
      // The user deleted it.
      if (!(error instanceof ApiError && error.errors[0]?.extensions?.code === 'NOT_FOUND')) throw error
    })
    writeMarker(dataDir, { ...made, port: sample.port })
  }
}

const access = ({ port, password }: Sample) => ({
  settings: { host: '127.0.0.1', port, database: sapErp.database, user: sapErp.reader, tls: 'disable' },
  credentials: { password },
})

/** An earlier start may have been stopped between making it and noting that it was made. */
const findOrCreate = async (ask: AskApi, name: string, input: object): Promise<string> => {
  const { connector } = await ask<{ connector: WithId | null }>('query ($name: String) { connector(name: $name) { id } }', { name })
  if (connector) return connector.id
  const { createConnector } = await ask<{ createConnector: WithId }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    { input: { name, ...input } },
  )
  return createConnector.id
}
type WithId = { id: string }

const readMarker = (dataDir: DataDir): z.output<typeof marker> | undefined => {
  const content = dataDir.read(markerFile)
  return content === undefined ? undefined : marker.parse(JSON.parse(content))
}

const writeMarker = (dataDir: DataDir, content: z.output<typeof marker>): void => dataDir.write(markerFile, `${JSON.stringify(content)}\n`)
