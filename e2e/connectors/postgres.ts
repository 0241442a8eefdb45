/** The kind `postgres` under the contract suite. */

import { startPostgres } from '@aiia/testkit/postgres'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import pg from 'pg'
import type { Dataset, PlainType } from './datasets.ts'
import { type Failures, type KindUnderTest, type TypedColumn, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { rowCodes } from './row-failures.ts'
import { troubleOn } from './trouble.ts'

const typeNames: Readonly<Record<PlainType, string>> = {
  integer: 'integer',
  text: 'text',
  amount: 'numeric(15,2)',
  moment: 'timestamptz(3)',
}

const create = async (client: pg.Client, name: string, { columns, rows }: Dataset): Promise<void> => {
  const declared = columns.map((column, index) => `${column.name} ${typeNames[column.type]}${index === 0 ? ' PRIMARY KEY' : ''}`)
  await client.query(`DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} (${declared.join(', ')})`)
  const records = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, row[index]])))
  await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [JSON.stringify(records)])
}

/** Declared as, and printed as; the destination has the same type unless a third says otherwise. */
const types: readonly (readonly [declared: string, text: string, type?: string])[] = [
  ['smallint', '-32768'],
  ['integer', '2147483647'],
  ['bigint', '-9223372036854775808'],
  ['numeric', '99999999999999999999999999999999999999.0000000001'],
  ['numeric(38,10)', '-9999999999999999999999999999.9999999999'],
  ['real', '3.4028235e+38'],
  ['double precision', '-1.7976931348623157e+308'],
  ['money', '-12345.67', 'numeric'],
  ['boolean', 'true'],
  ['text', 'tab\tline\nback\\slash "quote"'],
  ['character varying(20)', 'äöü'],
  ['character(8)', 'x'],
  ['name', 'a_name', 'text'],
  ['uuid', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['bytea', '\\x00ff00'],
  ['date', '4713-01-01 BC'],
  ['time without time zone', '23:59:59.999999'],
  ['time with time zone', '23:59:59.999999-15:59'],
  ['timestamp without time zone', 'infinity'],
  ['timestamp(3) without time zone', '2026-11-24 10:35:00.123'],
  ['timestamp with time zone', '2026-10-25 01:30:00.000001+00'],
  ['interval', '1 year 2 mons -3 days +04:05:06.789'],
  ['json', '{"a" : 1,  "a":2}'],
  ['jsonb', '{"a": [1, 2.50, "ü"], "b": null}'],
  ['xml', '<a b="c">d</a>'],
  ['bit(5)', '10101'],
  ['bit varying', '110011'],
  ['inet', '192.168.1.5/24'],
  ['cidr', '2001:db8::/32'],
  ['macaddr', '08:00:2b:01:02:03'],
  ['macaddr8', '08:00:2b:01:02:03:04:05'],
  ['int4range', '[1,10)'],
  ['nummultirange', '{[1.5,2),[3,4]}'],
  ['point', '(1.5,-2)'],
  ['box', '(2,3),(0,1)'],
  ['path', '((0,0),(1,1))'],
  ['circle', '<(0,0),2>'],
  ['tsvector', `'cat':2 'fat':1`],
  ['tsquery', `'fat' & 'cat'`],
  ['oid', '4294967295', 'text'],
  ['pg_lsn', '16/B374D848', 'text'],
  ['invoice_status', `dun'ned`, 'text'],
  ['iban', 'DE89370400440532013000', 'text'],
  ['integer[]', '{1,NULL,-1}'],
  ['text[]', '{"a,b",NULL,"","NULL","{}"}'],
  ['numeric(10,2)[]', '{{1.50,2.00},{3.00,4.25}}'],
  ['invoice_status[]', '{open,paid}', 'text[]'],
]

const createTypes = async (client: pg.Client): Promise<TypedColumn[]> => {
  const columns = types.map(([declared, text, type = declared], index) => ({ name: `c${index}`, declared, type, text }))
  await client.query(
    `CREATE TYPE invoice_status AS ENUM ('open', 'paid', 'dun''ned'); CREATE DOMAIN iban AS text CHECK (length(VALUE) <= 34)`,
  )
  await client.query(`CREATE TABLE types (id int PRIMARY KEY, ${columns.map(({ name, declared }) => `${name} ${declared}`).join(', ')})`)
  const values = columns.map(({ declared, text }) => `${pg.escapeLiteral(text)}::${declared}`)
  await client.query(`INSERT INTO types VALUES (1, ${values.join(', ')}); INSERT INTO types (id) VALUES (2)`)
  return columns
}

/** Users who may not read what the streams name, or not sign in, and a function that fails. */
const createReaders = (client: pg.Client): Promise<unknown> =>
  client.query(
    `CREATE ROLE reader LOGIN PASSWORD 'reader-password'; CREATE ROLE crowded LOGIN PASSWORD 'reader-password' CONNECTION LIMIT 0;
     CREATE ROLE retired PASSWORD 'reader-password';
     CREATE FUNCTION audited() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The books are closed'; END $$`,
  )

const as = (user: string) => ({ settings: { user }, credentials: { password: 'reader-password' } })

const serverFailures = {
  TLS_FAILED: [{ by: 'a server without TLS', settings: { tls: 'require' }, names: 'TLS failed with 127.0.0.1' }],
  INVALID_CREDENTIALS: [
    { by: 'a wrong password', credentials: { password: wrongSecret }, names: '28P01' },
    { by: 'a role that may not sign in', ...as('retired'), names: 'retired' },
    { by: 'an unknown database', settings: { database: 'nowhere' }, names: 'nowhere' },
  ],
  PERMISSION_DENIED: [{ by: 'a missing grant', ...as('reader'), names: 'happy' }],
  PROTOCOL_ERROR: [{ by: 'an error of its own', stream: { sql: 'SELECT audited() AS id' }, names: 'The books are closed (P0001)' }],
  SOURCE_UNAVAILABLE: [
    { by: 'no connection to spare', ...as('crowded'), names: '53300' },
    {
      by: 'a query that takes too long',
      settings: { statementTimeoutSeconds: 1 },
      stream: { sql: 'SELECT 1 AS id, pg_sleep(60)' },
      names: '57014',
    },
  ],
  INVALID_QUERY: [
    { by: 'SQL that names what is not there', stream: { sql: 'SELECT nme FROM happy' }, names: 'nme' },
    { by: 'SQL that cannot be computed', stream: { sql: 'SELECT 1 / (id - 1) AS id FROM happy' }, names: '22012' },
  ],
  COLUMN_MISSING: [{ by: 'a table that is not there', stream: { table: 'nowhere' }, names: 'nowhere' }],
} satisfies Failures

export const postgres: KindUnderTest = {
  kind: 'postgres',
  codes: [...networkCodes, 'INVALID_QUERY', ...rowCodes, 'CONTROL_TOTAL_MISMATCH'],
  start: async (datasets) => {
    const server = await startPostgres()
    const owner = new pg.Client({ connectionString: await server.createDatabase() })
    await owner.connect()
    for (const [name, dataset] of Object.entries(datasets)) await create(owner, name, dataset)
    const columns = await createTypes(owner)
    await createReaders(owner)
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startSftp()])
    const network = networkFailures({ way, settingsAt: (host) => ({ host }), stranger: stranger.port, large: { table: 'large' } })
    return {
      settings: { host: '127.0.0.1', port: way.port, database: owner.database, user: owner.user },
      credentials: { password: 'test' },
      streamOf: (table) => ({ table }),
      types: [{ stream: { table: 'types' }, columns }],
      change: (name, later) => create(owner, name, later),
      retyped: 'COLUMN_TYPE_CHANGED',
      failures: {
        ...network,
        ...serverFailures,
        PROTOCOL_ERROR: [...network.PROTOCOL_ERROR, ...serverFailures.PROTOCOL_ERROR],
      },
      trouble: troubleOn(way, server.port),
      untilLeft: async () => {
        const others = `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`
        while ((await owner.query(others)).rowCount !== 0);
      },
      stop: async () => {
        await way.stop()
        await stranger.stop()
        await owner.end()
        await server.stop()
      },
    }
  },
}
