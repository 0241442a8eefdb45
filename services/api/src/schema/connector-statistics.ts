/** How fresh a connector's data is, and how its runs of the last days went. */

import { z } from 'zod'
import { parse } from '../input/parse.ts'
import { range } from '../input/ranges.ts'
import { builder } from './builder.ts'
import { Connector } from './connector.ts'
import { JobRunStatus } from './enums.ts'
import type { RunPoint as Point, RunStatistics } from './run-statistics.ts'

const statisticsSchema = z.object({ days: range(1, 366, 'days').nullish() })
const pointsSchema = z.object({ first: range(1, 500, 'runs').nullish() })

const RunPoint = builder.objectRef<Point>('RunPoint').implement({
  description: 'One ended run, as a chart shows it.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Of the run.' }),
    status: t.expose('status', { type: JobRunStatus, description: 'How it ended.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', description: 'When it ended.' }),
    durationMs: t.field({
      type: 'Long',
      nullable: true,
      description: 'From start to end; null where no worker ever took it.',
      resolve: ({ startedAt, finishedAt }) => (startedAt ? Math.max(0, finishedAt.getTime() - startedAt.getTime()) : null),
    }),
    records: t.expose('records', { type: 'Long', description: 'Rows ingested by a completed run, rows read by another.' }),
  }),
})

const ConnectorStatistics = builder.objectRef<RunStatistics>('ConnectorStatistics').implement({
  description: 'How fresh the connector’s data is, and how its runs of the last days went.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Runs that ended in these days.' }),
    completed: t.exposeInt('completed', { description: 'Those that ended COMPLETED.' }),
    failed: t.exposeInt('failed', { description: 'Those that ended FAILED or in ERROR.' }),
    successRate: t.float({
      nullable: true,
      description: 'Share of the completed among those that completed or failed, 0 to 1; null where there are none.',
      resolve: ({ completed, failed }) => (completed + failed === 0 ? null : completed / (completed + failed)),
    }),
    lastGoodAt: t.expose('lastGoodAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its newest completed run ended that read the source, however long ago; null where there is none.',
    }),
    lateSince: t.expose('lateSince', {
      type: 'DateTime',
      nullable: true,
      description: 'The first due time after that run which brought no good data; null while all is on time, or nothing is due.',
    }),
    points: t.field({
      type: [RunPoint],
      description: 'The newest of these runs, oldest first.',
      args: { first: t.arg.int({ defaultValue: 200, description: 'How many, 500 at most.' }) },
      resolve: async ({ connectorId, days }, args, { batches }) =>
        (await batches.runPointsOf({ days, first: parse(pointsSchema, args).first ?? 200 }).load(connectorId)) ?? [],
    }),
  }),
})

builder.objectField(Connector, 'statistics', (t) =>
  t.field({
    type: ConnectorStatistics,
    description: 'How fresh its data is, and how its runs of the last days went.',
    args: { days: t.arg.int({ defaultValue: 30, description: 'How far back to look, 366 at most.' }) },
    resolve: async ({ id }, args, { batches }) => {
      const statistics = await batches.statisticsOf(parse(statisticsSchema, args).days ?? 30).load(id)
      if (statistics === undefined) throw new Error('a connector has no statistics')
      return statistics
    },
  }),
)
