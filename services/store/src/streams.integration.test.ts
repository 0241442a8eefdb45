import { defaultSchemaPolicy, type StreamConfiguration } from '@aiia/core/sync/configuration'
import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { updateConnector } from './connectors.ts'
import { claim, makeConnector, streamOf, trigger } from './testing/fixtures.ts'
import { openStore, type TestStore } from './testing/test-store.ts'

let server: TestPostgres
let store: TestStore
beforeAll(async () => {
  server = await startPostgres()
  store = await openStore(server)
})
afterAll(async () => {
  await store?.close()
  await server?.stop()
})

const mapped: Partial<StreamConfiguration> = {
  mode: 'INCREMENTAL',
  primaryKey: ['id'],
  fields: [
    { source: 'BELNR', destination: 'id', type: 'bigint', nullable: false, default: null, transforms: [{ kind: 'TRIM' }] },
    { source: null, destination: 'client', type: null, nullable: null, default: null, transforms: [{ kind: 'CONSTANT', value: '100' }] },
  ],
  cursorField: 'AEDAT',
  cursorOverlap: 60,
  schemaChanges: { added: 'IGNORE', removed: 'IGNORE', retyped: 'STOP' },
  controlTotals: ['DMBTR'],
}

const frozen = async (connectorId: string) => (await claim(store, (await trigger(store, connectorId)).run))?.configuration.streams

test('a run gets each stream as the connector was given it', async () => {
  const streams = [
    streamOf({ name: 'plain', destinationTable: 'plain' }),
    streamOf({ name: 'mapped', destinationTable: 'mapped', ...mapped }),
  ]
  expect(await frozen(await makeConnector(store, { streams }))).toEqual(streams)
})

test('no list is not an empty list', async () => {
  const empty = streamOf({ destinationTable: 'empty', primaryKey: [], controlTotals: [] })
  expect(await frozen(await makeConnector(store, { streams: [empty] }))).toEqual([empty])
})

test('a stream that an earlier release stored has the defaults', async () => {
  const id = await makeConnector(store)
  await updateConnector(store, { id, streams: [streamOf({ destinationTable: 'older', ...mapped })] })
  await store.prisma.$executeRaw`
    UPDATE platform.streams SET fields = NULL, cursor_field = NULL, cursor_overlap = NULL, schema_changes = NULL, control_totals = NULL
    WHERE connector_id = ${id}`
  expect(await frozen(id)).toMatchObject([{ fields: null, cursorField: null, schemaChanges: defaultSchemaPolicy, controlTotals: null }])
})

test('the database refuses an overlap that is none', async () => {
  await expect(makeConnector(store, { streams: [streamOf({ destinationTable: 'back', cursorOverlap: -1 })] })).rejects.toThrow(
    /streams_cursor_overlap/,
  )
})
