/** The sample's tables as SAP has them, reduced to the columns that auditors ask for. */

export const sapErpTables = `
CREATE TABLE lfa1 (
  mandt char(3) NOT NULL,
  lifnr char(10) NOT NULL,
  name1 varchar(35) NOT NULL,
  land1 char(2) NOT NULL,
  ort01 varchar(35) NOT NULL,
  pstlz varchar(10) NOT NULL,
  stras varchar(35) NOT NULL,
  stceg varchar(20),
  ktokk char(4) NOT NULL,
  zterm char(4) NOT NULL,
  sperr boolean NOT NULL,
  erdat date NOT NULL,
  ernam varchar(12) NOT NULL,
  bank jsonb NOT NULL
);
CREATE TABLE csks (
  mandt char(3) NOT NULL,
  kokrs char(4) NOT NULL,
  kostl char(10) NOT NULL,
  datbi date NOT NULL,
  datab date NOT NULL,
  bukrs char(4) NOT NULL,
  kosar char(1) NOT NULL,
  ktext varchar(20) NOT NULL,
  ltext varchar(40) NOT NULL,
  verak varchar(20) NOT NULL,
  waers char(3) NOT NULL,
  bkzkp boolean NOT NULL
);
CREATE TABLE bkpf (
  mandt char(3) NOT NULL,
  bukrs char(4) NOT NULL,
  belnr char(10) NOT NULL,
  gjahr integer NOT NULL,
  blart char(2) NOT NULL,
  bldat date NOT NULL,
  budat date NOT NULL,
  monat smallint NOT NULL,
  cpudt timestamptz NOT NULL,
  usnam varchar(12) NOT NULL,
  tcode varchar(20) NOT NULL,
  xblnr varchar(16),
  bktxt varchar(25),
  waers char(3) NOT NULL,
  kursf numeric(9,5) NOT NULL,
  workflow jsonb NOT NULL
);
CREATE TABLE bseg (
  mandt char(3) NOT NULL,
  bukrs char(4) NOT NULL,
  belnr char(10) NOT NULL,
  gjahr integer NOT NULL,
  buzei smallint NOT NULL,
  bschl char(2) NOT NULL,
  koart char(1) NOT NULL,
  shkzg char(1) NOT NULL,
  dmbtr numeric(15,2) NOT NULL,
  wrbtr numeric(15,2) NOT NULL,
  mwskz char(2),
  hkont char(10) NOT NULL,
  kostl char(10),
  lifnr char(10),
  zuonr varchar(18),
  sgtxt varchar(50),
  zfbdt date,
  augdt date,
  augbl char(10)
);`

/** After the rows, which is faster. */
export const sapErpKeys = `
ALTER TABLE lfa1 ADD PRIMARY KEY (mandt, lifnr);
ALTER TABLE csks ADD PRIMARY KEY (mandt, kokrs, kostl, datbi);
ALTER TABLE bkpf ADD PRIMARY KEY (mandt, bukrs, belnr, gjahr);
ALTER TABLE bseg ADD PRIMARY KEY (mandt, bukrs, belnr, gjahr, buzei);
CREATE INDEX bseg_open_items ON bseg (lifnr) WHERE koart = 'K' AND augbl IS NULL;
COMMENT ON TABLE lfa1 IS 'Vendor master, general section';
COMMENT ON TABLE csks IS 'Cost centre master';
COMMENT ON TABLE bkpf IS 'Accounting document, header';
COMMENT ON TABLE bseg IS 'Accounting document, line items: debits (shkzg S) and credits (H) of a document balance';
COMMENT ON COLUMN bseg.dmbtr IS 'Amount in the company code''s currency, EUR';
COMMENT ON COLUMN bseg.wrbtr IS 'Amount in the document''s currency';
COMMENT ON COLUMN bseg.augbl IS 'Document that cleared the item; empty: the item is open';`
