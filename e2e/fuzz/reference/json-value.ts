/** Whether the text that a reader gives stands for a value of JSON. */

import { isDeepStrictEqual } from 'node:util'
import type { JsonNode } from './json.ts'

/** @param came as text; null: NULL */
export const isSameValue = (came: Buffer | null, node: JsonNode | undefined): boolean => {
  if (node === undefined || node.kind === 'null') return came === null
  if (came === null) return false
  if (node.kind === 'string') return came.toString() === node.value.toWellFormed()
  if (node.kind === 'object' || node.kind === 'array') return isDeepStrictEqual(JSON.parse(came.toString()), JSON.parse(node.raw))
  return came.toString() === node.raw
}
