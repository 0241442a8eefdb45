#!/usr/bin/env node
/** `aiia`: parses the command line, and turns what went wrong into one message and an exit code. */

import { CommanderError, InvalidArgumentError } from 'commander'
import { RefusedError, UnavailableError } from './client.ts'
import { UsageError } from './env.ts'
import { exitCodes } from './exit-code.ts'
import { createProgram } from './program.ts'

const program = createProgram(process.stdout, (code) => {
  process.exitCode = code
})

/** @returns undefined for what nobody expected */
const exitCodeFor = (error: unknown): number | undefined => {
  if (error instanceof UsageError || error instanceof InvalidArgumentError) return exitCodes.usage
  if (error instanceof UnavailableError) return exitCodes.unavailable
  if (error instanceof RefusedError) return exitCodes.refused
  return undefined
}

// A reader that goes away, as `aiia runs | head -1` does, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.ok)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError && !(error instanceof InvalidArgumentError)) {
    // Commander has printed its message, or the help that was asked for.
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  } else {
    const code = exitCodeFor(error)
    if (code === undefined) throw error
    console.error(`aiia: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = code
  }
}
