import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector, holdRun, triggerSync } from '../testing/fixtures.ts'
import { startTestApi, type TestApi } from '../testing/test-api.ts'

let postgres: TestPostgres
let api: TestApi
beforeAll(async () => {
  postgres = await startPostgres()
  api = await startTestApi(postgres)
})
afterAll(async () => {
  await api.stop()
  await postgres.stop()
})

const comparison = async (id: string): Promise<unknown> =>
  (
    await api.get<{ jobRun: { changesSinceLastGood: unknown } }>(
      `query ($id: ID!) { jobRun(id: $id) { changesSinceLastGood {
        lastGood { number connector { name } }
        configuration { stream part before now }
        schema { stream changes { kind column } }
        figures { figure before now } } } }`,
      { id },
    )
  ).jobRun.changesSinceLastGood

const update = (id: string, input: object) =>
  api.get('mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }', { id, input })

const settings = { host: 'db1', port: 5432, database: 'production', user: 'sap_read', tls: 'disable' }

test('a run is compared with the last good one before it: configuration, columns and figures, and no secret', async () => {
  const id = await createConnector(api, { settings, streams: [{ name: 'bseg', source: { table: 'public.bseg' } }] })
  const first = await triggerSync(api, id)
  expect(await comparison(first.id)).toBeNull()
  const good = await holdRun(api, first)
  await good.progress({ read: 400_000 })
  await good.complete()

  const cancelled = await triggerSync(api, id)
  await api.get('mutation ($id: ID!) { cancelJobRun(id: $id) { id } }', { id: cancelled.id })
  await update(id, {
    settings: { ...settings, host: 'db2', ca: '-----BEGIN CERTIFICATE-----' },
    credentials: { password: 'another secret of a test' },
    streams: [{ name: 'bseg', source: { table: 'public.bseg' }, mode: 'INCREMENTAL', cursorField: 'changed_at' }],
  })
  const last = await triggerSync(api, id)
  const bad = await holdRun(api, last)
  await bad.progress({ read: 12 })
  const type = { sourceType: 'text', type: 'text', nullable: true }
  await bad.fail('COLUMN_MISSING', { stream: 'bseg', changes: [{ kind: 'REMOVED', column: 'wrbtr', before: type }], fields: [] })

  const found = await comparison(last.id)
  expect(found).toEqual({
    lastGood: { number: first.number, connector: { name: expect.any(String) } },
    configuration: [
      { stream: null, part: 'settings.host', before: 'db1', now: 'db2' },
      { stream: null, part: 'settings.ca', before: null, now: null },
      { stream: 'bseg', part: 'mode', before: 'FULL_REFRESH', now: 'INCREMENTAL' },
      { stream: 'bseg', part: 'cursorField', before: null, now: 'changed_at' },
    ],
    schema: [{ stream: 'bseg', changes: [{ kind: 'REMOVED', column: 'wrbtr' }] }],
    figures: expect.arrayContaining([{ figure: 'READ', before: 400_000, now: 12 }]),
  })
  expect(JSON.stringify(found)).not.toMatch(/secret|CERTIFICATE/)
})
