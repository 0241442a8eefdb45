import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../faults/random.ts'
import { createConnector, sync } from '../platform/source.ts'
import { changingSources } from './changing-sources.ts'
import { createChangingTable, overlapSeconds } from './changing-table.ts'
import { type Destination, openDestination } from './destination.ts'

/** `npm test` tries some; `npm run test:connectors` does a hundred. */
const rounds = Number(process.env['ROUNDS'] ?? 20)
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

let platform: Platform
let destination: Destination
beforeAll(async () => {
  console.log(`${rounds} rounds, seed ${seed}: SEED=${seed} repeats them.`)
  platform = await startPlatform({ backend: 'postgres' })
  destination = await openDestination(platform)
})
afterAll(async () => {
  await destination?.end()
  await platform?.stop()
})

const cursors = [
  { field: 'changed_at', overlap: overlapSeconds },
  { field: 'version', overlap: overlapSeconds * 1_000 },
]
const columns = ['id', 'note', 'amount', 'changed_at', 'version']

describe.concurrent.each(changingSources)('$kind', ({ kind, start }) => {
  test('nothing is lost over many rounds of inserts, updates and deletes, with ties and late rows', { timeout: 600_000 }, async () => {
    const source = await start(platform.postgres)
    const table = createChangingTable(createRandom(seed))
    const streams = cursors.map(({ field, overlap }) => ({
      name: `${kind}_by_${field}`,
      source: { table: 'entries' },
      mode: 'INCREMENTAL',
      cursorField: field,
      cursorOverlap: overlap,
    }))
    const connector = await createConnector(platform, source, { name: kind, kind, streams })
    for (let round = 1; round <= rounds; round += 1) {
      const { put, removed } = table.change()
      await source.put(put)
      await source.remove(removed)
      const run = await sync(platform, connector)
      const { inserted, updated } = table.synced()
      const counts = { inserted: 2 * inserted, updated: 2 * updated, deleted: 0, rejected: 0, superseded: 0 }
      expect(run, `seed ${seed}, round ${round}`).toMatchObject({ status: 'COMPLETED', counts })
      for (const { name } of streams)
        expect(await destination.read(name, columns), `${name}, seed ${seed}, round ${round}`).toEqual(table.arrived())
    }
    await source.stop()
  })
})
