/** What holds after every fault, asked of public interfaces only. */

import type { Line, Run } from '../platform/source.ts'
import { expectThat } from './scenario.ts'
import type { Feed, Stage } from './stage.ts'
import { until, within } from './until.ts'
import { isFinal, type Viewer } from './viewer.ts'

const patienceMs = 60_000

/** @throws with the first invariant that does not hold */
export const checkInvariants = async (stage: Stage): Promise<void> => {
  await everyRunEnded(stage)
  for (const feed of stage.feeds) await noRowIsLostOrDoubled(stage, feed)
  await theNextTriggerWorks(stage)
  for (const run of await everyRunEnded(stage)) await theLogIsWhole(stage, run)
  await viewersConverged(stage)
  await nothingIsLeftBehind(stage)
}

/** 2. Every run ends, and a failure names its cause. */
const everyRunEnded = async (stage: Stage): Promise<Run[]> => {
  const ids = stage.feeds.map(({ connector }) => connector)
  const runs = await until(
    'The end of every run',
    async () => {
      const found = await stage.runsOf(ids)
      return found.every(isFinal) ? found : undefined
    },
    patienceMs,
  )
  for (const { number, status, failure } of runs) {
    const failed = status === 'FAILED' || status === 'ERROR'
    expectThat(failed === (failure !== null), `Run #${number} ended ${status} with the failure ${failure?.code}`)
    expectThat(failure?.code !== 'INTERNAL', `Run #${number} ended INTERNAL: ${failure?.message}`)
  }
  return runs
}

/** 3. The log has no hole, and is what each viewer was shown. */
const theLogIsWhole = async (stage: Stage, { id, number, lastLogSeq, status }: Run): Promise<void> => {
  const lines = await logOf(stage, id)
  lines.forEach(({ seq }, index) => expectThat(seq === index + 1, `Line ${index + 1} of run #${number} has the number ${seq}`))
  expectThat(lines.length === lastLogSeq, `Run #${number} has ${lines.length} lines, and says it has ${lastLogSeq}`)
  if (status !== 'COMPLETED') {
    expectThat(
      lines.at(-1)?.text.endsWith(`FATAL: Job aborted with state ${status}.`) === true,
      `The log of run #${number}, which ended ${status}, ends with: ${lines.at(-1)?.text}`,
    )
  }
  for (const viewer of stage.viewers.filter(({ runId }) => runId === id)) {
    await within(`The end of run #${number} for a viewer`, viewer.done, patienceMs)
    const [shown, stored] = [viewer.lines, lines].map((all) => all.map(({ text }) => text).join('\n'))
    expectThat(shown === stored, () => `A viewer of run #${number} was shown\n${shown}\nand stored is\n${stored}`)
  }
}

/** Page by page, as far as there are any. */
export const logOf = async ({ platform }: Stage, id: string): Promise<Line[]> => {
  const lines: Line[] = []
  for (;;) {
    const { jobRun } = await platform.graphql<{ jobRun: { logs: { lines: Line[]; hasMore: boolean } } }>(
      'query ($id: ID!, $afterSeq: Int) { jobRun(id: $id) { logs(first: 1000, afterSeq: $afterSeq) { lines { seq level text } hasMore } } }',
      { id, afterSeq: lines.at(-1)?.seq ?? 0 },
    )
    lines.push(...jobRun.logs.lines)
    if (!jobRun.logs.hasMore) return lines
  }
}

/** 4. Each viewer ends with the state of the database, never went back, and saw each line once. */
const viewersConverged = async (stage: Stage): Promise<void> => {
  const stored = new Map<string, string>()
  for (const viewer of stage.viewers) {
    const { runId } = viewer
    if (!stored.has(runId)) {
      const { steps: _, ...run } = await stage.run(runId)
      stored.set(runId, JSON.stringify(run))
    }
    const last = JSON.stringify(viewer.states.at(-1))
    expectThat(last === stored.get(runId), () => `A viewer ended with ${last}, and stored is ${stored.get(runId)}`)
    inOrder(viewer)
  }
}

const inOrder = ({ lines, states }: Viewer): void => {
  lines.forEach(({ seq }, index) => expectThat(seq === index + 1, `A viewer was shown line ${seq} in place ${index + 1}`))
  states.forEach(({ revision }, index) => {
    const before = states[index - 1]?.revision ?? 0
    expectThat(revision >= before, `A viewer was shown revision ${revision} after ${before}`)
  })
}

/** 1. The destination is what the source was when the last run that committed was asked for. */
const noRowIsLostOrDoubled = async (stage: Stage, { table, triggered }: Feed): Promise<void> => {
  let expected: string | undefined
  for (const [id, before] of triggered) if (await committed(stage, id, table)) expected = before
  const [found] = await stage.database.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [`destination.${table}`])
  const stored = found?.exists ? await stage.database.checksum(`destination.${table}`) : undefined
  expectThat(stored === expected, `The destination has ${stored}, and was committed as ${expected}`)
}

const committed = async (stage: Stage, id: string, table: string): Promise<boolean> => {
  const { status } = await stage.run(id)
  if (status === 'COMPLETED') return true
  return (await logOf(stage, id)).some(({ text }) => text.includes(`Committed before: "${table}"`))
}

/** 5. Without a hand on the platform, each connector syncs again, and then equals its source. */
const theNextTriggerWorks = async (stage: Stage): Promise<void> => {
  const { feed, source, database } = stage
  await stage.change()
  const run = await stage.ended(await stage.trigger(), patienceMs)
  expectThat(run.status === 'COMPLETED', `The next run ended ${run.status}: ${run.failure?.message}`)
  const [from, into] = [await source.checksum(feed.table), await database.checksum(`destination.${feed.table}`)]
  expectThat(from === into, `After the next run the source has ${from}, and the destination ${into}`)
}

/** No session at the source and no staging table outlives its run. */
const nothingIsLeftBehind = async ({ source, database }: Stage): Promise<void> => {
  await until('The end of all sessions at the source', async () => {
    const sessions = await source.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'AIIA Data Refresh%'`,
    )
    return sessions.length === 0 ? true : undefined
  })
  // Chunks of a run that ended without its worker are swept once a minute.
  await until(
    'The end of all staging tables',
    async () => {
      const tables = await database.query(
        `SELECT 1 FROM pg_tables WHERE schemaname = 'destination_staging' AND tablename NOT IN ('ledger', 'checkpoints', 'stream_states')`,
      )
      return tables.length === 0 ? true : undefined
    },
    2 * patienceMs,
  )
}
