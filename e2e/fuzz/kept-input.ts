/** Inputs that fail, as files: their parts as they are read, and what was wrong. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FuzzInput } from './reader.ts'

/** @returns the folder of the input */
export const keepInput = (folder: string, name: string, { parts, about, table }: FuzzInput, violation: string): string => {
  const own = join(folder, name)
  mkdirSync(own, { recursive: true })
  for (const [at, part] of parts.entries()) writeFileSync(join(own, `part-${at}`), part)
  writeFileSync(join(own, 'about.json'), JSON.stringify({ about, table }, null, 2))
  writeFileSync(join(own, 'violation.txt'), `${violation}\n`)
  return own
}
