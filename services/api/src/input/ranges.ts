/** Whole numbers within bounds, which the refusal names. */

import { z } from 'zod'

export const range = (from: number, to: number, unit: string) => {
  const error = `A whole number of ${unit} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}.`
  return z.int(error).min(from, error).max(to, error)
}
