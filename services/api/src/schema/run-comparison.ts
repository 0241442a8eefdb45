/** What a run and the last good one of its connector differ in. */

import type { Failure } from '@aiia/core/failures/failure'
import {
  type ConfigurationChange as Change,
  compareConfigurations,
  compareSummaries,
  type FigureChange as FigureShape,
  type RunFigure,
  type RunSummary,
  runFigures,
} from '@aiia/core/job-run/comparison'
import { type FrozenConfiguration, thaw } from '@aiia/core/sync/configuration'
import type { SchemaChange as SchemaChangeShape } from '@aiia/core/sync/schema-change'
import type { Prisma } from '@aiia/prisma/client'
import type { RunAndLastGood } from '@aiia/store/last-good-run'
import { builder } from './builder.ts'
import { describe } from './enums.ts'
import { namedSettings } from './kinds.ts'
import { SchemaChange } from './mapping-proposal.ts'

const ConfigurationChange = builder.objectRef<Change>('ConfigurationChange').implement({
  description: 'A part of the configuration that differs. Credentials are no part of it.',
  fields: (t) => ({
    stream: t.exposeString('stream', { nullable: true, description: 'The stream, by its name; null: of the connector.' }),
    part: t.exposeString('part', { description: 'Which part: `settings.host`, `limits.memoryMb`, `mode`, `source.sql`, `field wrbtr`.' }),
    before: t.exposeString('before', {
      nullable: true,
      description: 'What it was, shortened; null: not set, or, where `now` is null too, a value that is not told.',
    }),
    now: t.exposeString('now', { nullable: true, description: 'What it is, shortened; null: not set, or not told.' }),
  }),
})

const figureNames = describe<RunFigure>(runFigures, {
  READ: 'Rows taken from the source.',
  INGESTED: 'Rows of the extract that are in the destination.',
  REJECTED: 'Rows that failed validation.',
  DURATION: 'From start to end, in milliseconds.',
})
const RunFigureName = builder.enumType('RunFigure', { description: 'A number that runs are compared by.', values: figureNames })

const FigureChange = builder.objectRef<FigureShape>('FigureChange').implement({
  description: 'A number that differs.',
  fields: (t) => ({
    figure: t.expose('figure', { type: RunFigureName, description: 'Which number.' }),
    before: t.expose('before', { type: 'Long', description: 'Of the last good run.' }),
    now: t.expose('now', { type: 'Long', description: 'Of this run, so far.' }),
  }),
})

type StreamSchema = { stream: string; changes: SchemaChangeShape[] }

const StreamSchemaChanges = builder.objectRef<StreamSchema>('StreamSchemaChanges').implement({
  description: 'What has changed in the columns of a stream’s source.',
  fields: (t) => ({
    stream: t.exposeString('stream', { description: 'The stream, by its name.' }),
    changes: t.expose('changes', { type: [SchemaChange], description: 'Each difference since the last commit.' }),
  }),
})

export const RunComparison = builder.objectRef<RunAndLastGood>('RunComparison').implement({
  description: 'What a run and the last run of its connector that completed before it differ in.',
  fields: (t) => ({
    lastGood: t.prismaField({
      type: 'JobRun',
      description: 'The run that it is compared with.',
      resolve: (query, { lastGood }, _args, { prisma }) => prisma.jobRun.findUniqueOrThrow({ ...query, where: { id: lastGood.id } }),
    }),
    configuration: t.field({
      type: [ConfigurationChange],
      description: 'What it was told to do otherwise, from the configurations of both as they were when they were asked for.',
      resolve: ({ run, lastGood }) => {
        const [before, now] = [configurationOf(lastGood), configurationOf(run)]
        return compareConfigurations(before, now, namedSettings(now.connector.kind))
      },
    }),
    schema: t.field({
      type: [StreamSchemaChanges],
      description: 'What has changed at the source, as far as the run found it and stopped.',
      resolve: ({ run }) => {
        const proposal = (run.failure as Failure | null)?.proposal
        return proposal ? [{ stream: proposal.stream, changes: proposal.changes }] : []
      },
    }),
    figures: t.field({
      type: [FigureChange],
      description: 'The numbers that differ.',
      resolve: ({ run, lastGood }) => compareSummaries(summaryOf(lastGood), summaryOf(run)),
    }),
  }),
})

type JobRun = Prisma.JobRunGetPayload<object>

const configurationOf = ({ configuration }: JobRun) => thaw(configuration as unknown as FrozenConfiguration)

const summaryOf = ({ read, inserted, updated, unchanged, rejected, startedAt, finishedAt }: JobRun): RunSummary => ({
  READ: Number(read),
  INGESTED: Number(inserted + updated + unchanged),
  REJECTED: Number(rejected),
  DURATION: startedAt && Math.max(0, (finishedAt ?? new Date()).getTime() - startedAt.getTime()),
})
