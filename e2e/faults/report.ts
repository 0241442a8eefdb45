/** What is told of something that did not hold. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platforms } from './platforms.ts'

/** With its causes. */
export const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack ?? error.message}${error.cause === undefined ? '' : `\nbecause: ${describe(error.cause)}`}`
    : String(error)

/** @returns the file that now has what the processes wrote */
export const keepOutput = (platforms: Platforms): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'aiia-fault-')), 'output.log')
  writeFileSync(file, platforms.output())
  return file
}

/** Rows of texts below their headings. */
export const printColumns = (lines: readonly (readonly string[])[]): void => {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

export const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
