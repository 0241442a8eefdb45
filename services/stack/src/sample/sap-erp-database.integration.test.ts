import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, launchPostgres } from '../embedded-postgres/launch.ts'
import { createSapErp } from './sap-erp-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'aiia-sample-'))
let server: EmbeddedPostgres
beforeAll(async () => {
  server = await launchPostgres({ dataDir: join(folder, 'data'), password: 'test', durable: false, folder })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const query = async (sql: string, url = server.url('sap_erp')): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

test('the sample is the same every time, whole, balanced, and for its reader only to read', async () => {
  await query('CREATE DATABASE sap_erp_new', server.url('postgres'))
  let made = 0
  await createSapErp(server.url, 'first', () => (made += 1))
  await createSapErp(server.url, 'read-only', () => (made += 1))
  expect(made).toBe(1)

  const counts = `SELECT (SELECT count(*)::int FROM lfa1) AS lfa1, (SELECT count(*)::int FROM csks) AS csks,
    (SELECT count(*)::int FROM bkpf) AS bkpf, (SELECT count(*)::int FROM bseg) AS bseg`
  expect(await query(counts)).toEqual([{ lfa1: 5000, csks: 500, bkpf: 60_000, bseg: 330_743 }])
  const checksum = `SELECT md5(string_agg(md5(row), '' ORDER BY row)) AS sum FROM (
    SELECT bseg::text FROM bseg UNION ALL SELECT bkpf::text FROM bkpf UNION ALL SELECT lfa1::text FROM lfa1 UNION ALL SELECT csks::text FROM csks) all_rows (row)`
  expect(await query(checksum)).toEqual([{ sum: '25bd596785608df9ecced46513665822' }])

  const unbalanced = `SELECT bukrs, belnr FROM bseg GROUP BY bukrs, belnr, gjahr
    HAVING sum(CASE shkzg WHEN 'S' THEN dmbtr ELSE -dmbtr END) <> 0 OR sum(CASE shkzg WHEN 'S' THEN wrbtr ELSE -wrbtr END) <> 0`
  expect(await query(unbalanced)).toEqual([])
  const strays = `SELECT b.* FROM bseg b LEFT JOIN bkpf USING (mandt, bukrs, belnr, gjahr) LEFT JOIN lfa1 ON lfa1.lifnr = b.lifnr
    LEFT JOIN csks ON csks.kostl = b.kostl
    WHERE bkpf.belnr IS NULL OR (b.lifnr IS NOT NULL AND lfa1.lifnr IS NULL) OR (b.kostl IS NOT NULL AND csks.kostl IS NULL) OR dmbtr <= 0`
  expect(await query(strays)).toEqual([])

  const reader = server.url('sap_erp').replace('postgres:test@', 'sap_read:read-only@')
  expect(await query('SELECT count(*)::int AS n FROM csks', reader)).toEqual([{ n: 500 }])
  await expect(query('BEGIN READ WRITE; DELETE FROM csks', reader)).rejects.toThrow('permission denied')
  await expect(query('BEGIN READ WRITE; CREATE TABLE x ()', reader)).rejects.toThrow('permission denied')
})
