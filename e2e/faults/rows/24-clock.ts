/** Row 24, and an hour of row 14: the wall clock of the services jumps, and that of the database does not. */

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catches } from '../caught.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Feed, Stage } from '../stage.ts'
import { until } from '../until.ts'

const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`)
const library = libraries.find((path) => existsSync(path))
const clockFile = join(tmpdir(), `aiia-faults-clock-${process.pid}`)

const faked = {
  LD_PRELOAD: library ?? '',
  FAKETIME_TIMESTAMP_FILE: clockFile,
  FAKETIME_NO_CACHE: '1',
  FAKETIME_DONT_RESET: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
}

/** @returns the time of the next slot, and how many slots were fired */
const scheduleOf = async ({ database }: Stage, { table }: Feed): Promise<{ nextInHours: number; slots: number }> => {
  const [schedule] = await database.query<{ nextInHours: number; slots: number }>(
    `SELECT (extract(epoch FROM s.next_at - now()) / 3600)::float8 AS "nextInHours",
       (SELECT count(*)::int FROM platform.schedule_slots f WHERE f.connector_id = c.id) AS slots
     FROM platform.schedules s JOIN platform.connectors c ON c.id = s.connector_id WHERE c.name = $1`,
    [table],
  )
  if (schedule === undefined) throw new Error('The schedule is gone.')
  return schedule
}

const jumpedBy = (row: 14 | 24, offset: string): Scenario => ({
  row,
  fault: `wall clock ${offset} under the services`,
  boundMs: 15_000,
  platform: { env: faked },
  missing: () => (library === undefined ? 'install faketime: apt-get install faketime' : undefined),
  run: async (stage) => {
    try {
      const hourly = await stage.addFeed({ rows: 100, schedule: { cron: '0 * * * *' }, limits: { maxDurationSeconds: 3_600 } })
      const limited = await stage.addFeed({ rows: 100, limits: { maxDurationSeconds: 3_600 } })
      const { id, release } = await catches.extract(stage)
      writeFileSync(clockFile, offset)
      const jumped = performance.now()
      await stage.database.query(
        `UPDATE platform.schedules s SET next_at = date_trunc('hour', now()) FROM platform.connectors c WHERE c.id = s.connector_id AND c.name = $1`,
        [hourly.table],
      )
      const [run] = await until('The run of the slot', async () =>
        ((runs) => (runs.length > 0 ? runs : undefined))(await stage.runsOf([hourly.connector])),
      )
      await release()
      hourly.triggered.set(run?.id ?? '', await stage.source.checksum(hourly.table))
      await expectCompleted(stage, run?.id ?? '', 1)
      await expectCompleted(stage, id, 1)
      await expectCompleted(stage, await stage.trigger(limited), 1)
      const recoveryMs = performance.now() - jumped
      const { nextInHours, slots } = await scheduleOf(stage, hourly)
      expectThat(nextInHours > 0 && nextInHours <= 1, `The next slot of an hourly schedule is due in ${nextInHours.toFixed(1)} hours`)
      expectThat(slots === 1, `${slots} slots were fired`)
      const runs = await stage.runsOf([hourly.connector])
      expectThat(runs.length === 1, `${runs.length} runs were made`)
      return { recoveryMs }
    } finally {
      rmSync(clockFile, { force: true })
    }
  },
})

export const clockJumps: Scenario[] = [jumpedBy(14, '+1h'), jumpedBy(14, '-1h'), jumpedBy(24, '+3h'), jumpedBy(24, '-5h')]
