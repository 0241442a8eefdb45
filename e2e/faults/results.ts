/** What came of the tries, as a table. */

import { printColumns, seconds } from './report.ts'
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
  console.log('')
  printColumns([headings, ...results.toSorted((a, b) => a.row - b.row).map(cells)])
  const missing = new Set(results.flatMap(({ notRun }) => notRun ?? []))
  for (const what of missing) console.log(`not run: ${what}`)
}

const cells = ({ row, fault, backend, tries, survived, slowestMs, boundMs, notRun }: Result): string[] => [
  String(row),
  fault,
  backend,
  notRun === undefined ? String(tries) : 'not run',
  notRun === undefined ? String(survived) : '-',
  slowestMs === undefined ? '-' : seconds(slowestMs),
  (boundMs / 1_000).toFixed(0),
]
