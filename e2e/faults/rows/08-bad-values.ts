/** Row 8: values at the edge and beyond it, in the first row, the last, and every one. */

import { openDatabase } from '../../platform/source.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

const extremes = `SELECT i AS id, CASE WHEN i IN (1, 500) THEN repeat('x', 10000000) ELSE 'x' END AS cell, '\\x00ff00'::bytea AS nul,
  CASE i % 3 WHEN 0 THEN 'NaN'::float8 WHEN 1 THEN 'infinity' ELSE '-infinity' END AS number,
  CASE i % 2 WHEN 0 THEN '0001-01-01'::timestamptz ELSE '294276-12-31 23:59:59.999999+00' END AS moment,
  '99999999999999999999999999999999999999'::numeric AS digits FROM generate_series(1, 500) i`

const carried: Scenario = {
  row: 8,
  fault: '10 MB cells, NUL bytes, infinity, NaN, extreme years and digits',
  boundMs: 30_000,
  run: async (stage) => {
    const { table } = await stage.addFeed({ rows: 1 })
    await stage.source.query(`CREATE TABLE ${table}_extreme AS ${extremes}; ALTER TABLE ${table}_extreme ADD PRIMARY KEY (id)`)
    const feed = await stage.addFeed({ stream: { table: `public.${table}_extreme` } })
    const asked = performance.now()
    const id = await stage.trigger(feed)
    await expectCompleted(stage, id, 1)
    const recoveryMs = performance.now() - asked
    const [from, into] = [await stage.source.checksum(`${table}_extreme`), await stage.database.checksum(`destination.${feed.table}`)]
    expectThat(from === into, `The source has ${from}, and the destination ${into}`)
    // What was read is another table of the source than the feed's own.
    feed.triggered.set(id, from)
    return { recoveryMs }
  },
}

const rows = 1_000

/** Rows without a key, which no mapping can place. */
const rejected = (where: string, condition: string, count: number): Scenario => ({
  row: 8,
  fault: `rows without their key: ${where}`,
  boundMs: 15_000,
  run: async (stage) => {
    const sql = `SELECT CASE WHEN ${condition} THEN NULL ELSE i END AS id, i AS place FROM generate_series(1, ${rows}) i`
    const feed = await stage.addFeed({ stream: { sql }, primaryKey: ['id'], limits: { maxAttempts: 3 } })
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger(feed))
    const recoveryMs = performance.now() - asked
    expectThat(
      run.status === 'ERROR' && run.failure?.code === 'ROWS_REJECTED' && run.attempt === 1,
      `The run ended ${run.status} with ${run.failure?.code}: ${run.failure?.message}`,
    )
    expectThat(run.counts.read === rows && run.counts.rejected === count, `The counts are ${JSON.stringify(run.counts)}`)
    const shown = await rejectedRows(stage, run.id)
    expectThat(shown === count, `${shown} rejected rows are shown`)
    return { recoveryMs }
  },
})

type RejectedPage = { jobRun: { rejectedRows: { nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } }

const rejectedRows = async ({ platform }: Stage, id: string): Promise<number> => {
  let count = 0
  for (let after: string | null = null; ; ) {
    const { jobRun }: RejectedPage = await platform.graphql<RejectedPage>(
      `query ($id: ID!, $after: String) { jobRun(id: $id) { rejectedRows(first: 100, after: $after) {
        nodes { position column } pageInfo { endCursor hasNextPage } } } }`,
      { id, after },
    )
    count += jobRun.rejectedRows.nodes.length
    if (!jobRun.rejectedRows.pageInfo.hasNextPage) return count
    after = jobRun.rejectedRows.pageInfo.endCursor
  }
}

/** A database that takes any bytes as text. */
const invalidText: Scenario = {
  row: 8,
  fault: 'invalid UTF-8',
  boundMs: 15_000,
  run: async (stage) => {
    const name = `${stage.feed.table}_ascii`
    await stage.source.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`)
    const url = new URL(stage.source.url)
    url.pathname = `/${name}`
    const ascii = await openDatabase(url.href)
    try {
      await ascii.query(`CREATE TABLE latin (id int PRIMARY KEY, words text)`)
      await ascii.query(`INSERT INTO latin SELECT i, CASE WHEN i = 500 THEN E'caf\\xe9' ELSE 'tea' END FROM generate_series(1, 500) i`)
      const feed = await stage.addFeed({ rows: 1, stream: { table: 'public.latin' }, settings: { database: name } })
      const asked = performance.now()
      const run = await stage.ended(await stage.trigger(feed))
      const recoveryMs = performance.now() - asked
      expectThat(
        run.status === 'ERROR' && /UTF8|encoding/.test(run.failure?.message ?? ''),
        `The run ended ${run.status} with ${run.failure?.code}: ${run.failure?.message}`,
      )
      return { recoveryMs }
    } finally {
      await ascii.end()
    }
  },
}

/** Of the source's own refusal in the middle of an extract. */
const refusedBySource = (where: string, row: number): Scenario => ({
  row: 8,
  fault: `a value that the query cannot compute: ${where}`,
  boundMs: 15_000,
  run: async (stage) => {
    const sql = `SELECT i AS id, 1 / (i - ${row}) AS share FROM generate_series(1, ${rows}) i`
    const feed = await stage.addFeed({ rows: 1, stream: { sql }, primaryKey: ['id'] })
    const asked = performance.now()
    const run = await stage.ended(await stage.trigger(feed))
    expectThat(
      run.status === 'ERROR' && run.failure?.message.includes('division by zero') === true,
      `The run ended ${run.status} with ${run.failure?.code}: ${run.failure?.message}`,
    )
    return { recoveryMs: performance.now() - asked }
  },
})

/** As many as allowed: the rest of the rows is carried over. */
const tolerated: Scenario = {
  row: 8,
  fault: 'rows without their key, within the limit',
  boundMs: 15_000,
  run: async (stage) => {
    const sql = `SELECT nullif(i, 1) AS id FROM generate_series(1, ${rows}) i`
    const feed = await stage.addFeed({ rows: 1, stream: { sql }, primaryKey: ['id'], rejectLimit: 1 })
    const asked = performance.now()
    const id = await stage.trigger(feed)
    const { counts } = await expectCompleted(stage, id, 1)
    const recoveryMs = performance.now() - asked
    expectThat(counts.rejected === 1 && counts.inserted === rows - 1, `The counts are ${JSON.stringify(counts)}`)
    feed.triggered.set(id, await stage.database.checksum(`destination.${feed.table}`))
    return { recoveryMs }
  },
}

export const badValues: Scenario[] = [
  carried,
  rejected('in the first row', 'i = 1', 1),
  rejected('in the last row', `i = ${rows}`, 1),
  rejected('in every row', 'true', rows),
  tolerated,
  invalidText,
  refusedBySource('in the first row', 1),
  refusedBySource('in the last row', rows),
]
