/** What came of the tries, as a table. */

import type { Backend } from './scenario.ts'

export type Result = {
  row: number
  fault: string
  backend: Backend
  boundMs: number
  tries: number
  survived: number
  slowestMs: number | undefined
  /** What the machine lacks. */
  notRun: string | undefined
}

const headings = ['row', 'fault', 'backend', 'tries', 'survived', 'slowest recovery (s)', 'bound (s)']

export const printTable = (results: readonly Result[]): void => {
  const lines = [headings, ...results.toSorted((a, b) => a.row - b.row).map(cells)]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  console.log('')
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  const missing = new Set(results.flatMap(({ notRun }) => notRun ?? []))
  for (const what of missing) console.log(`not run: ${what}`)
}

const cells = ({ row, fault, backend, tries, survived, slowestMs, boundMs, notRun }: Result): string[] => [
  String(row),
  fault,
  backend,
  notRun === undefined ? String(tries) : 'not run',
  notRun === undefined ? String(survived) : '-',
  slowestMs === undefined ? '-' : (slowestMs / 1_000).toFixed(1),
  (boundMs / 1_000).toFixed(0),
]
