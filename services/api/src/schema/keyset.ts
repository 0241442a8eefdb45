/** Pages of runs by their number, newest first: no offset and no count, so that page 1 and page 10,000 cost the same. */

import { Prisma, type PrismaClient } from '@aiia/prisma/client'
import { badInput } from '../errors.ts'

/** What Pothos makes of `first`, `after`, `last`, `before`: a negative `take` goes backwards. */
export type PageQuery = { take: number; skip?: number; cursor?: { number?: unknown } | undefined }

/** Splits the page off a query; the rest selects columns. */
export const pageOf = <Q extends PageQuery>(query: Q): { page: RunPage; selection: Omit<Q, 'take' | 'skip' | 'cursor'> } => {
  const { take, skip: _skip, cursor, ...selection } = query
  const from = cursor?.number
  if (from !== undefined && typeof from !== 'number')
    throw badInput({ [take < 0 ? 'before' : 'after']: 'This is not a cursor of this list.' })
  return { page: { take, from }, selection }
}

export type RunPage = {
  take: number
  /** Number of the run that the page starts behind, or ends before when `take` is negative. */
  from: number | undefined
}

export const pageFilter = ({ take, from }: RunPage): Prisma.JobRunWhereInput =>
  from === undefined ? {} : { number: take < 0 ? { gt: from } : { lt: from } }

/** One page of each connector's runs in one statement, as ids. */
export const runIdsOfConnectors = async (prisma: PrismaClient, connectorIds: string[], { take, from }: RunPage): Promise<string[]> => {
  const backwards = take < 0
  const within = from === undefined ? Prisma.empty : backwards ? Prisma.sql`AND "number" > ${from}` : Prisma.sql`AND "number" < ${from}`
  const order = backwards ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT run."id"
    FROM unnest(${connectorIds}::text[]) AS connector("id")
    CROSS JOIN LATERAL (
      SELECT "id" FROM "platform"."job_runs"
      WHERE "connector_id" = connector."id" ${within}
      ORDER BY "number" ${order} LIMIT ${Math.abs(take)}
    ) AS run`
  return rows.map(({ id }) => id)
}
