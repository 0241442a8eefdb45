/** How long things are kept by default: read, changed, and tried out. */

import { changeRetentionDefault, type RetentionDefault, readRetentionDefault, withOwnRetention } from '@aiia/store/retention-default'
import {
  type StoredAmount as AmountShape,
  type RetentionForecast as ForecastShape,
  forecastRetention,
  readStoredAmounts,
  storedThings,
  type StoredThing as ThingName,
} from '@aiia/store/retention-forecast'
import { actorOf } from '../auth/viewer.ts'
import { retentionSchema } from '../input/connector-parts.ts'
import { parse } from '../input/parse.ts'
import { builder } from './builder.ts'
import { RetentionInput } from './connector-input.ts'
import { describe } from './enums.ts'
import { Retention } from './retention.ts'

const thingValues = describe<ThingName>(storedThings, {
  RUNS: 'Runs, with their counts, steps and failure.',
  LOG_LINES: 'Lines of their logs.',
  REJECTED_ROWS: 'Rows that they rejected.',
  AUDIT_ENTRIES: 'Entries of the audit log, which are kept for good.',
})
const StoredThing = builder.enumType('StoredThing', { description: 'What is kept.', values: thingValues })

const StoredAmount = builder.objectRef<AmountShape>('StoredAmount').implement({
  description: 'How much of something is stored.',
  fields: (t) => ({
    thing: t.field({ type: StoredThing, description: 'Of what.', resolve: ({ thing }) => thing }),
    rows: t.field({ type: 'Long', description: 'How many; exact up to 100,000, about right beyond.', resolve: ({ rows }) => rows }),
    bytes: t.field({ type: 'Long', description: 'What they take on disk, with indexes.', resolve: ({ bytes }) => bytes }),
  }),
})

const RetentionForecast = builder.objectRef<ForecastShape>('RetentionForecast').implement({
  description: 'What the next sweep would take away.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Runs, with all that belongs to them.' }),
    logs: t.exposeInt('logs', { description: 'Runs whose log goes, with them or alone.' }),
    logLines: t.field({ type: 'Long', description: 'Lines of those logs.', resolve: ({ logLines }) => logLines }),
    runsWithRejectedRows: t.exposeInt('runsWithRejectedRows', { description: 'Runs whose rejected rows go, with them or alone.' }),
  }),
})

const RetentionSettings = builder.objectRef<RetentionDefault>('RetentionSettings').implement({
  description: 'How long things are kept where a connector says nothing else.',
  fields: (t) => ({
    platform: t.field({ type: Retention, description: 'The default.', resolve: ({ retention }) => retention }),
    changedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was changed last; null: never.',
      resolve: ({ changed }) => changed?.at ?? null,
    }),
    changedBy: t.string({ nullable: true, description: 'By whom.', resolve: ({ changed }) => changed?.by ?? null }),
    connectorsWithOwn: t.prismaField({
      type: ['Connector'],
      description: 'Connectors for which something else holds in part; see `Connector.ownRetention`.',
      resolve: (query, _settings, _args, { prisma }) =>
        prisma.connector.findMany({ ...query, where: { AND: [withOwnRetention, { deletedAt: null }] }, orderBy: { name: 'asc' } }),
    }),
    stored: t.field({
      type: [StoredAmount],
      description: 'How much is stored now.',
      resolve: (_settings, _args, { prisma }) => readStoredAmounts({ prisma }),
    }),
    forecast: t.field({
      type: RetentionForecast,
      description: 'What the next sweep would take away. Sweeps follow one another every 15 minutes.',
      args: { platform: t.arg({ type: RetentionInput, description: 'With this default instead; what is omitted stays as it is.' }) },
      resolve: ({ retention }, { platform }, { prisma }) => forecastRetention({ prisma }, { ...retention, ...given(platform) }),
    }),
  }),
})

/** What is omitted, or null, stays. */
const given = (input: typeof RetentionInput.$inferInput | null | undefined) => {
  const { runs, runsDays, logsDays, rejectedRowsDays } = parse(retentionSchema, input ?? {})
  return {
    ...(runs != null && { runs }),
    ...(runsDays != null && { runsDays }),
    ...(logsDays != null && { logsDays }),
    ...(rejectedRowsDays != null && { rejectedRowsDays }),
  }
}

builder.queryField('retention', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: RetentionSettings,
    description: 'How long things are kept by default, how much there is, and what goes next.',
    resolve: (_root, _args, { prisma }) => readRetentionDefault({ prisma }),
  }),
)

builder.mutationField('updateRetention', (t) =>
  t.withAuth({ role: 'ADMINISTRATOR' }).field({
    type: RetentionSettings,
    description: 'Changes the default; what the input omits stays. What became too old by it goes with the next sweep, for good.',
    args: { input: t.arg({ type: RetentionInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, { prisma, actor, viewer }) =>
      changeRetentionDefault({ prisma, actor }, { by: actorOf(viewer), retention: given(input) }),
  }),
)
