/**
 * The sample's rows, the same on every machine: 48,000 vendor invoices in groups of four of one vendor, and 12,000
 * payments that each clear three of a group, so that every fourth invoice is an open item. Nothing is random: `pick`
 * hashes the number of a thing together with the number of the question.
 */

const groups = 12_000
const vendors = 5_000
const costCentres = 500

const list = (...words: string[]): string => `ARRAY[${words.map((word) => `'${word}'`).join(',')}]`

const pick = `
CREATE FUNCTION pg_temp.pick(thing bigint, question int, choices int) RETURNS int IMMUTABLE LANGUAGE sql
RETURN ((hashint8extended(thing, question) & 9223372036854775807) % choices)::int;
CREATE FUNCTION pg_temp.word(thing bigint, question int, words text[]) RETURNS text IMMUTABLE LANGUAGE sql
RETURN words[1 + pg_temp.pick(thing, question, cardinality(words))];`

const places = `
CREATE TEMP TABLE places (id int, land1 text, ort01 text, pstlz text, streets text[], form text, vat text) ON COMMIT DROP;
INSERT INTO places VALUES
  (0,'DE','Hamburg','20457','{Hafenstraße,Am Sandtorkai}','GmbH','DE'), (1,'DE','Stuttgart','70173','{Industriestraße,Königstraße}','GmbH & Co. KG','DE'),
  (2,'DE','Köln','50667','{Lindenallee,Am Rheinauhafen}','AG','DE'), (3,'DE','Nürnberg','90402','{Werkring,Am Bahnhof}','GmbH','DE'),
  (4,'DE','Leipzig','04109','{Messering,Gohliser Straße}','GmbH','DE'), (5,'DE','München','80331','{Landsberger Straße,Tal}','SE','DE'),
  (6,'AT','Linz','4020','{Donaulände,Hauptplatz}','GmbH','ATU'), (7,'CH','Zürich','8001','{Limmatquai,Hardstrasse}','AG','CHE'),
  (8,'FR','Lyon','69002','{Rue de la Gare,Quai Perrache}','S.A.S.','FR'), (9,'IT','Torino','10121','{Via Roma,Corso Francia}','S.p.A.','IT'),
  (10,'NL','Rotterdam','3011','{Kanaalweg,Waalhaven}','B.V.','NL'), (11,'PL','Wrocław','50-062','{Ulica Fabryczna,Rynek}','Sp. z o.o.','PL'),
  (12,'SE','Göteborg','411 06','{Storgatan,Hamngatan}','AB','SE'), (13,'ES','Bilbao','48001','{Calle Mayor,Gran Vía}','S.L.','ES'),
  (14,'GB','Leeds','LS1 4AP','{Mill Lane,Wharf Street}','Ltd.','GB'), (15,'US','Cleveland','44114','{Lakeside Avenue,Superior Avenue}','Inc.',NULL);`

const vendorRows = `
INSERT INTO lfa1
SELECT '100', lpad((100000 + n)::text, 10, '0'),
  left(format('%s %s %s',
    pg_temp.word(n, 1, ${list('Bauer', 'Lindner', 'Hartmann', 'Østergaard', 'Moreau', 'Rossi', 'van Dijk', 'Nowak', 'Sjöberg', 'Etxeberria', 'Whitfield', 'Keller', 'Brandt', 'Fischer', 'Kovács', 'Steiner', 'Lefèvre', 'Conti', 'Jansen', 'Wójcik', 'Ekström', 'Aguirre', 'Harding', 'Vogel', 'Thalmann')}),
    pg_temp.word(n, 2, ${list('Maschinenbau', 'Logistik', 'Elektrotechnik', 'Werkzeuge', 'Chemie', 'Papier', 'Stahlhandel', 'Verpackung', 'IT-Services', 'Consulting', 'Energie', 'Gebäudetechnik', 'Spedition', 'Labortechnik', 'Druck')}),
    form), 35),
  land1, ort01, pstlz,
  format('%s %s', pg_temp.word(n, 3, streets), 1 + pg_temp.pick(n, 4, 180)),
  vat || lpad(pg_temp.pick(n, 5, 1000000000)::text, 9, '0'),
  pg_temp.word(n, 6, ${list('KRED', 'KRED', 'KRED', 'LIEF', 'CPD')}),
  pg_temp.word(n, 7, ${list('Z014', 'Z030', 'Z030', 'Z045', 'Z060')}),
  pg_temp.pick(n, 8, 50) = 0,
  date '2009-01-01' + pg_temp.pick(n, 9, 5400),
  pg_temp.word(n, 10, ${list('MKELLER', 'SWINTER', 'JNOVAK', 'BATCH_MM')}),
  jsonb_build_object('iban', format('%s%s%s', land1, 10 + pg_temp.pick(n, 11, 89), lpad(pg_temp.pick(n, 12, 2000000000)::text, 18, '0')),
    'currency', CASE land1 WHEN 'US' THEN 'USD' WHEN 'CH' THEN 'CHF' WHEN 'GB' THEN 'GBP' ELSE 'EUR' END,
    'verified', pg_temp.pick(n, 13, 20) > 0)
FROM generate_series(1, ${vendors}) n JOIN places ON id = pg_temp.pick(n, 0, 16) ORDER BY n;`

