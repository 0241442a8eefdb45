/** What differs between a run and an earlier one of its connector: what it was told to do, and what came of it. */

import { type RunConfiguration, type StreamConfiguration, streamDefaults } from '../sync/configuration.ts'
import type { FieldMapping } from '../sync/mapping.ts'
import { printPair } from './printed-pair.ts'

export type ConfigurationChange = {
  /** null: of the connector. */
  stream: string | null
  /** Such as `settings.host`, `limits.memoryMb`, `mode`, `source.sql`, `field wrbtr`. */
  part: string
  /** null: it was not set, or, where both are null, the values are not told. */
  before: string | null
  now: string | null
}

/** A setting by its path, `authentication.user`; what is not told may be long or private. */
export type NamedSetting = { path: string; told: boolean }

/**
 * @param settings those that are compared: what is not named stays unseen
 */
export const compareConfigurations = (
  before: RunConfiguration,
  now: RunConfiguration,
  settings: readonly NamedSetting[],
): ConfigurationChange[] => [
  ...settings.flatMap(({ path, told }) => {
    const found = changeOf(null, `settings.${path}`, valueAt(before.settings, path), valueAt(now.settings, path))
    return told ? found : found.map((change) => ({ ...change, before: null, now: null }))
  }),
  ...limitNames.flatMap((name) => changeOf(null, `limits.${name}`, before.limits[name], now.limits[name])),
  ...changeOf(null, 'full', before.full, now.full),
  ...compareStreams(before.streams, now.streams),
]

const limitNames = ['connectTimeoutSeconds', 'maxDurationSeconds', 'maxAttempts', 'memoryMb'] as const

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** One change or none. */
const changeOf = (stream: string | null, part: string, before: unknown, now: unknown): ConfigurationChange[] =>
  JSON.stringify(before ?? null) === JSON.stringify(now ?? null) ? [] : [{ stream, part, ...printPair(before, now) }]

/** In the order of `now`; those that are no longer read come last. */
const compareStreams = (before: readonly StreamConfiguration[], now: readonly StreamConfiguration[]): ConfigurationChange[] => {
  const former = new Map(before.map((stream) => [stream.name, stream]))
  const present = new Set(now.map(({ name }) => name))
  return [
    ...now.flatMap((stream) => {
      const same = former.get(stream.name)
      return same === undefined ? changeOf(stream.name, 'stream', 'not read', 'read') : compareStream(same, stream)
    }),
    ...before.filter(({ name }) => !present.has(name)).flatMap(({ name }) => changeOf(name, 'stream', 'read', 'not read')),
  ]
}

const streamParts = [
  'mode',
  'primaryKey',
  'destinationTable',
  'rejectLimit',
  'duplicates',
  'chunkRows',
  'cursorField',
  'cursorOverlap',
  'controlTotals',
] as const satisfies (keyof StreamConfiguration)[]

const schemaPolicies = ['added', 'removed', 'retyped'] as const

const compareStream = (frozenBefore: StreamConfiguration, frozenNow: StreamConfiguration): ConfigurationChange[] => {
  // Either may have been frozen by an earlier release.
  const [before, now] = [frozenBefore, frozenNow].map((stream) => ({ ...streamDefaults, ...stream })) as [
    StreamConfiguration,
    StreamConfiguration,
  ]
  const { name } = now
  return [
    ...compareSources(name, before.source, now.source),
    ...streamParts.flatMap((part) => changeOf(name, part, before[part], now[part])),
    ...schemaPolicies.flatMap((part) => changeOf(name, `schemaChanges.${part}`, before.schemaChanges[part], now.schemaChanges[part])),
    ...compareFields(name, before.fields, now.fields),
  ]
}

const compareSources = (name: string, before: unknown, now: unknown): ConfigurationChange[] => {
  if (!isObject(before) || !isObject(now)) return changeOf(name, 'source', before, now)
  const parts = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...parts].flatMap((part) => changeOf(name, `source.${part}`, before[part], now[part]))
}

/** By destination column. */
const compareFields = (name: string, before: FieldMapping[] | null, now: FieldMapping[] | null): ConfigurationChange[] => {
  if (before === null || now === null) return changeOf(name, 'fields', wholeMapping(before), wholeMapping(now))
  const [former, present] = [before, now].map((fields) => new Map(fields.map((field) => [field.destination, printField(field)])))
  const destinations = new Set([...(former?.keys() ?? []), ...(present?.keys() ?? [])])
  return [...destinations].flatMap((column) => changeOf(name, `field ${column}`, former?.get(column), present?.get(column)))
}

const wholeMapping = (fields: FieldMapping[] | null): string => (fields === null ? 'as the source has them' : `${fields.length} mapped`)

/** Constants and texts that a mapping puts in are values of rows, and not told. */
const printField = ({ source, type, nullable, default: instead, transforms }: FieldMapping): string =>
  [
    source ?? 'a constant',
    type,
    nullable === false && 'NOT NULL',
    instead !== null && 'with a default',
    ...transforms.map((transform) => (transform.kind === 'DATE_FORMAT' ? `DATE_FORMAT ${transform.format}` : transform.kind)),
  ]
    .filter(Boolean)
    .join(', ')

export const runFigures = ['READ', 'INGESTED', 'REJECTED', 'DURATION'] as const
/** Rows; DURATION in milliseconds. */
export type RunFigure = (typeof runFigures)[number]

export type FigureChange = { figure: RunFigure; before: number; now: number }

/** What came of a run, as far as it is known. */
export type RunSummary = Record<RunFigure, number | null>

export const compareSummaries = (before: RunSummary, now: RunSummary): FigureChange[] =>
  runFigures.flatMap((figure) => {
    const [was, is] = [before[figure], now[figure]]
    return was === null || is === null || was === is ? [] : [{ figure, before: was, now: is }]
  })
