import { startPostgres, type TestPostgres } from '@aiia/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnector } from '../testing/fixtures.ts'
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

const parts = 'runs runsDays logsDays rejectedRowsDays'
const settings = `{ retention { platform { ${parts} } changedAt changedBy connectorsWithOwn { id } stored { thing rows bytes }
  forecast { runs logs logLines runsWithRejectedRows } } }`
const update = 'mutation ($input: RetentionInput!) { updateRetention(input: $input) { platform { logsDays } changedBy } }'

const retentionOf = async (id: string) =>
  (
    await api.get<{ connector: object }>(`query ($id: ID!) { connector(id: $id) { retention { ${parts} } ownRetention { ${parts} } } }`, {
      id,
    })
  ).connector

const nothingOwn = { runs: null, runsDays: null, logsDays: null, rejectedRowsDays: null }

test('the default is shown with what is stored, and holds for connectors that say nothing else', async () => {
  const [theirs, own] = [await createConnector(api), await createConnector(api, { retention: { logsDays: 7 } })]
  const first = { runs: 1_000, runsDays: 365, logsDays: 90, rejectedRowsDays: 30 }
  expect(await api.get(settings)).toEqual({
    retention: {
      platform: first,
      changedAt: null,
      changedBy: null,
      connectorsWithOwn: [{ id: own }],
      stored: expect.arrayContaining([{ thing: 'RUNS', rows: 0, bytes: expect.any(Number) }]),
      forecast: { runs: 0, logs: 0, logLines: 0, runsWithRejectedRows: 0 },
    },
  })
  expect(await api.get(update, { input: { logsDays: 45 } })).toEqual({
    updateRetention: { platform: { logsDays: 45 }, changedBy: 'first administrator' },
  })
  expect(await retentionOf(theirs)).toEqual({ retention: { ...first, logsDays: 45 }, ownRetention: nothingOwn })
  expect(await retentionOf(own)).toMatchObject({ retention: { logsDays: 7 }, ownRetention: { ...nothingOwn, logsDays: 7 } })
  const [entry] = await api.prisma.auditEntry.findMany({ where: { action: 'RETENTION_CHANGED' } })
  expect(entry?.details).toBe('{"logsDays":[90,45]}')
})

test('a connector gets a rule of its own, keeps it, and gives it back', async () => {
  const id = await createConnector(api)
  const change = async (retention: object | null) => {
    const mutation = 'mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }'
    await api.get(mutation, { id, input: { retention } })
    return retentionOf(id)
  }
  const { platform } = (await api.get<{ retention: { platform: object } }>(`{ retention { platform { ${parts} } } }`)).retention
  expect(await change({ ...platform, runs: 5 })).toMatchObject({ ownRetention: { ...nothingOwn, runs: 5 } })
  expect(await change({ runs: null })).toMatchObject({ ownRetention: nothingOwn })
  expect(await change({ rejectedRowsDays: 3 })).toMatchObject({ ownRetention: { ...nothingOwn, rejectedRowsDays: 3 } })
  expect(await change(null)).toMatchObject({ ownRetention: nothingOwn })
})

test('what is out of bounds is told by its field', async () => {
  const { errors } = await api.ask(update, { input: { logsDays: 0 } })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: { logsDays: expect.stringContaining('from 1') } })
  const forecast = await api.ask('{ retention { forecast(platform: { runs: 0 }) { runs } } }')
  expect(forecast.errors?.[0]?.extensions['fields']).toHaveProperty('runs')
})
