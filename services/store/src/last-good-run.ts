/** The last run of a connector that completed before another one of it. */

import type { Prisma } from '@aiia/prisma/client'
import type { StoreContext } from './context.ts'

type JobRun = Prisma.JobRunGetPayload<object>

export type RunAndLastGood = { run: JobRun; lastGood: JobRun }

/**
 * Replays read the rows of another run, and compare with nothing.
 *
 * @returns those that have one, by their id
 */
export const readLastGoodRuns = async ({ prisma }: StoreContext, runIds: string[]): Promise<Map<string, RunAndLastGood>> => {
  const pairs = await prisma.$queryRaw<{ id: string; lastGoodId: string }[]>`
    SELECT r.id, good.id AS "lastGoodId" FROM platform.job_runs r CROSS JOIN LATERAL (
      SELECT g.id FROM platform.job_runs g
      WHERE g.connector_id = r.connector_id AND g.number < r.number AND g.status = 'COMPLETED' AND g.configuration ->> 'replay' IS NULL
      ORDER BY g.number DESC LIMIT 1) good
    WHERE r.id = ANY (${runIds}::text[]) AND r.configuration ->> 'replay' IS NULL`
  const runs = await prisma.jobRun.findMany({ where: { id: { in: pairs.flatMap(({ id, lastGoodId }) => [id, lastGoodId]) } } })
  const byId = new Map(runs.map((run) => [run.id, run]))
  return new Map(
    pairs.flatMap(({ id, lastGoodId }) => {
      const [run, lastGood] = [byId.get(id), byId.get(lastGoodId)]
      return run && lastGood ? [[id, { run, lastGood }] as const] : []
    }),
  )
}
