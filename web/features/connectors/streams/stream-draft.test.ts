import { expect, test } from 'vitest'
import { draftOfStream, errorsOfStream, newStream, type StoredStream, storedInput, streamInput, streamProblems } from './stream-draft.ts'

const stored: StoredStream = {
  id: 's1',
  name: 'items',
  source: { table: 'public.items' },
  mode: 'FULL_REFRESH',
  primaryKey: ['id'],
  duplicates: 'FORBID',
  cursorField: 'changed_at',
  cursorOverlap: 60,
  destinationTable: 'items_of_sap',
  destinationSchema: 'destination',
  rejectLimit: 5,
  chunking: { rows: 5_000 },
  parallel: 2,
  schemaChanges: { added: 'STOP', removed: 'IGNORE', retyped: 'STOP' },
  controlTotals: ['amount'],
  fields: [{ source: 'id', destination: 'id', type: null, nullable: null, default: null, transform: [{ kind: 'TRIM' }] }],
}

test('a stream that stays as it is is sent as it is stored', () => {
  const { id: _id, destinationSchema: _schema, ...kept } = stored
  expect(storedInput(stored)).toEqual(kept)
})

test('a full refresh that is saved lets go of its cursor, other modes keep it', () => {
  const draft = draftOfStream(stored)
  expect(streamInput(draft)).not.toHaveProperty('cursorField')
  expect(streamInput({ ...draft, mode: 'INCREMENTAL' })).toMatchObject({ cursorField: 'changed_at', cursorOverlap: 60 })
})

test('a new stream takes the source’s own key, and everything in one go', () => {
  expect(streamInput(newStream('items', { table: 'items' }))).toMatchObject({
    primaryKey: null,
    chunking: null,
    parallel: null,
    fields: null,
    rejectLimit: 0,
  })
})

test('the size of a chunk may be left to the platform', () => {
  expect(streamInput({ ...newStream('items', {}), chunkRows: '' }).chunking).toEqual({ rows: null })
  expect(draftOfStream({ ...stored, chunking: { rows: null } }).chunkRows).toBe('')
})

test('what is missing is named before anything is sent', () => {
  const draft = { ...newStream('items', {}), destinationTable: ' ', chunkRows: '12', rejectLimit: 'x', cursorOverlap: '-1' }
  expect(Object.keys(streamProblems({ ...draft, keyBy: 'COLUMNS' })).toSorted()).toEqual([
    'chunking',
    'cursorOverlap',
    'destinationTable',
    'primaryKey',
    'rejectLimit',
  ])
  expect(streamProblems({ ...newStream('items', {}), mode: 'INCREMENTAL', keyBy: 'NONE' })).toHaveProperty('primaryKey')
  expect(streamProblems(draftOfStream(stored))).toEqual({})
})

test('refusals are those of the stream at its place', () => {
  const fields = { 'streams.1.fields.0.type': 'No type.', 'streams.10.source': 'Another.', 'streams.1': 'Whole.' }
  expect(errorsOfStream(fields, 'streams.1')).toEqual({ 'fields.0.type': 'No type.', '': 'Whole.' })
})
