/** Brings validated rows from their staging table into the destination table, in the transaction of the commit. */

import { stagingName } from './destination/identifiers.ts'
import { appendRows, applyDifference, findDifference, type MatchCounts } from './destination/match.ts'
import { replaceTarget } from './destination/replace.ts'
import type { StagingTable } from './destination/staging-table.ts'
import { commentOf, evolve } from './destination/target-table.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'

export const writeRows = async (context: StreamContext, ready: ReadyStream, staged: StagingTable): Promise<MatchCounts> => {
  const { destination, runId, attempt, number, replay } = context
  const { stream, target, misfit, key, writing } = ready
  if (writing === 'REPLACE') return replace(context, ready, staged)
  await evolve(destination, target, misfit, stream.name)
  if (writing === 'APPEND') {
    const counts = await appendRows(destination, { staged, target, number })
    await destination.query(`DROP TABLE ${staged.sql}`)
    return counts
  }
  const matching = {
    staged,
    target,
    key,
    number,
    differenceName: stagingName('difference', runId, attempt, stream.name),
    deletes: writing === 'IMAGE',
    updates: writing !== 'ADD',
    notChangedAfter: replay?.number ?? null,
  }
  const difference = await findDifference(destination, matching)
  await applyDifference(destination, matching, difference)
  await difference.drop()
  await destination.query(`DROP TABLE ${staged.sql}`)
  return difference.counts
}

const replace = async (
  { destination, tally, connectorName, number }: StreamContext,
  { stream, target, misfit }: ReadyStream,
  staged: StagingTable,
): Promise<MatchCounts> => {
  const { read, rejected, superseded } = tally.current()
  const deleted = target.filled
    ? Number((await destination.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${target.sql}`)).rows[0]?.rows)
    : 0
  if (target.depended) await evolve(destination, target, misfit, stream.name)
  await replaceTarget(destination, target, staged, { comment: commentOf(connectorName, stream.name), number })
  return { inserted: read - rejected - superseded, updated: 0, unchanged: 0, deleted }
}
