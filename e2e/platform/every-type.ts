/** Source tables of the platform tests. */

/** Every supported type with its extreme values; one row each, and one of nulls. */
export const everyType = `
CREATE TYPE invoice_status AS ENUM ('open', 'paid', 'dun''ned');
CREATE DOMAIN iban AS text CHECK (length(VALUE) <= 34);
CREATE TABLE every_type (
  id bigint PRIMARY KEY, small smallint, whole integer, big bigint, exact numeric, scaled numeric(38,10), single real, double double precision,
  words text, short varchar(20), fixed char(8), token uuid, raw bytea, flag boolean, day date, hour time, hour_zoned timetz,
  local timestamp, moment timestamptz, span interval, doc json, docb jsonb, bits bit(5), more_bits bit varying, address inet, net cidr, mac macaddr,
  range_of int4range, status invoice_status, account iban, integers integer[], texts text[], grid integer[][], moments timestamptz[], exacts numeric[]
);
INSERT INTO every_type VALUES
 (1, -32768, -2147483648, -9223372036854775808, '-99999999999999999999999999999999999999.0000000001', '-9999999999999999999999999999.9999999999', '-3.4028235e38', '-1.7976931348623157e308',
  '', '', '', '00000000-0000-0000-0000-000000000000', '', false, '4713-01-01 BC', '00:00:00', '00:00:00+15:59', '4713-01-01 00:00:00 BC', '4713-01-02 00:00:00+00 BC',
  '-178000000 years', 'null', 'null', B'00000', B'', '0.0.0.0/0', '10.0.0.0/8', '00:00:00:00:00:00', 'empty', 'open', '', '{}', '{}', '{}', '{}', '{}'),
 (2, 32767, 2147483647, 9223372036854775807, 'NaN', '9999999999999999999999999999.9999999999', 'NaN', 'NaN',
  E'tab\\tline\\nback\\\\slash "quote" ''single'' \\u00dcber \\U0001F600 \\\\N', 'äöü', 'x', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '\\x00ff00', true, 'infinity', '24:00:00', '23:59:59.999999-15:59',
  'infinity', '-infinity', '1 year 2 mons -3 days 04:05:06.789', '{"a" : 1,  "a":2}', '{"a": [1, 2.50, "ü"], "b": null}', B'11111', B'1', 'ffff::/16', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff',
  '[1,10)', 'dun''ned', 'DE89370400440532013000', '{1,NULL,-1}', '{"a,b",NULL,"","NULL","{}"}', '{{1,2},{3,4}}', '{infinity,"2026-01-01 00:00:00.123456+00"}', '{NaN,1.10,-0.00}'),
 (3, 0, 0, 0, '0.0000000000000000000000000000000001', 0, 'infinity', '-0', repeat('long ', 200000), '01234567890123456789', '12345678', gen_random_uuid(), sha256('x'), null,
  '5874897-12-31', '12:00:00.000001', '12:00:00.000001+00', '294276-12-31 23:59:59.999999', '2026-10-25 01:30:00.000001+00', '-00:00:00.000001',
  '[]', '"text"', B'10101', B'110011', '192.168.1.5/24', '::/0', '08:00:2b:01:02:03', '(,)', 'paid', null, '[2:3]={7,8}', array_fill('x'::text, '{3}'), null, null, '{1e100}');
INSERT INTO every_type (id) VALUES (4);
`

/** SQL whose one value are the table's columns, but for the one that names the run which last changed a row. */
export const columnsOf = (table: string): string =>
  `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
   WHERE attrelid = '${table.replaceAll("'", "''")}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '_aiia_run'`

/** SQL whose one value is a checksum of the table's rows by their text form, whatever their order. */
export const checksumOf = (table: string, columns: string): string =>
  `SELECT count(*) || ':' || md5(coalesce(string_agg(md5(t::text), ',' ORDER BY md5(t::text)), '')) AS checksum FROM (SELECT ${columns} FROM ${table}) AS t`
