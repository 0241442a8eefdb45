/** The options of a command of this folder, read once and refused in words. */

import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Backend } from './scenario.ts'

type Refuse = (why: string) => never

/** Prints the usage for `--help`, and ends the process with 64 after what it cannot read. */
export const readOptions = <const Options extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: Options) => {
  const refuse: Refuse = (why) => {
    console.error(`${why}\n\n${usage}`)
    process.exit(64)
  }
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return { values: parseArgs({ options }).values, refuse }
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1

/** Both where none is asked for. */
export const chooseBackends = (asked: string | undefined, refuse: Refuse): Backend[] => {
  if (asked === undefined) return ['postgres', 'redis']
  return asked === 'postgres' || asked === 'redis' ? [asked] : refuse('--backend is postgres or redis.')
}
