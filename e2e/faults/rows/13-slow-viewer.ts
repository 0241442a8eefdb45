/** Row 13: viewers that stop reading, beside some that do. */

import { existsSync, readFileSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { within } from '../until.ts'

const stalled = 20
/** What they were not sent in time may be no part of this. */
const mostGrowthMb = 100

/** The words of the connector's own query, many times over, so that each event weighs some 100 KB. */
const weight = 20_000
const heavy = `subscription ($id: ID!) { jobRunUpdated(id: $id) { revision ${Array.from(
  { length: 5 },
  (_, index) => `c${index}: connector { streams { source } }`,
).join(' ')} } }`

/** Resolves when the first bytes are there; nothing is read after them. */
const openStalled = ({ platform }: Stage, id: string): Promise<ClientRequest> =>
  new Promise((resolve, reject) => {
    const asked = request(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${platform.token}`, 'content-type': 'application/json', accept: 'text/event-stream' },
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      response.on('error', () => {})
      response.pause()
      if (response.statusCode === 200) resolve(asked)
      else reject(new Error(`The subscription was answered ${response.statusCode}`))
    })
    asked.end(JSON.stringify({ query: heavy, variables: { id } }))
  })

const memoryMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

export const slowViewers: Scenario = {
  row: 13,
  fault: `${stalled} viewers that stop reading`,
  boundMs: 2_000,
  missing: () => (existsSync('/proc/self/status') ? undefined : 'it reads the memory of a process from /proc, which this system has not'),
  run: async (stage) => {
    const { table } = stage.feed
    const feed = await stage.addFeed({
      rows: 1,
      stream: { sql: `/* ${'x'.repeat(weight)} */ SELECT * FROM ${table}` },
      primaryKey: ['id'],
    })
    const sync = async (viewers: number): Promise<{ id: string; open: ClientRequest[] }> => {
      const id = await stage.trigger(feed)
      feed.triggered.set(id, await stage.source.checksum(table))
      const open = await Promise.all(Array.from({ length: viewers }, () => openStalled(stage, id)))
      await expectCompleted(stage, id, 1)
      return { id, open }
    }
    stage.way.delay(20)
    await sync(0)
    const { pid } = stage.platform.processes.api
    const before = memoryMb(pid)
    const { id, open } = await sync(stalled)
    const ended = performance.now()
    const others = stage.viewers.filter(({ runId }) => runId === id)
    await within('The end of the run for those who read', Promise.all(others.map(({ done }) => done)), 30_000)
    const recoveryMs = performance.now() - ended
    const growth = memoryMb(pid) - before
    for (const each of open) each.destroy()
    expectThat(growth < mostGrowthMb, `The API grew by ${growth.toFixed(0)} MB`)
    await stage.way.heal()
    return { recoveryMs }
  },
}
