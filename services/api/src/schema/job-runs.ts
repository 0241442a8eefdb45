/** Finding runs: one, or the history. */

import type { Prisma } from '@aiia/prisma/client'
import { badInput } from '../errors.ts'
import { builder } from './builder.ts'
import { JobRunStatus, JobTrigger } from './enums.ts'
import { parseId } from './ids.ts'
import { pageFilter, pageOf } from './keyset.ts'

const JobRunFilter = builder.inputType('JobRunFilter', {
  description: 'Which runs; all that is given must hold.',
  fields: (t) => ({
    connectorIds: t.idList({ description: 'Runs of these connectors.' }),
    statuses: t.field({ type: [JobRunStatus], description: 'Runs in one of these statuses.' }),
    triggers: t.field({ type: [JobTrigger], description: 'Runs that were started so.' }),
    queuedFrom: t.field({ type: 'DateTime', description: 'Runs asked for at this moment or later.' }),
    queuedTo: t.field({ type: 'DateTime', description: 'Runs asked for before this moment.' }),
  }),
})

builder.queryField('jobRun', (t) =>
  t.prismaField({
    type: 'JobRun',
    nullable: true,
    description: 'A run by its id or its number; null when there is none.',
    args: { id: t.arg.id({ description: 'Its id.' }), number: t.arg.int({ description: 'Its number.' }) },
    resolve: (query, _root, { id, number }, { prisma }) => {
      if ((id == null) === (number == null)) throw badInput({ id: 'Give either "id" or "number".' })
      return prisma.jobRun.findUnique({ ...query, where: id != null ? { id: parseId('JobRun', id) } : { number: number ?? 0 } })
    },
  }),
)

builder.queryField('jobRuns', (t) =>
  t.prismaConnection({
    type: 'JobRun',
    cursor: 'number',
    description: 'The runs, newest first.',
    args: { filter: t.arg({ type: JobRunFilter, description: 'Which runs.' }) },
    resolve: (query, _root, { filter }, { prisma }) => {
      const { page, selection } = pageOf(query)
      return prisma.jobRun.findMany({
        ...selection,
        take: page.take,
        where: { AND: [matching(filter ?? {}), pageFilter(page)] },
        orderBy: { number: 'desc' },
      })
    },
  }),
)

const matching = (filter: typeof JobRunFilter.$inferInput): Prisma.JobRunWhereInput => {
  const { connectorIds, statuses, triggers, queuedFrom, queuedTo } = filter
  return {
    ...(connectorIds && { connectorId: { in: connectorIds.map((id, index) => parseId('Connector', id, `filter.connectorIds.${index}`)) } }),
    ...(statuses && { status: { in: statuses } }),
    ...(triggers && { trigger: { in: triggers } }),
    ...((queuedFrom || queuedTo) && { queuedAt: { ...(queuedFrom && { gte: queuedFrom }), ...(queuedTo && { lt: queuedTo }) } }),
  }
}
