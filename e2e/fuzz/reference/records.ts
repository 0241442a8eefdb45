/** Which values of a JSON answer are its records, as the readers of answers define it, and found naively. */

import type { JsonNode } from './json.ts'

/** An array at the path, an object there as the only one, null as none; a member that comes twice counts twice. */
const atPath = (root: JsonNode, path: readonly string[]): JsonNode[] | null => {
  const places = path.reduce<JsonNode[]>(
    (nodes, name) =>
      nodes.flatMap((node) => (node.kind === 'object' ? node.members.flatMap(([own, value]) => (own === name ? [value] : [])) : [])),
    [root],
  )
  const met = places.filter(({ kind }) => kind === 'array' || kind === 'object' || kind === 'null')
  if (met.length === 0) return null
  return met.flatMap((place) => (place.kind === 'array' ? place.items : place.kind === 'object' ? [place] : []))
}

/** The body, or else the first array whose first element is an object; an empty one may have been it. */
const firstArray = (root: JsonNode): JsonNode[] | null => {
  if (root.kind === 'array') return root.items
  const waiting: JsonNode[] = [root]
  let hasEmpty = false
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (node.kind === 'object') waiting.unshift(...node.members.map(([, value]) => value))
    if (node.kind !== 'array') continue
    if (node.items[0]?.kind === 'object') return node.items
    hasEmpty ||= node.items.length === 0
  }
  return hasEmpty ? [] : null
}

export const recordsOf = (root: JsonNode, path: readonly string[] | 'first-array'): JsonNode[] | null =>
  path === 'first-array' ? firstArray(root) : atPath(root, path)
