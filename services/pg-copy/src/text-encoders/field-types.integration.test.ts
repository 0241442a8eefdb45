import { canonicalType } from '@aiia/core/sync/field-types'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestPostgres
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

/** @returns the name of the type in Postgres, or null where it refuses a column of it */
const calledByPostgres = async (type: string): Promise<string | null> => {
  await client.query('DROP TABLE IF EXISTS typed')
  try {
    await client.query(`CREATE TABLE typed (value ${type})`)
  } catch {
    return null
  }
  const { rows } = await client.query<{ name: string }>(
    `SELECT format_type(atttypid, atttypmod) AS name FROM pg_attribute WHERE attrelid = 'typed'::regclass AND attname = 'value'`,
  )
  return rows[0]?.name ?? null
}

const known = `
  int, int2, INT4, int8, bigint, SMALLINT, bool, float, float(24), float(25), float4, float8, real, double  precision
  decimal, decimal(10), numeric( 15 , 2 ), dec(5,0), numeric(3,-2), varchar, VarChar (20), character varying(5)
  char varying(3), char, char(7), character, bpchar, bpchar(4), text, bytea, bit, bit(9), varbit, bit varying(9), date, time
  time(3), time (3) without time zone, timestamp, timestamp(9), timestamptz, timestamptz(3), timestamp with time zone
  TIMESTAMP(0) WITH TIME ZONE, timestamp without time zone, interval, interval(3), uuid, json, jsonb`
const refused = `
  varchar(0), numeric(0), numeric(1001,2), numeric(5,1001), float(54), float(0), bit(0), char(10485761), int(4), text(3)
  varchar(1,2), numeric(1,2,3), time(1,2), double precision(5), date with time zone`
const listed = (types: string): string[] => types.trim().split(/, (?![^(]*\))|\n\s*/)

test.each(listed(known))('%s is called as Postgres calls it', async (type) => {
  const name = await calledByPostgres(type)
  expect(name).not.toBeNull()
  expect(canonicalType(type)).toBe(name)
})

test.each(listed(refused))('%s is a type neither to Postgres nor to us', async (type) => {
  expect(await calledByPostgres(type)).toBeNull()
  expect(canonicalType(type)).toBeNull()
})
