/** Which connectors a list shows. */

import { Prisma, type PrismaClient } from '@aiia/prisma/client'
import { builder } from './builder.ts'
import { JobRunStatus } from './enums.ts'

export const ConnectorFilter = builder.inputType('ConnectorFilter', {
  description: 'Which connectors; all that is given must hold.',
  fields: (t) => ({
    kinds: t.stringList({ description: 'Connectors of one of these kinds.' }),
    lastStatuses: t.field({ type: [JobRunStatus], description: 'Connectors whose newest run is in one of these statuses.' }),
    enabled: t.boolean({ description: 'true: those whose schedule fires; false: those that are paused.' }),
  }),
})

type Wanted = { search?: string | null | undefined; filter?: typeof ConnectorFilter.$inferInput | null | undefined }

/** What must hold of a connector that is wanted. */
export const matchingConnectors = async (prisma: PrismaClient, { search, filter }: Wanted): Promise<Prisma.ConnectorWhereInput> => {
  const { kinds, lastStatuses, enabled } = filter ?? {}
  return {
    deletedAt: null,
    ...(search && { name: { contains: search, mode: 'insensitive' } }),
    ...(kinds && { kind: { in: kinds } }),
    ...(enabled != null && { enabled }),
    ...(lastStatuses && { id: { in: await idsByLastStatus(prisma, lastStatuses) } }),
  }
}

/** Prisma has no word for the newest of many; the index on a connector's runs finds it without reading the others. */
const idsByLastStatus = async (prisma: PrismaClient, statuses: readonly string[]): Promise<string[]> => {
  const rows = await prisma.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT connector."id"
    FROM "platform"."connectors" AS connector
    CROSS JOIN LATERAL (
      SELECT "status"::text FROM "platform"."job_runs" WHERE "connector_id" = connector."id" ORDER BY "number" DESC LIMIT 1
    ) AS last
    WHERE connector."deleted_at" IS NULL AND last."status" = ANY (${statuses})`)
  return rows.map(({ id }) => id)
}
