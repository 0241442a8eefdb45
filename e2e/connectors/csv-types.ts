/** A CSV file with a column of each type. */

import type { TypedColumn } from './kind-under-test.ts'
import { csvOf } from './written-rows.ts'

export const typesFile = (columns: readonly (TypedColumn & { value: string })[]): string =>
  csvOf({
    columns: [{ name: 'id', type: 'integer' }, ...columns.map(({ name }) => ({ name, type: 'text' }) as const)],
    rows: [
      ['1', ...columns.map(({ value }) => value)],
      ['2', ...columns.map(() => null)],
    ],
  })
