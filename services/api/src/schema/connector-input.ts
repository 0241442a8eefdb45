/** What a connector is made of, as clients give it. The kind's own schemas check the JSON parts. */

import { defaultOverlap } from '@aiia/core/sync/configuration'
import { builder } from './builder.ts'
import {
  AddedColumnPolicy,
  DuplicatePolicy,
  MissedRunPolicy,
  OverlapPolicy,
  RemovedColumnPolicy,
  RetypedColumnPolicy,
  SyncMode,
} from './enums.ts'

const FieldMappingInput = builder.inputType('FieldMappingInput', {
  description: 'How one column of the destination is filled.',
  fields: (t) => ({
    source: t.string({ description: 'Column of the source; omitted only beside the transform CONSTANT.' }),
    destination: t.string({ description: 'Column of the destination; omitted: the same name.' }),
    type: t.string({ description: 'Its Postgres type, such as `numeric(15,2)`; omitted: what the source proposes.' }),
    nullable: t.boolean({ description: 'false: a row without a value is rejected; omitted: as at the source.' }),
    default: t.string({ description: 'Taken where the source has no value.' }),
    transform: t.field({
      type: 'JSON',
      description:
        'What is done to the value before it becomes one of the type: one object or a list of them, in order. `{"kind":"TRIM"}`, UPPER, LOWER, DECIMAL_COMMA (reads 1.234,56), SHA256 (salted hash), `{"kind":"NULL_VALUES","values":["N/A"]}`, `{"kind":"DATE_FORMAT","format":"DD.MM.YYYY"}`, `{"kind":"CONSTANT","value":"100"}`, `{"kind":"MASK","keep":4}`.',
    }),
  }),
})

const SchemaChangesInput = builder.inputType('SchemaChangesInput', {
  description: 'What is done when the source’s columns are not those of the last run.',
  fields: (t) => ({
    added: t.field({ type: AddedColumnPolicy, description: 'ADD by default.' }),
    removed: t.field({ type: RemovedColumnPolicy, description: 'STOP by default.' }),
    retyped: t.field({ type: RetypedColumnPolicy, description: 'STOP; there is no other.' }),
  }),
})

const ChunkingInput = builder.inputType('ChunkingInput', {
  description:
    'How a large table is read in chunks, in the order of its primary key, or a stream of many files, in the order of their paths. Each is kept as soon as it is read, and a new attempt goes on behind the last one; rows read by different attempts then show different moments of the source.',
  fields: (t) => ({
    rows: t.int({
      description:
        'Rows of one chunk, about so many where it is of whole files; 1,000 to 100,000,000; omitted: chosen by the size of the stream.',
    }),
  }),
})

export const StreamInput = builder.inputType('StreamInput', {
  description: 'One table or query to read.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Also the destination table’s name unless `destinationTable` is given.' }),
    source: t.field({ type: 'JSON', required: true, description: '`{"table":"public.bseg"}` or `{"sql":"select …"}`, by the kind.' }),
    mode: t.field({ type: SyncMode, description: 'FULL_REFRESH by default.' }),
    primaryKey: t.stringList({ description: 'Columns of the destination. Omitted: the source’s own; empty: none.' }),
    cursorField: t.string({ description: 'Source column that grows with every change; INCREMENTAL and APPEND read behind it.' }),
    cursorOverlap: t.int({
      description: `How far behind the last cursor value the next run begins, for rows that were committed late: seconds of a time, units of a number, 0 to 31,536,000; ${defaultOverlap} by default.`,
    }),
    fields: t.field({ type: [FieldMappingInput], description: 'Omitted: all columns are carried over as the source has them.' }),
    schemaChanges: t.field({ type: SchemaChangesInput, description: 'What is done when the source’s columns change.' }),
    controlTotals: t.stringList({
      description:
        'Source columns whose sums are compared on both sides before the commit, with the number of rows. Omitted: no comparison.',
    }),
    destinationTable: t.string({ description: 'The table it fills; no other stream may.' }),
    rejectLimit: t.int({ description: 'Rejected rows that a run tolerates; 0 by default.' }),
    duplicates: t.field({ type: DuplicatePolicy, description: 'LAST_WINS by default.' }),
    chunking: t.field({ type: ChunkingInput, description: 'Omitted: read in one go, so that all rows show the same moment.' }),
    parallel: t.int({
      description:
        'Sessions of the source that read the table at once, 1 to 8, all of which see the same moment. Omitted: as many as pay for its size, up to four.',
    }),
  }),
})

