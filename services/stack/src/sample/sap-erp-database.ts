/** Makes the sample "SAP ERP DB" once: under another name first, renamed when it is whole. */

import pg from 'pg'
import { sapErpRows } from './sap-erp-rows.ts'
import { sapErpKeys, sapErpTables } from './sap-erp-tables.ts'

export const sapErp = { database: 'sap_erp', reader: 'sap_read' } as const

/**
 * @param url gives the superuser's address of a database of the server
 * @param password of the role that may only read the sample
 * @param making is called where it has to be made, which takes seconds
 */
export const createSapErp = async (url: (database: string) => string, password: string, making: () => void): Promise<void> => {
  await withClient(url('postgres'), async (client) => {
    await setReader(client, password)
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [sapErp.database])
    if (rowCount) return
    making()
    const unfinished = `${sapErp.database}_new`
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${unfinished} TEMPLATE template0`)
    await withClient(url(unfinished), fill)
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${sapErp.database}`)
  })
}

const withClient = async (url: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  // The server may be stopped while we work: the query that waits for it says so.
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const setReader = async (client: pg.Client, password: string): Promise<void> => {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [sapErp.reader])
  if (!rowCount) await client.query(`CREATE ROLE ${sapErp.reader} LOGIN CONNECTION LIMIT 50`)
  await client.query(`ALTER ROLE ${sapErp.reader} PASSWORD ${client.escapeLiteral(password)}`)
  await client.query(`ALTER ROLE ${sapErp.reader} SET default_transaction_read_only = on`)
}

const fill = async (client: pg.Client): Promise<void> => {
  await client.query("SET synchronous_commit = off; SET work_mem = '64MB'; SET maintenance_work_mem = '128MB'")
  await client.query('BEGIN')
  for (const statements of [sapErpTables, ...sapErpRows, sapErpKeys]) await client.query(statements)
  await client.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${sapErp.reader};
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${sapErp.reader}`)
  await client.query('COMMIT')
  await client.query('VACUUM ANALYZE')
}
