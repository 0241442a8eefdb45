/** What the rows of a source can do to a run: the same for every kind. */

import { changed } from './datasets.ts'
import type { Failures, SourceUnderTest } from './kind-under-test.ts'

/** What the rows of every kind can bring about. */
export const rowCodes = ['COLUMN_MISSING', 'COLUMN_TYPE_CHANGED', 'ROWS_REJECTED', 'DUPLICATE_KEY'] as const

export const rowFailures = ({ streamOf, change }: SourceUnderTest): Failures => ({
  COLUMN_MISSING: [
    {
      by: 'a column of the mapping that is not there',
      streamSettings: { fields: [{ source: 'id' }, { source: 'nothing' }] },
      names: '"nothing"',
    },
  ],
  COLUMN_TYPE_CHANGED: [
    {
      by: 'a column that came and is not accepted',
      stream: streamOf('grown'),
      streamSettings: { schemaChanges: { added: 'STOP' } },
      isKnown: true,
      before: () => change('grown', changed.grown),
      names: '"unit"',
    },
  ],
  ROWS_REJECTED: [{ by: 'keys that are NULL', streamSettings: { primaryKey: ['name'] }, names: 'column "name"' }],
  DUPLICATE_KEY: [
    {
      by: 'rows that share a key',
      stream: streamOf('twice'),
      streamSettings: { primaryKey: ['name'], duplicates: 'FORBID' },
      names: 'Item 1',
    },
  ],
  CONTROL_TOTAL_MISMATCH: [
    {
      by: 'rows that supersede others',
      stream: streamOf('twice'),
      streamSettings: { primaryKey: ['name'], controlTotals: ['id'] },
      names: '"id"',
    },
  ],
})
