/** Holds staged rows to what only all of them together can show: the primary key. */

import { quoteAll } from './destination/identifiers.ts'
import { enforceKey, refuseDuplicates } from './destination/key.ts'
import type { StagingTable } from './destination/staging-table.ts'
import type { Quarantine } from './quarantine.ts'
import { shown } from './shown.ts'
import type { ReadyStream, StreamContext } from './stream-context.ts'

/** @throws SyncError DUPLICATE_KEY, ROWS_REJECTED */
export const validate = async (
  { destination, report, tally }: StreamContext,
  { stream, key, keyIsGiven, writing }: ReadyStream,
  { table, quarantine }: { table: StagingTable; quarantine: Quarantine },
): Promise<void> => {
  if (key.length === 0) return
  if (keyIsGiven) {
    // Only a table that stays needs the index; the source vouches for the rows.
    if (writing === 'REPLACE') await destination.query(`ALTER TABLE ${table.sql} ADD PRIMARY KEY (${quoteAll(key)})`)
    return
  }
  if (stream.duplicates === 'FORBID') await refuseDuplicates(destination, table, key, stream.name)
  const { superseded, rejected, samples } = await enforceKey(destination, table, key, stream.name)
  tally.settle({ superseded, rejected: tally.current().rejected + rejected })
  if (superseded > 0)
    report.log(
      'WARN',
      `Stream "${stream.name}": ${shown(superseded)} rows have a primary key that came again later in the extract; the later row won.`,
    )
  quarantine.add(samples, 'VALIDATE', rejected)
}
