/** A configured source, as everybody sees it: everything but its credentials. */

import type { Limits as LimitsShape } from '@aiia/core/sync/configuration'
import { ownRetentionOf } from '@aiia/store/retention-default'
import { queryFromInfo } from '@pothos/plugin-prisma'
import { z } from 'zod'
import { parse } from '../input/parse.ts'
import { range } from '../input/ranges.ts'
import { builder } from './builder.ts'
import { JobRun } from './job-run.ts'
import { pageOf } from './keyset.ts'
import { storedKind } from './kinds.ts'
import { RecentRun } from './recent-run.ts'
import { OwnRetention, Retention } from './retention.ts'

const recentSchema = z.object({ first: range(1, 100, 'runs').nullish() })

const Limits = builder.objectRef<LimitsShape>('Limits').implement({
  description: 'What a run of the connector may take.',
  fields: (t) => ({
    connectTimeoutSeconds: t.exposeInt('connectTimeoutSeconds', { description: 'Time the source has to answer a connection attempt.' }),
    maxDurationSeconds: t.exposeInt('maxDurationSeconds', {
      nullable: true,
      description: 'Time a run may last over all its attempts; null: no limit.',
    }),
    maxAttempts: t.exposeInt('maxAttempts', { description: 'Attempts of one run, the first included; 1 switches automatic ones off.' }),
    memoryMb: t.exposeInt('memoryMb', { description: 'Memory of the run’s thread in MiB.' }),
  }),
})

export const Connector = builder.prismaNode('Connector', {
  id: { field: 'id' },
  nullable: true,
  description: 'A configured source.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique among connectors, whatever its case.' }),
    kind: t.exposeString('kind', { description: 'Name of its kind.' }),
    label: t.string({ description: 'Name of its kind for people.', resolve: ({ kind }) => storedKind(kind).label }),
    address: t.string({
      description: 'Where it connects to, without secrets: `postgresql://sap_read@10.140.2.14:5432/production`.',
      resolve: ({ kind, settings }) => storedKind(kind).address(settings),
    }),
    settings: t.expose('settings', { type: 'JSON', description: 'Its settings; they hold no secrets.' }),
    hasCredentials: t.boolean({
      description: 'Credentials can be set, never read; this says whether there are any.',
      resolve: ({ credentialsSealed }) => credentialsSealed !== null,
    }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether its schedule fires.' }),
    limits: t.field({ type: Limits, description: 'What its runs may take.', resolve: (connector) => connector }),
    retention: t.field({
      type: Retention,
      description: 'How long what its runs leave behind is kept: as it says itself, else as the platform’s default has it.',
      resolve: async (connector, _args, { batches }) => {
        const retention = await batches.retentionOf.load(connector)
        if (retention === undefined) throw new Error('every connector has a retention')
        return retention
      },
    }),
    ownRetention: t.field({
      type: OwnRetention,
      description: 'What of that it says itself.',
      resolve: (connector) => ownRetentionOf(connector),
    }),
    streams: t.relation('streams', { query: { orderBy: { position: 'asc' } }, description: 'What it reads, in order.' }),
    schedule: t.relation('schedule', { nullable: true, description: 'When it runs by itself; null: never.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Set on deleted connectors, which the history still names.',
    }),
    lastRun: t.field({
      type: JobRun,
      nullable: true,
      description: 'Its newest run.',
      resolve: async ({ id }, _args, context, info) => {
        const runs = await context.batches.runsOf({ take: 1, from: undefined }, queryFromInfo({ context, info })).load(id)
        return runs?.[0]
      },
    }),
    recentRuns: t.field({
      type: [RecentRun],
      description: 'Its last runs, newest first; for a list of connectors, whose runs are then read together.',
      args: { first: t.arg.int({ defaultValue: 20, description: 'How many, 100 at most.' }) },
      resolve: async ({ id }, args, { batches }) => (await batches.recentRunsOf(parse(recentSchema, args).first ?? 20).load(id)) ?? [],
    }),
    activeRun: t.field({
      type: JobRun,
      nullable: true,
      description: 'The run that is PENDING or RUNNING now.',
      resolve: ({ id }, _args, context, info) => context.batches.activeRunOf(queryFromInfo({ context, info })).load(id),
    }),
    runs: t.prismaConnection({
      type: 'JobRun',
      cursor: 'number',
      description: 'Its runs, newest first.',
      resolve: async (query, { id }, _args, { batches }) => {
        const { page, selection } = pageOf(query)
        return (await batches.runsOf(page, selection).load(id)) ?? []
      },
    }),
  }),
})