const costCentreRows = `
INSERT INTO csks
SELECT '100', 'A000', lpad((n * 10)::text, 10, '0'), date '9999-12-31', date '2015-01-01' + pg_temp.pick(n, 20, 3000),
  bukrs, kosar, left(area, 20), left(format('%s %s, line %s', area, site, 1 + pg_temp.pick(n, 25, 9)), 40),
  pg_temp.word(n, 26, ${list('A. Berger', 'C. Dietrich', 'E. Franke', 'G. Huber', 'I. Jung', 'K. Lang', 'M. Neumann', 'O. Pohl')}), 'EUR', pg_temp.pick(n, 27, 40) = 0
FROM generate_series(1, ${costCentres}) n,
  LATERAL (SELECT pg_temp.word(n, 21, ${list('Production', 'Assembly', 'Quality', 'Maintenance', 'Warehouse', 'Purchasing', 'Sales', 'Marketing', 'Finance', 'Human Resources', 'IT Operations', 'Research', 'Facilities')}) AS area,
    pg_temp.word(n, 22, ${list('Hamburg', 'Stuttgart', 'Köln', 'Linz', 'Zürich', 'Lyon')}) AS site,
    pg_temp.word(n, 23, ${list('1000', '1000', '1100', '2000')}) AS bukrs, pg_temp.word(n, 24, ${list('F', 'H', 'V', 'W', 'E')}) AS kosar) AS chosen;`

/** One row an invoice; `total` in its own currency is what its expense lines and the tax come to. */
const invoiceRows = `
CREATE TEMP TABLE invoices ON COMMIT DROP AS
SELECT n, (n + 3) / 4 AS payment, lpad((1900000000 + n)::text, 10, '0') AS belnr,
  budat, extract(year FROM budat)::int AS gjahr, 2 + pg_temp.pick(n, 30, 5) AS lines, currency.waers, currency.kursf,
  pg_temp.word(g, 31, ${list('1000', '1000', '1100', '2000')}) AS bukrs, lpad((100001 + pg_temp.pick(g, 32, ${vendors}))::text, 10, '0') AS lifnr,
  tax.mwskz, tax.rate, budat + 14 + 16 * pg_temp.pick(g, 35, 4) AS due
FROM generate_series(1, ${groups * 4}) n,
  LATERAL (SELECT (n + 3) / 4 AS g, date '2024-01-02' + (n * 870 / ${groups * 4})) AS base(g, budat),
  LATERAL (SELECT waers, kursf + pg_temp.pick(n, 33, 2000) / 100000.0 FROM (VALUES (0, 'USD', 0.91), (1, 'CHF', 1.03), (2, 'GBP', 1.16)) c (id, waers, kursf)
    WHERE id = pg_temp.pick(g, 34, 15) UNION ALL SELECT 'EUR', 1 WHERE pg_temp.pick(g, 34, 15) > 2) AS currency(waers, kursf),
  LATERAL (SELECT * FROM (VALUES (0, 'V0', 0.00), (1, 'V1', 0.07)) t (id, mwskz, rate) WHERE id = pg_temp.pick(n, 36, 10)
    UNION ALL SELECT 2, 'V2', 0.19 WHERE pg_temp.pick(n, 36, 10) > 1) AS tax;

CREATE TEMP TABLE expenses ON COMMIT DROP AS
SELECT n, line, wrbtr, round(wrbtr * kursf, 2) AS dmbtr, lpad((400000 + 1000 * pg_temp.pick(id, 41, 90))::text, 10, '0') AS hkont,
  lpad((10 + 10 * pg_temp.pick(id, 42, ${costCentres}))::text, 10, '0') AS kostl,
  pg_temp.word(id, 43, ${list('Raw material', 'Freight inbound', 'Maintenance contract', 'Licence fee', 'Temporary staff', 'Spare parts', 'Electricity', 'Packaging', 'Laboratory supplies', 'Travel', 'Calibration', 'Tooling')}) AS what
FROM invoices, LATERAL generate_series(1, lines) line, LATERAL (SELECT n * 10::bigint + line AS id) AS numbered,
  LATERAL (SELECT ((10 + pg_temp.pick(id, 44, 990)) * (1 + pg_temp.pick(id, 45, 90)) / 100.0 * (1 + 24 * (pg_temp.pick(id, 46, 12) / 11)))::numeric(15,2) AS wrbtr) AS amount;

CREATE TEMP TABLE totals ON COMMIT DROP AS
SELECT n, round(sum(e.wrbtr) * i.rate, 2) AS tax, round(round(sum(e.wrbtr) * i.rate, 2) * i.kursf, 2) AS tax_local,
  sum(e.wrbtr) AS net, sum(e.dmbtr) AS net_local
FROM invoices i JOIN expenses e USING (n) GROUP BY n, i.rate, i.kursf;

CREATE TEMP TABLE payments ON COMMIT DROP AS
SELECT payment, lpad((2000000000 + payment)::text, 10, '0') AS belnr, bukrs, lifnr, max(due) + 3 AS budat, extract(year FROM max(due) + 3)::int AS gjahr
FROM invoices GROUP BY payment, bukrs, lifnr;`

