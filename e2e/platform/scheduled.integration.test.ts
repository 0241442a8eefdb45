import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, type TestSource, triggerSync, untilEnded } from './source.ts'

type Scheduled = { id: string; status: string; trigger: string }
type Slot = { outcome: string; reason: string | null; run: { id: string } | null }

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let platform: Platform
  let source: TestSource
  let database: TestSource
  beforeAll(async () => {
    platform = await startPlatform({ backend })
    source = await openDatabase(await platform.postgres.createDatabase())
    database = await openDatabase(platform.databaseUrl)
    await source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items SELECT generate_series(1, 100)')
  })
  afterAll(async () => {
    await source?.end()
    await database?.end()
    await platform?.stop()
  })

  const connectorWithSchedule = async (name: string, schedule: object = {}) => {
    const id = await createConnector(platform, source, { name, streams: [{ name, source: { table: 'public.items' } }] })
    await update(id, { schedule: { cron: '0 2 * * *', timeZone: 'Europe/Berlin', ...schedule } })
    return id
  }
  const update = (id: string, input: object) =>
    platform.graphql('mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }', { id, input })
  /** The time has come: what a clock would do tonight. */
  const letBeDue = (name: string) =>
    database.query(
      `UPDATE platform.schedules s SET next_at = now() FROM platform.connectors c WHERE c.id = s.connector_id AND c.name = $1`,
      [name],
    )
  const runsOf = async (connectorId: string): Promise<Scheduled[]> => {
    const { jobRuns } = await platform.graphql<{ jobRuns: { nodes: Scheduled[] } }>(
      'query ($id: ID!) { jobRuns(first: 20, filter: { connectorIds: [$id] }) { nodes { id status trigger } } }',
      { id: connectorId },
    )
    return jobRuns.nodes
  }
  const slotsOf = async (id: string): Promise<Slot[]> => {
    const { connector } = await platform.graphql<{ connector: { schedule: { recentSlots: Slot[] } } }>(
      'query ($id: ID!) { connector(id: $id) { schedule { recentSlots { outcome reason run { id } } } } }',
      { id },
    )
    return connector.schedule.recentSlots
  }
  const nextOf = async (name: string) =>
    (
      await database.query<{ next: Date }>(
        `SELECT s.next_at AS next FROM platform.schedules s JOIN platform.connectors c ON c.id = s.connector_id WHERE c.name = $1`,
        [name],
      )
    )[0]?.next

  test('a slot that is due makes one run, which completes by itself', async () => {
    const connector = await connectorWithSchedule('nightly')
    await letBeDue('nightly')
    await expect.poll(async () => (await runsOf(connector)).length, { timeout: 20_000 }).toBe(1)
    const [run] = await runsOf(connector)
    expect(await untilEnded(platform, run?.id ?? '')).toMatchObject({ status: 'COMPLETED', counts: { inserted: 100 } })
    expect(run).toMatchObject({ trigger: 'SCHEDULED' })
    // 02:00 in Berlin, in winter or in summer.
    expect([0, 1]).toContain((await nextOf('nightly'))?.getUTCHours())
    expect(await runsOf(connector)).toHaveLength(1)
  })

  test('a slot that meets an active run is skipped, and says why', async () => {
    const connector = await connectorWithSchedule('busy')
    const release = await source.hold('items')
    const active = await triggerSync(platform, connector)
    await letBeDue('busy')
    await expect.poll(async () => (await slotsOf(connector)).length, { timeout: 20_000 }).toBe(1)
    const reason = expect.stringMatching(/^Run #\d+ of this connector was still active\.$/)
    expect(await slotsOf(connector)).toEqual([{ outcome: 'SKIPPED', reason, run: null }])
    await release()
    await untilEnded(platform, active)
    expect(await runsOf(connector)).toHaveLength(1)
  })

  test('a slot that is to wait for an active run makes a run when that has ended', async () => {
    const connector = await connectorWithSchedule('patient', { overlap: 'QUEUE' })
    const release = await source.hold('items')
    const active = await triggerSync(platform, connector)
    await letBeDue('patient')
    await expect.poll(() => slotsOf(connector), { timeout: 20_000 }).toEqual([{ outcome: 'WAITING', reason: null, run: null }])
    await release()
    await untilEnded(platform, active)
    await expect.poll(async () => (await slotsOf(connector))[0]?.outcome, { timeout: 20_000 }).toBe('RUN')
    const [slot] = await slotsOf(connector)
    expect(await untilEnded(platform, slot?.run?.id ?? '')).toMatchObject({ status: 'COMPLETED' })
    expect(await runsOf(connector)).toHaveLength(2)
  })

  test('a connector that is disabled fires nothing, and is on time again when it is enabled', async () => {
    const connector = await connectorWithSchedule('paused')
    await update(connector, { enabled: false })
    await letBeDue('paused')
    await expect.poll(async () => ((await nextOf('paused'))?.getTime() ?? 0) > Date.now(), { timeout: 20_000 }).toBe(true)
    expect(await runsOf(connector)).toEqual([])
    await update(connector, { enabled: true })
    await letBeDue('paused')
    await expect.poll(async () => (await runsOf(connector)).length, { timeout: 20_000 }).toBe(1)
  })

  test('another CRON text moves the next slot, and none takes it away', async () => {
    const connector = await connectorWithSchedule('edited')
    await update(connector, { schedule: { cron: '30 12 * * *', timeZone: 'UTC' } })
    expect((await nextOf('edited'))?.toISOString()).toMatch(/T12:30:00\.000Z$/)
    await update(connector, { schedule: null })
    expect(await nextOf('edited')).toBeUndefined()
  })
})
