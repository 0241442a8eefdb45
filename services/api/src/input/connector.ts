/** A connector as clients give it, parsed: what is wrong anywhere in it is told at once. */

import type { ConnectorKind } from '@aiia/connectors/kinds'
import { changedOwnRetention, newOwnRetention, noOwnRetention, type OwnRetention, type Retention } from '@aiia/core/job-run/retention'
import { defaultLimits, type Limits, type StreamConfiguration } from '@aiia/core/sync/configuration'
import { z } from 'zod'
import { type Credentials, checkCredentials, checkSettings, checkTarget } from './connection.ts'
import { limitsSchema, nameSchema, retentionSchema, type ScheduleInput, scheduleSchema } from './connector-parts.ts'
import { check, type Problems, refuseIf } from './parse.ts'
import { streamsSchema } from './stream.ts'

export type NewConnector = {
  name: string
  kind: string
  settings: Record<string, unknown>
  sourceHost: string | null
  credentials: Credentials
  streams: StreamConfiguration[]
  schedule: ScheduleInput | null
  limits: Limits
  retention: OwnRetention
  enabled: boolean
}

/** As GraphQL hands them over; null stands for omitted but where it says something of its own. */
type Given = {
  name?: string | null | undefined
  settings?: unknown
  credentials?: unknown
  streams?: readonly unknown[] | null | undefined
  schedule?: unknown
  limits?: unknown
  retention?: unknown
  enabled?: boolean | null | undefined
}

const partsSchema = (kind: ConnectorKind) =>
  z.object({
    name: nameSchema,
    streams: streamsSchema(kind),
    schedule: scheduleSchema.nullish(),
    limits: limitsSchema.nullish(),
    retention: retentionSchema.nullish(),
  })

/** @throws BAD_USER_INPUT */
export const parseNewConnector = (kind: ConnectorKind, input: Given): NewConnector => {
  const problems: Problems = {}
  const { name, streams, schedule, limits, retention, enabled } = input
  const parts = check(partsSchema(kind), { name, streams, schedule, limits, retention }, [], problems)
  const settings = checkSettings(kind, input.settings, problems)
  const credentials = checkCredentials(kind, input.credentials, problems)
  refuseIf(problems)
  if (parts === undefined || settings === undefined || credentials === undefined) throw new Error('a problem was not told')
  return {
    ...parts,
    kind: kind.kind,
    settings,
    sourceHost: kind.sourceHost(settings),
    credentials,
    schedule: parts.schedule ?? null,
    limits: mergeLimits(defaultLimits, parts.limits),
    retention: newOwnRetention(parts.retention ?? {}),
    enabled: enabled ?? true,
  }
}

/** What is omitted stays; `schedule: null` takes it away, `retention: null` leaves all of it to the platform. */
export type ConnectorChange = Partial<Omit<NewConnector, 'kind'>>

/** @throws BAD_USER_INPUT */
export const parseConnectorChange = (
  kind: ConnectorKind,
  before: { settings: unknown; limits: Limits; retention: { own: OwnRetention; platform: Retention }; hasCredentials: boolean },
  input: Given,
): ConnectorChange => {
  const problems: Problems = {}
  const { schedule, enabled } = input
  const given = {
    name: input.name ?? undefined,
    streams: input.streams ?? undefined,
    schedule,
    limits: input.limits ?? undefined,
    retention: input.retention === null ? noOwnRetention : input.retention,
  }
  const parts = check(partsSchema(kind).partial(), given, [], problems) ?? {}
  const settings = input.settings == null ? undefined : checkSettings(kind, input.settings, problems)
  const credentials = input.credentials == null ? undefined : checkCredentials(kind, input.credentials, problems)
  if (settings && before.hasCredentials) {
    checkTarget(kind, { before: before.settings, after: settings, given: input.credentials != null }, problems)
  }
  refuseIf(problems)
  return {
    ...(parts.name !== undefined && { name: parts.name }),
    ...(parts.streams !== undefined && { streams: parts.streams }),
    ...(parts.schedule !== undefined && { schedule: parts.schedule }),
    ...(parts.limits != null && { limits: mergeLimits(before.limits, parts.limits) }),
    ...(parts.retention != null && { retention: changedOwnRetention(before.retention.own, parts.retention, before.retention.platform) }),
    ...(settings !== undefined && { settings, sourceHost: kind.sourceHost(settings) }),
    ...(credentials !== undefined && { credentials }),
    ...(enabled != null && { enabled }),
  }
}

/** Only the duration may be without a limit; for the others null is as good as omitted. */
const mergeLimits = (base: Limits, given: z.output<typeof limitsSchema> | null | undefined): Limits => ({
  connectTimeoutSeconds: given?.connectTimeoutSeconds ?? base.connectTimeoutSeconds,
  maxDurationSeconds: given?.maxDurationSeconds === undefined ? base.maxDurationSeconds : given.maxDurationSeconds,
  maxAttempts: given?.maxAttempts ?? base.maxAttempts,
  memoryMb: given?.memoryMb ?? base.memoryMb,
})
