/** Puts a filled table in the destination table's place. */

import { quote, quoteAll } from './identifiers.ts'
import type { DestinationSession } from './session.ts'
import type { StagingTable } from './staging-table.ts'
import { runColumn, type TargetTable } from './target-table.ts'

/**
 * By renaming where nothing hangs on the old table; else the rows are written into it, so that views, grants, foreign
 * keys, triggers and indexes stay.
 *
 * @param number of the run
 */
export const replaceTarget = async (
  { query, schema }: DestinationSession,
  target: TargetTable,
  staged: StagingTable,
  { comment, number }: { comment: string; number: number },
): Promise<void> => {
  if (target.depended) {
    const columns = quoteAll(staged.columns.map(({ name }) => name))
    await query(`TRUNCATE ${target.sql}`)
    await query(`INSERT INTO ${target.sql} (${columns}, ${quote(runColumn)}) SELECT ${columns}, ${number} FROM ${staged.sql}`)
    await query(`DROP TABLE ${staged.sql}`)
    return
  }
  if (target.exists) await query(`DROP TABLE ${target.sql}`)
  // A default that is there when the column comes costs no pass over the rows.
  await query(`ALTER TABLE ${staged.sql} ADD COLUMN ${quote(runColumn)} integer DEFAULT ${number}`)
  await query(`ALTER TABLE ${staged.sql} ALTER COLUMN ${quote(runColumn)} DROP DEFAULT`)
  await query(`ALTER TABLE ${staged.sql} RESET (autovacuum_enabled)`)
  await query(`COMMENT ON TABLE ${staged.sql} IS '${comment.replaceAll("'", "''")}'`)
  await query(`ALTER TABLE ${staged.sql} SET SCHEMA ${quote(schema)}`)
  await query(`ALTER TABLE ${quote(schema)}.${quote(staged.name)} RENAME TO ${quote(target.name)}`)
}
