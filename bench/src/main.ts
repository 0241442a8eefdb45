/**
 * `npm run bench`: this engine beside its baseline, interleaved in the same run, as ratios. Absolute figures are of the
 * machine; the ratios are what to compare.
 *
 *   npm run bench                       5 million rows, 3 rounds
 *   npm run bench -- --rows 500000 --rounds 5
 */

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPlatform } from '@aiia/testkit/platform'
import { startPostgres } from '@aiia/testkit/postgres'
import pg from 'pg'
import { hasPsql, pipeSeconds } from './pipe.ts'
import { createConnector, type Refresh, refresh } from './refresh.ts'
import { checksum, fillSourceTable } from './source-table.ts'
import { median, round } from './statistics.ts'
import { triggerLatencies } from './trigger-latency.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '3' },
    tries: { type: 'string', default: '40' },
  },
})
const [rows, rounds, tries] = [Number(values.rows), Number(values.rounds), Number(values.tries)]
if (![rows, rounds, tries].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('--rows, --rounds and --tries take whole numbers from 1.')
  process.exit(64)
}
if (!hasPsql()) {
  console.error('The baseline needs psql on PATH: apt-get install postgresql-client, or brew install libpq.')
  process.exit(69)
}

const say = (text: string) => console.log(text)
const postgres = await startPostgres({ settings: { shared_buffers: '512MB', max_wal_size: '8GB', synchronous_commit: 'on' } })
const sourceUrl = await postgres.createDatabase()
const platform = await startPlatform({ backend: 'postgres', postgres, env: { ALLOW_PLATFORM_DATABASE_AS_SOURCE: '1' } })
const [source, destination] = [new pg.Client({ connectionString: sourceUrl }), new pg.Client({ connectionString: platform.destinationUrl })]
await Promise.all([source.connect(), destination.connect()])

const results: {
  case: string
  rowsPerSecond: number
  ofPipe: number
  peakMb: number | null
  memoryGrowth: number | null
  updatesPerSecond: number
}[] = []
try {
  say(`Filling the source with ${rows.toLocaleString('en-US')} rows …`)
  await fillSourceTable(source, rows)
  const pipes: number[] = []
  const cases: Record<string, Refresh[]> = { 'first fill': [], 'nothing changed': [], '1 % changed': [] }
  for (let round = 1; round <= rounds; round += 1) {
    pipes.push(await pipe(round))
    const table = `bench_${round}`
    const connector = await createConnector(platform, sourceUrl, table)
    const run = async (name: string) => {
      cases[name]?.push(await refresh(platform, connector))
      say(`round ${round}: ${name} ${cases[name]?.at(-1)?.seconds.toFixed(1)} s, pipe ${pipes.at(-1)?.toFixed(1)} s`)
    }
    await run('first fill')
    await destination.query('CHECKPOINT')
    const before = await writesOf(table)
    await run('nothing changed')
    if ((await writesOf(table)) !== before) throw new Error('A refresh without changes rewrote rows.')
    await source.query('UPDATE line_items SET amount = amount + 1 WHERE id % 100 = $1', [round])
    await run('1 % changed')
    if ((await checksum(source, 'line_items')) !== (await checksum(destination, `destination.${table}`)))
      throw new Error('Source and destination differ.')
    await destination.query(`DROP TABLE destination.${table}`)
    await Promise.all([source.query('VACUUM line_items'), destination.query('CHECKPOINT')])
  }
  for (const [name, runs] of Object.entries(cases)) {
    const seconds = median(runs.map((run) => run.seconds))
    const memory = runs.flatMap((run) => run.memory ?? [])
    results.push({
      case: name,
      rowsPerSecond: Math.round(rows / seconds),
      ofPipe: round(median(runs.map((run, index) => (pipes[index] ?? Number.NaN) / run.seconds)), 2),
      peakMb: memory.length === 0 ? null : Math.round(Math.max(...memory.map(({ peakMb }) => peakMb))),
      memoryGrowth:
        memory.length === 0 ? null : round(median(memory.map(({ secondQuarterMb, lastQuarterMb }) => lastQuarterMb / secondQuarterMb)), 2),
      updatesPerSecond: round(median(runs.map((run) => run.updatesSeen / run.seconds)), 1),
    })
  }
  say(
    `\nPostgres → destination, ${rows.toLocaleString('en-US')} rows, median of ${rounds}; the pipe moves ${Math.round(rows / median(pipes)).toLocaleString('en-US')} rows/s`,
  )
  console.table(results)
} finally {
  await Promise.all([source.end(), destination.end()])
  await platform.stop()
  await postgres.stop()
}

const latency: Record<string, number> = {}
for (const backend of ['postgres', 'redis'] as const) latency[backend] = await medianLatency(backend)
say(
  `triggerSync answered → RUNNING seen by a subscriber, median of ${tries}: ${latency.postgres} ms on Postgres, ${latency.redis} ms on Redis`,
)

const file = join(import.meta.dirname, '..', 'results.json')
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, rows, rounds, results, latencyMs: latency }, null, 2)}\n`,
)
say(`Written to ${file}`)

async function pipe(round: number): Promise<number> {
  await destination.query(`CREATE UNLOGGED TABLE public.pipe_${round} (
    id bigint, company text, document text, note text, amount numeric(15,2), rate numeric(9,5), posted date, changed_at timestamptz, open boolean, extra jsonb)`)
  const seconds = await pipeSeconds(sourceUrl, platform.destinationUrl, `public.pipe_${round}`)
  await destination.query(`DROP TABLE public.pipe_${round}`)
  return seconds
}

/** Rows ever written in the table, from the server's own statistics. */
async function writesOf(table: string): Promise<string> {
  await destination.query('SELECT pg_stat_force_next_flush()')
  await destination.query('SELECT pg_stat_clear_snapshot()')
  const { rows: found } = await destination.query<{ writes: string }>(
    `SELECT n_tup_upd + n_tup_del || '' AS writes FROM pg_stat_user_tables WHERE schemaname = 'destination' AND relname = $1`,
    [table],
  )
  return found[0]?.writes ?? ''
}

async function medianLatency(backend: 'postgres' | 'redis'): Promise<number> {
  const server = await startPostgres()
  const small = await server.createDatabase()
  const client = new pg.Client({ connectionString: small })
  await client.connect()
  await fillSourceTable(client, 10)
  await client.end()
  const other = await startPlatform({ backend, postgres: server })
  try {
    const connector = await createConnector(other, small, 'latency')
    await triggerLatencies(other, connector, 3)
    return round(median(await triggerLatencies(other, connector, tries)), 1)
  } finally {
    await other.stop()
    await server.stop()
  }
}
