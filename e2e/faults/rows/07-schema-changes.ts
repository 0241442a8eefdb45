/** Row 7: the source's table changes before a run, and under one. */

import { catches } from '../caught.ts'
import { logOf } from '../invariants.ts'
import { expectCompleted } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'

type Part = {
  fault: string
  alter: (table: string) => string
  code: 'COLUMN_MISSING' | 'COLUMN_TYPE_CHANGED'
  undo: (table: string) => string
}

const expectRefused = async (stage: Stage, code: string): Promise<void> => {
  const run = await stage.ended(await stage.trigger())
  expectThat(
    run.status === 'ERROR' && run.failure?.code === code && run.failure.message.includes('"words"'),
    `The run ended ${run.status} with ${run.failure?.code}: ${run.failure?.message}`,
  )
}

const changed = ({ fault, alter, undo, code }: Part): Scenario => ({
  row: 7,
  fault: `column ${fault} before a run`,
  boundMs: 10_000,
  run: async (stage) => {
    const { table } = stage.feed
    await stage.fill()
    await stage.source.query(alter(table))
    const asked = performance.now()
    await expectRefused(stage, code)
    const recoveryMs = performance.now() - asked
    await stage.source.query(undo(table))
    return { recoveryMs }
  },
})

const added: Scenario = {
  row: 7,
  fault: 'column added before a run',
  boundMs: 10_000,
  run: async (stage) => {
    await stage.fill()
    await stage.source.query(`ALTER TABLE ${stage.feed.table} ADD COLUMN extra int DEFAULT 7`)
    const asked = performance.now()
    const id = await stage.trigger()
    await expectCompleted(stage, id, 1)
    expectThat(
      (await logOf(stage, id)).some(({ text }) => text.includes('WARN') && text.includes('"extra"')),
      'The log does not tell of the new column',
    )
    return { recoveryMs: performance.now() - asked }
  },
}

/** The source keeps the table as the run began with it: the change waits, and meets the next run. */
const duringRun: Scenario = {
  row: 7,
  fault: 'column dropped in mid-extract',
  boundMs: 15_000,
  run: async (stage) => {
    const { table } = stage.feed
    const { id, release } = await catches.extract(stage)
    const altered = stage.source.query(`ALTER TABLE ${table} RENAME COLUMN words TO sentences`)
    const asked = performance.now()
    await release()
    await expectCompleted(stage, id, 1)
    await altered
    const recoveryMs = performance.now() - asked
    await expectRefused(stage, 'COLUMN_MISSING')
    await stage.source.query(`ALTER TABLE ${table} RENAME COLUMN sentences TO words`)
    return { recoveryMs }
  },
}

export const schemaChanges: Scenario[] = [
  changed({
    fault: 'dropped',
    alter: (table) => `ALTER TABLE ${table} DROP COLUMN words`,
    undo: (table) => `ALTER TABLE ${table} ADD COLUMN words text`,
    code: 'COLUMN_MISSING',
  }),
  changed({
    fault: 'renamed',
    alter: (table) => `ALTER TABLE ${table} RENAME COLUMN words TO sentences`,
    undo: (table) => `ALTER TABLE ${table} RENAME COLUMN sentences TO words`,
    code: 'COLUMN_MISSING',
  }),
  changed({
    fault: 'retyped',
    alter: (table) => `ALTER TABLE ${table} ALTER COLUMN words TYPE bytea USING words::bytea`,
    undo: (table) => `ALTER TABLE ${table} ALTER COLUMN words TYPE text USING encode(words, 'escape')`,
    code: 'COLUMN_TYPE_CHANGED',
  }),
  added,
  duringRun,
]
