import { type Platform, startPlatform } from '@aiia/testkit/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createConnector, openDatabase, type TestSource, triggerSync, untilEnded, watchRun } from './source.ts'

describe.each(['postgres', 'redis'] as const)('on %s', (backend) => {
  let platform: Platform
  let source: TestSource
  beforeAll(async () => {
    platform = await startPlatform({ backend })
    source = await openDatabase(await platform.postgres.createDatabase())
    await source.query('CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items SELECT generate_series(1, 100)')
  })
  afterAll(async () => {
    await source?.end()
    await platform?.stop()
  })

  const connect = (name: string) => createConnector(platform, source, { name, streams: [{ name, source: { table: 'public.items' } }] })
  type Paused = { maintenance: { by: string; reason: string } | null }
  const pause = async () =>
    (await platform.graphql<{ pausePlatform: Paused }>('mutation { pausePlatform(reason: "Upgrade") { maintenance { by reason } } }'))
      .pausePlatform
  const resume = async () =>
    (await platform.graphql<{ resumePlatform: Paused }>('mutation { resumePlatform { maintenance { by reason } } }')).resumePlatform

  test('while it is paused runs under way end, others wait and say why; resumed, they start by themselves', async () => {
    const [first, second] = [await connect('first'), await connect('second')]
    const release = await source.hold('items')
    const running = await triggerSync(platform, first)
    for await (const { status } of watchRun(platform, running)) if (status === 'RUNNING') break
    expect(await pause()).toEqual({ maintenance: { by: 'first administrator', reason: 'Upgrade' } })
    const waiting = await triggerSync(platform, second)
    const { jobRun } = await platform.graphql<{ jobRun: object }>('query ($id: ID!) { jobRun(id: $id) { status pendingReason } }', {
      id: waiting,
    })
    expect(jobRun).toEqual({
      status: 'PENDING',
      pendingReason: expect.stringMatching(/^Paused for maintenance since .* by first administrator: Upgrade\./),
    })
    await release()
    expect(await untilEnded(platform, running)).toMatchObject({ status: 'COMPLETED' })
    expect(await resume()).toEqual({ maintenance: null })
    expect(await untilEnded(platform, waiting)).toMatchObject({ status: 'COMPLETED', attempt: 1 })
  })
})
