/** Outside systems as an audit platform meets them: real servers with rows, some of them with trouble. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSapErp, sapErp } from '@aiia/stack/sample/sap-erp-database'
import { startOData } from '@aiia/testkit/odata'
import type { Platform } from '@aiia/testkit/platform'
import { pagesByOffset, startRestServer } from '@aiia/testkit/rest-server'
import { startS3 } from '@aiia/testkit/s3'
import { startSftp } from '@aiia/testkit/sftp'
import { openDatabase, type TestSource } from '../platform/source.ts'

export type Sources = Awaited<ReturnType<typeof startSources>>

const readerPassword = 'sap-read'

/** A database of the platform's own test server. */
const database = async ({ postgres }: Platform, name: string): Promise<TestSource> => {
  const server = await openDatabase(postgres.url)
  await server.query(`CREATE DATABASE ${name}`)
  await server.end()
  const url = new URL(postgres.url)
  url.pathname = `/${name}`
  return openDatabase(url.href)
}

const startSap = async ({ postgres }: Platform) => {
  const urlOf = (name: string): string => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  await createSapErp(urlOf, readerPassword, () => {})
  const owner = await openDatabase(urlOf(sapErp.database))
  const reader = Object.assign(new URL(owner.url.href), { username: sapErp.reader, password: readerPassword })
  return { url: reader, query: owner.query, end: owner.end }
}

const startTreasury = async (platform: Platform): Promise<TestSource> => {
  const source = await database(platform, 'treasury')
  await source.query(`CREATE TABLE positions (position_id int PRIMARY KEY, portfolio text NOT NULL, isin text NOT NULL, nominal numeric(15,2), valued_on date);
    CREATE TABLE counterparties (counterparty_id int PRIMARY KEY, legal_name text NOT NULL, country text);
    CREATE TABLE entities (entity_id int PRIMARY KEY, entity_name text NOT NULL, country text);
    INSERT INTO positions SELECT i, 'PF-' || i % 12, 'DE000' || lpad(i::text, 7, '0'), i * 1250.5, date '2026-01-01' + i % 300 FROM generate_series(1, 4200) i;
    INSERT INTO counterparties SELECT i, 'Counterparty ' || i, CASE i % 3 WHEN 0 THEN 'DE' WHEN 1 THEN 'FR' ELSE 'CH' END FROM generate_series(1, 310) i;
    INSERT INTO entities SELECT i, 'Entity ' || i, 'DE' FROM generate_series(1, 140) i`)
  return source
}

/** Two of each hundred readings are not what they should be. */
const readings = (day: number): string => {
  const value = (row: number): string => (row % 100 === 41 ? 'n/a' : row % 100 === 77 ? '1.2.3' : (20 + (row % 37) / 3).toFixed(2))
  const lines = Array.from(
    { length: 600 },
    (_, row) => `${day * 1000 + row},press-${row % 8},${value(row)},2026-11-0${day}T0${row % 10}:15:00Z`,
  )
  return ['id,machine,temperature,measured_at', ...lines, ''].join('\n')
}

const startPlant = async () => {
  const server = await startSftp()
  for (const day of [1, 2, 3]) await writeFile(join(server.folder, `readings-2026-11-0${day}.csv`), readings(day))
  return server
}

const startArchive = async () => {
  const server = await startS3()
  await server.createBucket('invoice-archive')
  const invoice = (id: number) => JSON.stringify({ id, vendor: `Vendor ${id % 90}`, gross: (id * 17.35).toFixed(2), paid: id % 5 !== 0 })
  const lines = Array.from({ length: 8_000 }, (_, id) => `${invoice(id)}\n`).join('')
  await server.put('invoice-archive', '2026/11/invoices.jsonl', lines)
  return server
}

const purchaseOrders = `@path: 'source' @requires: 'authenticated-user' service source {
  entity PurchaseOrders { key id: Integer; supplier: String(40); net: Decimal(15,2); released: Boolean; }
}`

const startPurchasing = () => {
  const lines = Array.from({ length: 900 }, (_, id) => `${id},Supplier ${id % 60},${(id * 12.4).toFixed(2)},${id % 7 !== 0}`)
  return startOData({ model: purchaseOrders, data: { PurchaseOrders: ['id,supplier,net,released', ...lines, ''].join('\n') } })
}

const startServiceDesk = async () => {
  const server = await startRestServer()
  const tickets: object[] = []
  const serve = (): void => server.serve('/tickets', pagesByOffset(tickets, { most: 200 }))
  return {
    url: server.url,
    /** So many more. */
    open: (count: number): void => {
      for (let next = 0; next < count; next += 1) {
        const id = tickets.length + 1
        tickets.push({ id, subject: `Access to company code ${1000 + (id % 40) * 100}`, priority: 1 + (id % 4), closed: id % 3 === 0 })
      }
      serve()
    },
    fail: (): void =>
      server.serve('/tickets', (_request, response) => {
        response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"Maintenance window until 02:30."}')
      }),
    heal: serve,
    stop: server.stop,
  }
}

export const startSources = async (platform: Platform) => {
  const [sap, treasury, plant, archive, purchasing, desk] = await Promise.all([
    startSap(platform),
    startTreasury(platform),
    startPlant(),
    startArchive(),
    startPurchasing(),
    startServiceDesk(),
  ])
  return {
    sap,
    treasury,
    plant,
    archive,
    purchasing,
    desk,
    stop: async (): Promise<void> => {
      await Promise.all([sap.end(), treasury.end(), plant.stop(), archive.stop(), purchasing.stop(), desk.stop()])
    },
  }
}
