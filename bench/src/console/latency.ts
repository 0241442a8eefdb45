/**
 * From a change to the pixel: a run reads rows that come at random moments, and the source notes when it made each one;
 * log lines carry the time at which the worker wrote them. The page notes when a frame with the change was painted.
 * All clocks are those of one machine.
 */

import type { Platform } from '@aiia/testkit/platform'
import pg from 'pg'
import { addLogLines, asReplica } from '../log-lines.ts'
import { median, percentile } from '../statistics.ts'
import type { Figure } from './figures.ts'
import type { Viewer } from './viewer.ts'

const streams = 20
const rowsPerStream = 8

/**
 * Rows in pairs: the first is made after a pause of at most 0.4 s, the second at once. Postgres sends what fills its
 * buffer, so each row is longer than that, and the second pushes out the first.
 */
const pairs = `SELECT i AS id, clock_timestamp() AS made_at, repeat('x', 20000) AS filler
  FROM generate_series(1, ${2 * rowsPerStream}) i WHERE i % 2 = 0 OR pg_sleep(random() * 0.4) IS NOT NULL`

/** Runs in the page: notes the first painted frame of every count and of every line. */
const watchChanges = `{
  const painted = { counts: [], lines: [] }
  window.painted = painted
  const seen = new Set()
  let count = ''
  const look = () => {
    const found = { lines: [], count: null }
    for (const number of document.querySelectorAll('[role=log] [data-number]')) {
      if (seen.has(number.dataset.number)) continue
      seen.add(number.dataset.number)
      found.lines.push(Number(number.dataset.number))
    }
    const text = document.querySelector('[data-testid=records]')?.textContent ?? ''
    if (text !== count) found.count = Number((count = text).replaceAll(',', ''))
    if (found.count === null && found.lines.length === 0) return
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now()
        if (found.count !== null) painted.counts.push({ count: found.count, at })
        for (const seq of found.lines) painted.lines.push({ seq, at })
      }
      channel.port2.postMessage(null)
    })
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}`

type Painted = { counts: { count: number; at: number }[]; lines: { seq: number; at: number }[] }

const createConnector = async (platform: Platform): Promise<string> => {
  const { hostname, port, pathname, username, password } = new URL(platform.databaseUrl)
  const { createConnector: made } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    {
      input: {
        name: 'Watched',
        kind: 'postgres',
        settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username, tls: 'disable' },
        credentials: { password: decodeURIComponent(password) },
        streams: Array.from({ length: streams }, (_, at) => ({ name: tableOf(at), source: { sql: pairs } })),
      },
    },
  )
  return made.id
}

const tableOf = (stream: number): string => `watched_${stream}`

const untilEnded = async (platform: Platform, id: string): Promise<void> => {
  const events = platform.subscribe<{ jobRunUpdated: { status: string } }>(
    'subscription ($id: ID!) { jobRunUpdated(id: $id) { status } }',
    { id },
  )
  for await (const { jobRunUpdated } of events) {
    if (jobRunUpdated.status === 'COMPLETED') return
    if (!['PENDING', 'RUNNING'].includes(jobRunUpdated.status)) throw new Error(`The watched run ended ${jobRunUpdated.status}.`)
  }
}

/** When the source had made so many rows: of each pair the first. */
const changesOf = async (database: pg.Client): Promise<{ count: number; at: number }[]> => {
  const changes: { count: number; at: number }[] = []
  const { rows: tables } = await database.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE tablename ~ '^watched_\\d+$'`,
  )
  for (const { schema, name } of tables) {
    const before = Number(name.slice('watched_'.length)) * 2 * rowsPerStream
    const { rows } = await database.query<{ id: number; at: string }>(
      `SELECT id, extract(epoch FROM made_at) * 1000 AS at FROM "${schema}"."${name}" WHERE id % 2 = 1`,
    )
    changes.push(...rows.map(({ id, at }) => ({ count: before + id, at: Number(at) })))
  }
  return changes
}

const figuresOf = (name: string, latencies: readonly number[], under: number): Figure[] => [
  { measured: `${name}: median of ${latencies.length}`, value: median(latencies), unit: 'ms', under },
  { measured: `${name}: p95`, value: percentile(latencies, 95), unit: 'ms' },
]

/** @param written lines that the run has before the worker takes it */
export const measureLatency = async (platform: Platform, viewer: Viewer, { written }: { written: number }): Promise<Figure[]> => {
  const database = new pg.Client({ connectionString: platform.databaseUrl })
  await database.connect()
  try {
    await asReplica(database)
    const connectorId = await createConnector(platform)
    await platform.graphql('mutation { pausePlatform(reason: "Lines are being written.") { mode } }')
    const { triggerSync: run } = await platform.graphql<{ triggerSync: { id: string; number: number } }>(
      'mutation ($id: ID!) { triggerSync(connectorId: $id) { id number } }',
      { id: connectorId },
    )
    await addLogLines(database, run.number, written)
    return await viewer.visit({ script: watchChanges }, async (page) => {
      await page.goto(`/admin/runs/${run.number}`, { waitUntil: 'networkidle' })
      const ended = untilEnded(platform, run.id)
      await platform.graphql('mutation { resumePlatform { mode } }')
      await ended
      await page.waitForTimeout(1_000)
      const painted = await page.evaluate<Painted>('window.painted')
      const { rows: lines } = await database.query<{ seq: number; at: string }>(
        `SELECT l.seq::int, extract(epoch FROM l.at) * 1000 AS at
         FROM platform.log_lines l JOIN platform.job_runs r ON r.id = l.run_id WHERE r.number = $1 AND l.seq > $2`,
        [run.number, written],
      )
      const counts = (await changesOf(database)).flatMap(({ count, at }) => {
        const shown = painted.counts.find((paint) => paint.count >= count)
        return shown ? [shown.at - at] : []
      })
      const lineLatencies = lines.flatMap(({ seq, at }) => {
        const shown = painted.lines.find((paint) => paint.seq === seq)
        return shown ? [shown.at - Number(at)] : []
      })
      return [
        ...figuresOf('a count, from the source to the pixel', counts, 150),
        ...figuresOf('a log line, from the worker to the pixel', lineLatencies, 200),
        { measured: `log lines of ${lines.length} that were not seen`, value: lines.length - lineLatencies.length, unit: '', under: 1 },
      ]
    })
  } finally {
    await database.end()
  }
}
