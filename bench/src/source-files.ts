/** `line_items` as files and as a table of MariaDB: the same rows, so that one checksum holds for all. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type ColumnSource, fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import pg from 'pg'

export const columns = ['id', 'company', 'document', 'note', 'amount', 'rate', 'posted', 'changed_at', 'open', 'extra'] as const

/** In this folder: line_items.csv and .jsonl, each also as .gz and .zst, and line_items.parquet. */
export const writeFiles = async (sourceUrl: string, folder: string): Promise<void> => {
  const csv = join(folder, 'line_items.csv')
  const jsonl = join(folder, 'line_items.jsonl')
  await copyOut(sourceUrl, `COPY (SELECT * FROM line_items ORDER BY id) TO STDOUT (FORMAT csv, HEADER)`, csv)
  // Text format escapes backslashes; a separator that does not occur and a quote that does not either leave JSON as it is.
  await copyOut(
    sourceUrl,
    `COPY (SELECT row_to_json(t) FROM line_items t ORDER BY id) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`,
    jsonl,
  )
  await Promise.all([csv, jsonl].map((file) => pipeline(createReadStream(file), createGzip({ level: 1 }), createWriteStream(`${file}.gz`))))
  await Promise.all([csv, jsonl].map(packWithZstd))
  await writeParquet(sourceUrl, join(folder, 'line_items.parquet'))
}

const copyOut = async (url: string, sql: string, file: string): Promise<void> => {
  const psql = spawn('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', `SET timezone = 'UTC'`, '-c', sql], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [[code]] = await Promise.all([once(psql, 'exit'), pipeline(psql.stdout, createWriteStream(file))])
  if (code !== 0) throw new Error('psql failed; its message is above.')
}

/** By its own tool: the zlib of older releases of Node does not know it. */
const packWithZstd = async (file: string): Promise<void> => {
  const [code] = await once(spawn('zstd', ['-q', '-1', file], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')
  if (code !== 0) throw new Error('zstd failed; its message is above.')
}

/** As many as the writer puts into a row group, so that no more lie in memory, however many there are. */
const rowsAtOnce = 100_000

const writeParquet = async (url: string, filename: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`BEGIN; DECLARE rows CURSOR FOR SELECT id::text, company, document, note, amount::text, rate::text, posted::text, changed_at, open, extra::text
    FROM line_items ORDER BY id`)
  let parquet: ParquetWriter | undefined
  for (;;) {
    const { rows } = await client.query<unknown[]>({ text: `FETCH ${rowsAtOnce} FROM rows`, rowMode: 'array' })
    const columnData = columnsOf(rows)
    parquet ??= new ParquetWriter({ writer: fileWriter(filename), schema: schemaFromColumnData({ columnData }) })
    if (rows.length > 0) await parquet.write({ columnData })
    if (rows.length < rowsAtOnce) break
  }
  await parquet.finish()
  await client.end()
}

const columnsOf = (rows: readonly unknown[][]): ColumnSource[] =>
  columns.map((name, at) => {
    const data = rows.map((row) => row[at])
    if (name === 'id') return { name, type: 'INT64', data: data.map((id) => BigInt(String(id))) }
    if (name === 'changed_at') return { name, type: 'TIMESTAMP', data }
    return { name, type: name === 'open' ? 'BOOLEAN' : 'STRING', data }
  })

/** @param csv of `writeFiles` */
export const fillMariadb = async (port: number, csv: string): Promise<void> => {
  const sql = `CREATE TABLE line_items (id bigint PRIMARY KEY, company varchar(40), document varchar(40), note text, amount decimal(15,2),
      rate decimal(9,5), posted date, changed_at datetime(6), \`open\` boolean, extra text) CHARACTER SET utf8mb4;
    LOAD DATA LOCAL INFILE '${csv}' INTO TABLE line_items CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '' IGNORE 1 LINES
      (id, company, document, note, amount, rate, posted, @changed, @open, extra) SET changed_at = replace(@changed, '+00', ''), \`open\` = @open = 't';
    ANALYZE TABLE line_items`
  const client = spawn(
    'mariadb',
    [
      '--no-defaults',
      '--skip-ssl',
      '--host=127.0.0.1',
      `--port=${port}`,
      '--user=owner',
      '--password=owner-password',
      '--local-infile=1',
      'source',
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  client.stdin.end(sql)
  const [code] = await once(client, 'exit')
  if (code !== 0) throw new Error('mariadb failed; its message is above.')
}