export const ScheduleInput = builder.inputType('ScheduleInput', {
  description: 'When a connector runs by itself.',
  fields: (t) => ({
    cron: t.string({ required: true, description: 'Five-field CRON text, such as `0 2 * * *`.' }),
    timeZone: t.string({ description: 'IANA time zone; UTC by default.' }),
    missedRuns: t.field({ type: MissedRunPolicy, description: 'RUN_ONCE by default.' }),
    overlap: t.field({ type: OverlapPolicy, description: 'SKIP by default.' }),
    jitterSeconds: t.int({ description: '0 to 3,600; 0 by default: fires up to so much later, always the same for a connector.' }),
  }),
})

const LimitsInput = builder.inputType('LimitsInput', {
  description: 'What a run may take. What is omitted keeps its default, or its value at an update.',
  fields: (t) => ({
    connectTimeoutSeconds: t.int({ description: '1 to 300; 20 by default.' }),
    maxDurationSeconds: t.int({ description: '1 to 604,800; null: no limit, which is the default.' }),
    maxAttempts: t.int({ description: '1 to 10; 3 by default.' }),
    memoryMb: t.int({ description: '64 to 4,096; 256 by default.' }),
  }),
})

export const RetentionInput = builder.inputType('RetentionInput', {
  description:
    'How long what runs leave behind is kept. What is omitted stays, and is at first the platform’s default; null is that default again.',
  fields: (t) => ({
    runs: t.int({ description: 'Ended runs, 1 to 1,000,000.' }),
    runsDays: t.int({ description: 'Days of an ended run, 1 to 36,500. Whichever of the two is reached first counts.' }),
    logsDays: t.int({ description: 'Days of its log, 1 to 36,500.' }),
    rejectedRowsDays: t.int({ description: 'Days of its rejected rows, 1 to 36,500.' }),
  }),
})

export const CreateConnectorInput = builder.inputType('CreateConnectorInput', {
  description: 'A new connector.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique among connectors, whatever its case; at most 100 characters.' }),
    kind: t.string({ required: true, description: 'Name of its kind; see `connectorKinds`.' }),
    settings: t.field({ type: 'JSON', required: true, description: 'By the kind’s `settingsSchema`.' }),
    credentials: t.field({ type: 'JSON', description: 'By the kind’s `credentialsSchema`; sealed at once and never returned.' }),
    streams: t.field({ type: [StreamInput], required: true, description: 'What it reads.' }),
    schedule: t.field({ type: ScheduleInput, description: 'When it runs by itself; omitted: never.' }),
    limits: t.field({ type: LimitsInput, description: 'What its runs may take.' }),
    retention: t.field({ type: RetentionInput, description: 'How long what its runs leave behind is kept.' }),
    enabled: t.boolean({ description: 'Whether its schedule fires; true by default.' }),
  }),
})

export const UpdateConnectorInput = builder.inputType('UpdateConnectorInput', {
  description: 'What is omitted stays; `streams`, where given, are the whole list; `schedule: null` takes the schedule away.',
  fields: (t) => ({
    name: t.string({ description: 'A new name.' }),
    settings: t.field({ type: 'JSON', description: 'The whole settings; a changed host demands the credentials again.' }),
    credentials: t.field({ type: 'JSON', description: 'New credentials.' }),
    streams: t.field({ type: [StreamInput], description: 'The whole list of streams.' }),
    schedule: t.field({ type: ScheduleInput, description: 'A new schedule; null takes it away.' }),
    limits: t.field({ type: LimitsInput, description: 'New limits.' }),
    retention: t.field({ type: RetentionInput, description: 'A new retention.' }),
    enabled: t.boolean({ description: 'Whether its schedule fires.' }),
  }),
})

export const ConnectionInput = builder.inputType('ConnectionInput', {
  description: 'With `id` of a connector, what is omitted is taken from it; a changed host demands the credentials again.',
  fields: (t) => ({
    kind: t.string({ description: 'Name of the kind.' }),
    settings: t.field({ type: 'JSON', description: 'By the kind’s `settingsSchema`.' }),
    credentials: t.field({ type: 'JSON', description: 'By the kind’s `credentialsSchema`; not kept.' }),
    connectTimeoutSeconds: t.int({ description: 'Time the source has to answer, 1 to 300; 20 by default.' }),
  }),
})
