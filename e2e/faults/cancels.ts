/** `npm run test:cancels`: a large extract is cancelled at random moments, again and again. */

import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from '@aiia/stack/platform/graphql'
import { triggerSync, watchRun } from '../platform/source.ts'
import { checkInvariants } from './invariants.ts'
import { chooseBackends, isCount, readOptions } from './options.ts'
import { createPlatforms } from './platforms.ts'
import { createRandom, type Random } from './random.ts'
import { describe, keepOutput } from './report.ts'
import { type Backend, expectThat } from './scenario.ts'
import { openStage, type Stage } from './stage.ts'
import { until } from './until.ts'

const usage = `npm run test:cancels -- [options]

  --times 50         cancels
  --rows 5000000     of the extract
  --backend redis    only on this one, postgres or redis; both by default
  --seed 1           repeats the moments of an earlier call; a new one by default
  --help             this text

Each run must be CANCELLED for its viewers within a second of the request, leave nothing in the destination, and no query
at the source. Exit code 1 otherwise.`

const { values, refuse } = readOptions(usage, {
  times: { type: 'string', default: '50' },
  rows: { type: 'string', default: '5000000' },
  backend: { type: 'string' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
})
const [times, rows, seed] = [Number(values.times), Number(values.rows), Number(values.seed)]
if (!isCount(times)) refuse('--times takes a whole number from 1.')
if (!isCount(rows)) refuse('--rows takes a whole number from 1.')
if (!Number.isSafeInteger(seed)) refuse('--seed takes a whole number.')
const boundMs = 1_000

type Extract = { startedAt: string; finishedAt: string }

/** How long the extract of a run took that nobody disturbed. */
const lengthOfExtract = async (stage: Stage, id: string): Promise<number> => {
  const { jobRun } = await stage.platform.graphql<{ jobRun: { steps: (Extract & { kind: string })[] } }>(
    'query ($id: ID!) { jobRun(id: $id) { steps { kind startedAt finishedAt } } }',
    { id },
  )
  const extract = jobRun.steps.find(({ kind }) => kind === 'EXTRACT')
  if (extract === undefined) throw new Error('The run has no step EXTRACT.')
  return Date.parse(extract.finishedAt) - Date.parse(extract.startedAt)
}

type Cancelled = { toldMs: number; freeMs: number; read: number }

/** @returns undefined when the run was through before the cancel */
const cancelOnce = async (stage: Stage, connector: string, afterMs: number): Promise<Cancelled | undefined> => {
  const { platform, source, database } = stage
  const id = await triggerSync(platform, connector)
  let asked: Promise<number | undefined> | undefined
  const cancel = async (): Promise<number | undefined> => {
    await wait(afterMs)
    const at = performance.now()
    try {
      await platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id })
      return at
    } catch (error) {
      if (error instanceof ApiError && error.errors[0]?.extensions?.code === 'CONFLICT') return undefined
      throw error
    }
  }
  let last: { status: string; read: number; at: number } | undefined
  for await (const run of watchRun(platform, id)) {
    last = { status: run.status, read: run.counts.read, at: performance.now() }
    if (run.status === 'RUNNING') asked ??= cancel()
  }
  const askedAt = await asked
  if (last === undefined || askedAt === undefined) return undefined
  expectThat(last.status === 'CANCELLED', `The cancelled run is ${last.status}`)
  const sessions = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'AIIA Data Refresh%'`
  await until('The end of the query at the source', async () => ((await source.query(sessions)).length === 0 ? true : undefined))
  const freeMs = performance.now() - askedAt
  const [left] = await database.query<{ staged: string; committed: string }>(
    `SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'destination_staging' AND tablename NOT IN ('ledger', 'checkpoints', 'stream_states')) AS staged,
       (SELECT count(*) FROM destination_staging.ledger WHERE run_id = $1) AS committed`,
    [id],
  )
  expectThat(Number(left?.committed) === 0, `Run ${id} was cancelled, and has committed`)
  expectThat(Number(left?.staged) === 0, `Run ${id} has left a staging table`)
  return { toldMs: last.at - askedAt, freeMs, read: last.read }
}

const cancelAgainAndAgain = async (backend: Backend, random: Random): Promise<boolean> => {
  const stage = await openStage(await platforms.give(backend))
  const { connector, table } = await stage.addFeed({ rows })
  const first = await triggerSync(stage.platform, connector)
  const { status, failure } = await stage.ended(first, 600_000)
  expectThat(status === 'COMPLETED', `The first run ended ${status}: ${failure?.message}`)
  const extractMs = await lengthOfExtract(stage, first)
  const before = await stage.database.checksum(`destination.${table}`)
  // Something that a commit would show.
  await stage.source.query(`UPDATE ${table} SET version = version + 1 WHERE id % 1000 = 0`)
  const all: Cancelled[] = []
  while (all.length < times) {
    const cancelled = await cancelOnce(stage, connector, random.between(0, extractMs))
    if (cancelled === undefined) console.log(`${backend}: the run was through before the cancel, tried again`)
    else all.push(cancelled)
  }
  expectThat((await stage.database.checksum(`destination.${table}`)) === before, 'The destination has changed')
  await checkInvariants({ ...stage, feeds: [stage.feed] })
  await stage.close()
  const told = all.map(({ toldMs }) => toldMs).toSorted((a, b) => a - b)
  const free = all.map(({ freeMs }) => freeMs).toSorted((a, b) => a - b)
  const read = all.map((each) => each.read).toSorted((a, b) => a - b)
  const tell = (name: string, ms: number[]) =>
    console.log(`${backend}: ${name}: median ${middle(ms).toFixed(0)} ms, slowest ${(ms.at(-1) ?? 0).toFixed(0)} ms`)
  console.log(
    `${backend}: ${all.length} of ${times} CANCELLED within an extract of ${(extractMs / 1_000).toFixed(1)} s, after ${read[0]} to ${read.at(-1)} rows; nothing committed, nothing left`,
  )
  tell('from the request to the event of its status', told)
  tell('from the request to no query at the source', free)
  return [...told, ...free].every((ms) => ms < boundMs)
}

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

const platforms = await createPlatforms()
let held = true
try {
  console.log(`seed ${seed}`)
  for (const backend of chooseBackends(values.backend, refuse)) held = (await cancelAgainAndAgain(backend, createRandom(seed))) && held
} catch (error) {
  console.error(`FAILED\n${describe(error)}\nWhat the platform wrote: ${keepOutput(platforms)}`)
  held = false
} finally {
  await platforms.stop()
}
process.exit(held ? 0 : 1)