const headerRows = `
INSERT INTO bkpf
SELECT '100', bukrs, belnr, gjahr, 'KR', budat - pg_temp.pick(n, 50, 12), budat, extract(month FROM budat),
  (budat + interval '7 hours' + pg_temp.pick(n, 51, 36000) * interval '1 second') AT TIME ZONE 'UTC',
  pg_temp.word(n, 52, ${list('MKELLER', 'SWINTER', 'JNOVAK', 'TOKADA', 'BATCH_FI')}), pg_temp.word(n, 53, ${list('MIRO', 'MIRO', 'FB60')}),
  'RE' || lpad(pg_temp.pick(n, 54, 100000000)::text, 8, '0'), CASE WHEN pg_temp.pick(n, 55, 4) = 0 THEN 'Goods receipt checked' END, waers, kursf,
  jsonb_build_object('release', pg_temp.word(n, 56, ${list('auto', 'two-person', 'manager')}), 'level', pg_temp.pick(n, 57, 4))
FROM invoices ORDER BY n;
INSERT INTO bkpf
SELECT '100', bukrs, belnr, gjahr, 'KZ', budat, budat, extract(month FROM budat),
  (budat + interval '4 hours' + payment % 600 * interval '1 second') AT TIME ZONE 'UTC', 'BATCH_F110', 'F110', NULL, 'Payment run', 'EUR', 1,
  jsonb_build_object('run', to_char(budat, 'YYYYMMDD'), 'level', 0)
FROM payments ORDER BY payment;`

/** Debits equal credits in every document, in its own currency and in EUR. */
const lineItemRows = `
INSERT INTO bseg
SELECT '100', bukrs, i.belnr, i.gjahr, 1, '31', 'K', 'H', net_local + tax_local, net + tax, mwskz, '0000160000', NULL, lifnr, NULL,
  'Invoice ' || i.belnr, due, CASE WHEN n % 4 > 0 THEN p.budat END, CASE WHEN n % 4 > 0 THEN p.belnr END
FROM invoices i JOIN totals USING (n) JOIN payments p USING (payment, bukrs, lifnr)
UNION ALL
SELECT '100', bukrs, belnr, gjahr, 1 + line, '40', 'S', 'S', dmbtr, wrbtr, mwskz, hkont, kostl, NULL, to_char(budat, 'YYYYMM'), what || ' ' || to_char(budat, 'MM/YYYY'), NULL, NULL, NULL
FROM invoices JOIN expenses USING (n)
UNION ALL
SELECT '100', bukrs, belnr, gjahr, 2 + lines, '40', 'S', 'S', tax_local, tax, mwskz, '0000154000', NULL, NULL, NULL, 'Input tax', NULL, NULL, NULL
FROM invoices JOIN totals USING (n) WHERE tax > 0
UNION ALL
SELECT '100', bukrs, p.belnr, p.gjahr, 1 + (n - 1) % 4, '25', 'K', 'S', net_local + tax_local, net_local + tax_local, NULL, '0000160000', NULL, lifnr, i.belnr, 'Payment of ' || i.belnr, NULL, p.budat, p.belnr
FROM invoices i JOIN totals USING (n) JOIN payments p USING (payment, bukrs, lifnr) WHERE n % 4 > 0
UNION ALL
SELECT '100', bukrs, p.belnr, p.gjahr, 4, '50', 'S', 'H', sum(net_local + tax_local), sum(net_local + tax_local), NULL, '0000113100', NULL, NULL, NULL, 'House bank', NULL, NULL, NULL
FROM invoices i JOIN totals USING (n) JOIN payments p USING (payment, bukrs, lifnr) WHERE n % 4 > 0 GROUP BY bukrs, p.belnr, p.gjahr
ORDER BY 3, 5;`

/** To be run in one transaction. */
export const sapErpRows: readonly string[] = [
  pick,
  places,
  vendorRows,
  costCentreRows,
  invoiceRows,
  'ANALYZE invoices; ANALYZE expenses; ANALYZE totals; ANALYZE payments',
  headerRows,
  lineItemRows,
]
