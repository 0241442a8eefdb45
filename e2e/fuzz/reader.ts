/** What a reader under test is to the fuzzer: something that makes inputs out of a seed, and checks what is read of them. */

import type { Random } from '../faults/random.ts'

/** One try, whole: with the same input everything repeats. */
export type FuzzInput = {
  /** The bytes that are read: a file, or the pages of an answer. */
  parts: readonly Buffer[]
  /** How they are served and read; JSON. */
  about: Readonly<Record<string, unknown>>
  /** What must come out, where the input is in order; null: it was damaged. */
  table: readonly (readonly (string | null)[])[] | null
}

/** What a reader made of an input, all promises kept. */
export type Outcome = { rows: number; rejected: number; error: string | null }

export type FuzzReader = {
  make(random: Random): FuzzInput
  /** @throws Violation */
  check(input: FuzzInput): Promise<Outcome>
}

/** A promise that was not kept. */
export class Violation extends Error {
  /** Of the promise: minimising keeps it. */
  readonly promise: string

  constructor(promise: string, message: string, cause?: unknown) {
    super(`${promise}: ${message}`, { cause })
    this.promise = promise
  }
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit)

export const maybe = (random: Random, chance: number): boolean => random() < chance
