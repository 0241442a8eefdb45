/**
 * `npm run bench:sources`: Postgres, MariaDB, CSV, JSONL and Parquet into the destination through the whole platform, beside pgloader
 * where it can do the same, interleaved in the same run. The ratios are what to compare. What arrives is compared with the
 * source over all columns and rows.
 *
 *   npm run bench:sources                       1 million rows, 3 rounds
 *   npm run bench:sources -- --rows 10000000 --rounds 1
 */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startMariadb } from '@aiia/testkit/mariadb'
import { startPlatform } from '@aiia/testkit/platform'
import { startPostgres } from '@aiia/testkit/postgres'
import { startS3 } from '@aiia/testkit/s3'
import pg from 'pg'
import { hasPgloader, loadCsv, loadMysql } from './pgloader.ts'
import { type Refresh, refresh } from './refresh.ts'
import { columns, fillMariadb, writeFiles } from './source-files.ts'
import { fillSourceTable, lineItemsChecksum } from './source-table.ts'
import { median, round } from './statistics.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } } })
const [rows, rounds] = [Number(values.rows), Number(values.rounds)]
if (![rows, rounds].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('--rows and --rounds take whole numbers from 1.')
  process.exit(64)
}
if (!hasPgloader()) console.log('pgloader is not on PATH (apt-get install pgloader), so there is no peer to compare with.')

const folder = mkdtempSync(join(tmpdir(), 'aiia-bench-'))
const postgres = await startPostgres({ settings: { shared_buffers: '512MB', max_wal_size: '8GB' } })
const mariadb = await startMariadb({ options: ['--local-infile=1', '--innodb-buffer-pool-size=1G'] })
const s3 = await startS3()
const [sourceUrl, peerUrl] = [await postgres.createDatabase(), await postgres.createDatabase()]
const platform = await startPlatform({ backend: 'postgres', postgres, env: { ALLOW_PLATFORM_DATABASE_AS_SOURCE: '1' } })
const [source, destination, peer] = [sourceUrl, platform.destinationUrl, peerUrl].map(
  (connectionString) => new pg.Client({ connectionString }),
) as [pg.Client, pg.Client, pg.Client]
await Promise.all([source.connect(), destination.connect(), peer.connect()])

const create = async (name: string, input: object): Promise<string> => {
  const { createConnector } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    { input: { name, limits: { maxAttempts: 1 }, ...input } },
  )
  return createConnector.id
}
const inFolder = (path: string) => ({ kind: 'file', settings: { folder }, streams: [{ name: `file ${path}`, source: { path } }] })
const onS3 = async (path: string) => {
  await s3.put('bench', path, readFileSync(join(folder, path)))
  const settings = { endpoint: s3.url, bucket: 'bench' }
  return { kind: 's3', settings, credentials: s3.credentials, streams: [{ name: `s3 ${path}`, source: { path } }] }
}

/** The test's server takes an object in one piece; what is larger is read from a folder, by the same readers. */
const largestObject = 300_000_000

type Case = { name: string; connector: string; table: string; runs: Refresh[]; peers: number[]; peer?: () => Promise<number> }

try {
  console.log(`Making ${rows.toLocaleString('en-US')} rows as a table and as files …`)
  await fillSourceTable(source, rows)
  await writeFiles(sourceUrl, folder)
  await fillMariadb(mariadb.port, join(folder, 'line_items.csv'))
  await peer.query(`CREATE TABLE line_items_csv (id bigint, company text, document text, note text, amount numeric(15,2), rate numeric(9,5),
    posted date, changed_at timestamptz, open boolean, extra text)`)
  const { username, password, hostname, port, pathname } = new URL(mariadb.url)
  const mysql = {
    kind: 'mysql',
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username },
    credentials: { password },
    streams: [{ name: 'mysql', source: { table: 'line_items' } }],
  }
  const cases: Case[] = []
  const add = async (name: string, table: string, input: object, run?: () => Promise<number>) =>
    cases.push({
      name,
      table,
      connector: await create(name, input),
      runs: [],
      peers: [],
      ...(run !== undefined && hasPgloader() && { peer: run }),
    })
  const from = new URL(sourceUrl)
  await add('Postgres', 'postgres', {
    kind: 'postgres',
    settings: { host: from.hostname, port: Number(from.port), database: from.pathname.slice(1), user: from.username, tls: 'disable' },
    credentials: { password: decodeURIComponent(from.password) },
    streams: [{ name: 'postgres', source: { table: 'public.line_items' } }],
  })
  await add('MariaDB', 'mysql', mysql, () => loadMysql(mariadb.url, peerUrl))
  await add('CSV', 'file line_items.csv', inFolder('line_items.csv'), async () => {
    await peer.query('TRUNCATE line_items_csv')
    return loadCsv(join(folder, 'line_items.csv'), columns, peerUrl, 'public.line_items_csv')
  })
  await s3.createBucket('bench')
  for (const ending of ['csv', 'csv.gz', 'csv.zst', 'jsonl', 'jsonl.gz', 'jsonl.zst', 'parquet']) {
    const path = `line_items.${ending}`
    if (statSync(join(folder, path)).size <= largestObject) await add(`S3 ${ending}`, `s3 ${path}`, await onS3(path))
    else if (ending !== 'csv') await add(`${ending} in a folder`, `file ${path}`, inFolder(path))
  }
  const expected = await lineItemsChecksum(source, 'line_items')
  for (let turn = 1; turn <= rounds; turn += 1) {
    for (const { name, connector, table, runs, peers, peer: peerRun } of cases) {
      if (peerRun !== undefined) peers.push(await peerRun())
      // A first fill each time, as pgloader's.
      await destination.query(`DROP TABLE IF EXISTS destination."${table}"`)
      const run = await refresh(platform, connector)
      if ((await lineItemsChecksum(destination, `destination."${table}"`)) !== expected)
        throw new Error(`${name}: source and destination differ.`)
      runs.push(run)
      const peak = `${Math.round(run.memory?.peakMb ?? 0)} MB at most`
      console.log(
        `round ${turn}: ${name} ${run.seconds.toFixed(1)} s, ${peak}${peers.length > 0 ? `, pgloader ${peers.at(-1)?.toFixed(1)} s` : ''}`,
      )
    }
  }
  const results = cases.map(({ name, runs, peers }) => ({
    source: name,
    rowsPerSecond: Math.round(rows / median(runs.map(({ seconds }) => seconds))),
    timesPgloader: peers.length === 0 ? null : round(median(runs.map(({ seconds }, at) => (peers[at] ?? Number.NaN) / seconds)), 2),
    peakMb: Math.round(Math.max(...runs.map(({ memory }) => memory?.peakMb ?? 0))),
  }))
  console.log(`\nInto the destination, ${rows.toLocaleString('en-US')} rows of 10 columns, median of ${rounds}`)
  console.table(results)
  const target = join(import.meta.dirname, '..', 'results-sources.json')
  writeFileSync(target, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows, rounds, results }, null, 2)}\n`)
  console.log(`Written to ${target}`)
} finally {
  await Promise.all([source.end(), destination.end(), peer.end()])
  await platform.stop()
  await Promise.all([postgres.stop(), mariadb.stop(), s3.stop()])
  rmSync(folder, { recursive: true })
}
