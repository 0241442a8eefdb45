import { startOData, type TestOData } from '@aiia/testkit/odata'
import { largeRows } from '@aiia/testkit/odata/model'
import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, sync, type TestSource } from '../platform/source.ts'

const rows = 100_000

let platform: Platform
let server: TestOData
/** Has the rows as they are meant, beside what arrives. */
let database: TestSource
beforeAll(async () => {
  ;[platform, server] = await Promise.all([startPlatform({ backend: 'postgres' }), startOData({ rows, pageSize: 1_000 })])
  database = await openDatabase(platform.destinationUrl)
  await database.query(
    `CREATE TABLE expected AS SELECT part[1]::int AS id, part[2] AS name, part[3]::numeric(15,2) AS amount, part[4]::timestamptz AS modified
     FROM string_to_table($1, E'\\n') WITH ORDINALITY AS t(line, number), string_to_array(line, ';') AS part WHERE number > 1`,
    [largeRows(rows)],
  )
}, 300_000)
afterAll(async () => {
  await database?.end()
  await server?.stop()
  await platform?.stop()
})

const create = async (version: 'v2' | 'v4'): Promise<string> => {
  const { createConnector } = await platform.graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    {
      input: {
        name: version,
        kind: 'odata',
        settings: { serviceUrl: server[version], authentication: { kind: 'basic', user: server.user } },
        credentials: { password: server.password },
        streams: [{ name: version, source: { entitySet: 'Large' } }],
        limits: { maxAttempts: 1 },
      },
    },
  )
  return createConnector.id
}

test.each(['v4', 'v2'] as const)('100,000 entities in pages of 1,000 arrive as they are, by %s', { timeout: 300_000 }, async (version) => {
  const run = await sync(platform, await create(version))
  expect(run).toMatchObject({ status: 'COMPLETED', counts: { read: rows, inserted: rows, rejected: 0 } })
  expect(await database.checksum(`destination.${version}`)).toBe(await database.checksum('expected'))
})
