/** The kind `mysql` under the contract suite, on MariaDB. */

import { startMariadb } from '@aiia/testkit/mariadb'
import { startSftp } from '@aiia/testkit/sftp'
import { startTcpProxy } from '@aiia/testkit/tcp-proxy'
import { type Connection, createConnection } from 'mysql2/promise'
import type { Dataset, PlainType } from './datasets.ts'
import { type Failures, type KindUnderTest, type TypedColumn, wrongSecret } from './kind-under-test.ts'
import { networkCodes, networkFailures } from './network-failures.ts'
import { rowCodes } from './row-failures.ts'
import { troubleOn } from './trouble.ts'

const typeNames: Readonly<Record<PlainType, string>> = {
  integer: 'int',
  text: 'longtext',
  amount: 'decimal(15,2)',
  // NULL, so that the server does not set it by itself.
  moment: 'timestamp(3) NULL',
}

const create = async (owner: Connection, name: string, { columns, rows }: Dataset): Promise<void> => {
  const declared = columns.map((column, index) => `${column.name} ${typeNames[column.type]}${index === 0 ? ' PRIMARY KEY' : ''}`)
  await owner.query(`DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} (${declared.join(', ')})`)
  const values = rows.map((row) =>
    row.map((value, index) => (columns[index]?.type === 'moment' ? (value?.replace('+00', '') ?? null) : value)),
  )
  if (values.length > 0) await owner.query(`INSERT INTO ${name} VALUES ?`, [values])
}

/** Declared as, written as, type of the destination, and printed there unless as it was written. */
const types: readonly (readonly [declared: string, literal: string, type: string, text?: string])[] = [
  ['tinyint', '-128', 'smallint'],
  ['tinyint unsigned', '255', 'smallint'],
  ['boolean', 'true', 'smallint', '1'],
  ['smallint', '-32768', 'smallint'],
  ['smallint unsigned', '65535', 'integer'],
  ['mediumint', '-8388608', 'integer'],
  ['int', '-2147483648', 'integer'],
  ['int unsigned', '4294967295', 'bigint'],
  ['bigint', '-9223372036854775808', 'bigint'],
  ['bigint unsigned', '18446744073709551615', 'numeric(20,0)'],
  ['year', '2155', 'smallint'],
  ['decimal(38,10)', '-9999999999999999999999999999.9999999999', 'numeric(38,10)'],
  ['float', '1.5', 'real'],
  ['double', '-1.7976931348623157e308', 'double precision', '-1.7976931348623157e+308'],
  ['bit(5)', `b'10101'`, 'bit(5)', '10101'],
  ['date', `'9999-12-31'`, 'date', '9999-12-31'],
  ['time(6)', `'-838:59:59.999999'`, 'interval', '-838:59:59.999999'],
  ['datetime(6)', `'2026-11-24 10:35:00.123456'`, 'timestamp(6) without time zone', '2026-11-24 10:35:00.123456'],
  ['datetime', `'1000-01-01 00:00:00'`, 'timestamp(0) without time zone', '1000-01-01 00:00:00'],
  ['timestamp(3) NULL', `'2026-10-25 01:30:00.001'`, 'timestamp(3) with time zone', '2026-10-25 01:30:00.001+00'],
  ['char(8)', `'x'`, 'text', 'x'],
  ['varchar(20)', `'äöü 😀'`, 'text', 'äöü 😀'],
  ['varchar(20) CHARACTER SET latin1', `'äöü'`, 'text', 'äöü'],
  ['tinytext', `'tiny'`, 'text', 'tiny'],
  ['text', `'tab\\tline\\nback\\\\slash "quote"'`, 'text', 'tab\tline\nback\\slash "quote"'],
  ['mediumtext', `''`, 'text', ''],
  ['longtext', `'long'`, 'text', 'long'],
  [`enum('open','dun''ned')`, `'dun''ned'`, 'text', `dun'ned`],
  [`set('a','b','c')`, `'a,c'`, 'text', 'a,c'],
  ['binary(3)', `x'00ff00'`, 'bytea', '\\x00ff00'],
  ['varbinary(9)', `x''`, 'bytea', '\\x'],
  ['tinyblob', `x'01'`, 'bytea', '\\x01'],
  ['blob', `x'5c00'`, 'bytea', '\\x5c00'],
  ['mediumblob', `x'02'`, 'bytea', '\\x02'],
  ['longblob', `x'ffff'`, 'bytea', '\\xffff'],
  // MariaDB's JSON is a longtext with a check; MySQL's own is json.
  ['json', `'{"a": [1, 2.50, "ü"]}'`, 'text', '{"a": [1, 2.50, "ü"]}'],
  ['uuid', `'123e4567-e89b-12d3-a456-426614174000'`, 'uuid', '123e4567-e89b-12d3-a456-426614174000'],
  ['inet6', `'2001:db8::1'`, 'text', '2001:db8::1'],
  ['point', "ST_PointFromText('POINT(1.5 -2)')", 'text', 'POINT(1.5 -2)'],
  ['geometry', `ST_GeomFromText('LINESTRING(0 0,1 1)')`, 'text', 'LINESTRING(0 0,1 1)'],
]

