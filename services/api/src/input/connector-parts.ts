/** What every connector is given beside its kind's own settings: name, limits, schedule, streams. */

import type { ConnectorKind } from '@aiia/connectors/kinds'
import { cronProblem } from '@aiia/core/schedule/cron'
import { defaultLimits, duplicatePolicies } from '@aiia/core/sync/configuration'
import { z } from 'zod'

export const nameSchema = z.string().trim().min(1, 'A name has at least one character.').max(100, 'A name has at most 100 characters.')

const range = (from: number, to: number, unit: string) => {
  const error = `A whole number of ${unit} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}.`
  return z.int(error).min(from, error).max(to, error)
}

const week = 7 * 24 * 60 * 60

/** What is omitted keeps its default at creation and its value at an update; null lifts the limit where there need be none. */
export const limitsSchema = z.object({
  connectTimeoutSeconds: range(1, 300, 'seconds').nullish(),
  maxDurationSeconds: range(1, week, 'seconds').nullish(),
  maxAttempts: range(1, 10, 'attempts').nullish(),
  memoryMb: range(64, 4096, 'MiB').nullish(),
})

/** What is omitted keeps its default at creation and its value at an update. */
export const retentionSchema = z.object({
  runs: range(1, 1_000_000, 'runs').nullish(),
  runsDays: range(1, 36_500, 'days').nullish(),
  logsDays: range(1, 36_500, 'days').nullish(),
  rejectedRowsDays: range(1, 36_500, 'days').nullish(),
})

export const connectTimeoutSchema = limitsSchema.shape.connectTimeoutSeconds.transform(
  (seconds) => seconds ?? defaultLimits.connectTimeoutSeconds,
)

export const scheduleSchema = z
  .object({
    cron: z.string().trim(),
    timeZone: z
      .string()
      .nullish()
      .transform((zone) => zone ?? 'UTC'),
    missedRuns: z
      .enum(['RUN_ONCE', 'SKIP'])
      .nullish()
      .transform((policy) => policy ?? 'RUN_ONCE'),
    overlap: z
      .enum(['SKIP', 'QUEUE'])
      .nullish()
      .transform((policy) => policy ?? 'SKIP'),
    jitterSeconds: range(0, 3_600, 'seconds')
      .nullish()
      .transform((seconds) => seconds ?? 0),
  })
  .superRefine(({ cron, timeZone }, context) => {
    const message = cronProblem(cron, timeZone)
    // The message names the part itself; a wrong zone is told apart so that the form marks the right field.
    if (message !== null) context.addIssue({ code: 'custom', path: [message.includes('time zone') ? 'timeZone' : 'cron'], message })
  })

/** Postgres cuts longer names silently. */
const tableName = z
  .string()
  .min(1, 'A table name has at least one character.')
  .refine((name) => Buffer.byteLength(name) <= 63, 'A table name has at most 63 bytes. Give a shorter "destinationTable".')
  .refine((name) => !name.includes('\0'), 'A table name cannot hold a NUL character.')

const notServed = (what: string) => z.null(`${what} is not served by this release; leave it out.`).optional()

export const streamSchema = ({ streamSource }: Pick<ConnectorKind, 'streamSource'>) =>
  z
    .object({
      name: z.string().trim().min(1, 'A name has at least one character.').max(200, 'A name has at most 200 characters.'),
      source: streamSource,
      mode: z.literal('FULL_REFRESH', 'This release serves FULL_REFRESH only; leave the mode out.').nullish(),
      primaryKey: z
        .array(z.string().min(1, 'A column name has at least one character.'))
        .refine((columns) => new Set(columns).size === columns.length, 'A column is named twice.')
        .nullish(),
      cursorField: notServed('A cursor field'),
      fields: notServed('A field mapping'),
      duplicates: z.enum(duplicatePolicies).nullish(),
      chunking: z
        .object({
          rows: range(1_000, 100_000_000, 'rows'),
          column: notServed('A column to split by'),
          parallel: notServed('Parallel reading of chunks'),
        })
        .nullish(),
      destinationTable: z.string().nullish(),
      rejectLimit: range(0, 1_000_000, 'rows').nullish(),
    })
    .transform(({ name, source, primaryKey, destinationTable, rejectLimit, duplicates, chunking }) => ({
      name,
      source,
      mode: 'FULL_REFRESH' as const,
      primaryKey: primaryKey ?? null,
      destinationTable: destinationTable ?? name,
      rejectLimit: rejectLimit ?? 0,
      duplicates: duplicates ?? ('LAST_WINS' as const),
      chunkRows: chunking?.rows ?? null,
    }))
    .superRefine(({ destinationTable }, context) => {
      for (const { message } of tableName.safeParse(destinationTable).error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['destinationTable'], message })
      }
    })

export const streamsSchema = (kind: Pick<ConnectorKind, 'streamSource'>) =>
  z
    .array(streamSchema(kind))
    .min(1, 'A connector reads at least one stream.')
    .max(1_000, 'A connector reads at most 1,000 streams.')
    .superRefine((streams, context) => {
      for (const field of ['name', 'destinationTable'] as const) {
        const seen = new Set<string>()
        for (const [index, stream] of streams.entries()) {
          const message = `Another stream of this connector has "${stream[field]}" already.`
          if (seen.has(stream[field])) context.addIssue({ code: 'custom', path: [index, field], message })
          seen.add(stream[field])
        }
      }
    })

export type StreamInput = z.output<ReturnType<typeof streamSchema>>
export type ScheduleInput = z.output<typeof scheduleSchema>