const createTypes = async (owner: Connection): Promise<TypedColumn[]> => {
  const columns = types.map(([declared, literal, type, text = literal], index) => ({ name: `c${index}`, declared, literal, type, text }))
  await owner.query(`CREATE TABLE types (id int PRIMARY KEY, ${columns.map(({ name, declared }) => `${name} ${declared}`).join(', ')})`)
  await owner.query(`INSERT INTO types VALUES (1, ${columns.map(({ literal }) => literal).join(', ')}); INSERT INTO types (id) VALUES (2)`)
  return columns
}

/** Users who may not read what the streams name, or only so often, and a view that fails. */
const createReaders = (owner: Connection): Promise<unknown> =>
  owner.query(
    `CREATE USER reader IDENTIFIED BY 'reader-password'; GRANT SELECT ON source.twice TO reader;
     CREATE USER crowded IDENTIFIED BY 'reader-password' WITH MAX_QUERIES_PER_HOUR 1; GRANT SELECT ON source.* TO crowded;
     CREATE FUNCTION audited() RETURNS int BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The books are closed'; RETURN 1; END;
     CREATE VIEW closed_books AS SELECT audited() AS id`,
  )

const as = (user: string) => ({ settings: { user }, credentials: { password: 'reader-password' } })

const serverFailures = {
  TLS_FAILED: [{ by: 'a server without TLS', settings: { tls: 'require' }, names: '127.0.0.1' }],
  INVALID_CREDENTIALS: [
    { by: 'a wrong password', credentials: { password: wrongSecret }, names: 'error 1045' },
    { by: 'an unknown database', settings: { database: 'nowhere' }, names: 'nowhere' },
  ],
  PERMISSION_DENIED: [{ by: 'a missing grant', ...as('reader'), names: 'happy' }],
  PROTOCOL_ERROR: [{ by: 'an error of its own', stream: { table: 'closed_books' }, names: 'The books are closed (error 1644)' }],
  SOURCE_UNAVAILABLE: [
    { by: 'no query to spare', ...as('crowded'), names: 'error 1226' },
    {
      by: 'a query that takes too long',
      settings: { statementTimeoutSeconds: 1 },
      stream: { sql: 'SELECT sleep(60) AS id' },
      names: 'error 1969',
    },
  ],
  INVALID_QUERY: [{ by: 'SQL that names what is not there', stream: { sql: 'SELECT nme FROM happy' }, names: 'nme' }],
  COLUMN_MISSING: [{ by: 'a table that is not there', stream: { table: 'nowhere' }, names: 'nowhere' }],
} satisfies Failures

export const mysql: KindUnderTest = {
  kind: 'mysql',
  codes: [...networkCodes, 'INVALID_QUERY', ...rowCodes, 'CONTROL_TOTAL_MISMATCH'],
  start: async (datasets) => {
    const server = await startMariadb({ options: ['--max-allowed-packet=64M'] })
    const owner = await createConnection({ uri: server.url, multipleStatements: true })
    await owner.query(`SET time_zone = '+00:00'`)
    for (const [name, dataset] of Object.entries(datasets)) await create(owner, name, dataset)
    const columns = await createTypes(owner)
    await createReaders(owner)
    const [way, stranger] = await Promise.all([startTcpProxy(server.port), startSftp()])
    const network = networkFailures({ way, settingsAt: (host) => ({ host }), stranger: stranger.port, large: { table: 'large' } })
    return {
      settings: { host: '127.0.0.1', port: way.port, database: 'source', user: 'owner' },
      credentials: { password: 'owner-password' },
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
        const others = async () => {
          const [rows] = await owner.query(
            `SELECT id FROM information_schema.processlist WHERE user IN ('owner', 'reader', 'crowded') AND id <> connection_id()`,
          )
          return (rows as unknown[]).length
        }
        while ((await others()) > 0);
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
