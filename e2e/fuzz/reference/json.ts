/** JSON as naively as can be, to compare with: a tree that keeps what JSON.parse loses, such as keys that come twice. */

export type JsonNode =
  | { kind: 'object'; raw: string; members: [name: string, value: JsonNode][] }
  | { kind: 'array'; raw: string; items: JsonNode[] }
  | { kind: 'string'; raw: string; value: string }
  | { kind: 'number' | 'boolean' | 'null'; raw: string }

export type JsonTree = {
  root: JsonNode /** Levels of the deepest value. */
  depth: number /** A half of a character stands alone. */
  hasHalves: boolean
}

const space = /[ \t\r\n]*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
// oxlint-disable-next-line no-control-regex -- strings hold none
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y

/** Deeper is refused by all readers; the stack would end before. */
const deepest = 2_500

/** @returns null for what is no JSON, and the same as JSON.parse says where that can tell */
export const parseJson = (text: string): JsonTree | null => {
  const tree = treeOf(text)
  if (tree !== 'deep' && (tree === null) !== !parses(text)) throw new Error(`The reference is wrong about ${text.slice(0, 200)}`)
  return tree === 'deep' ? null : tree
}

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const treeOf = (text: string): JsonTree | 'deep' | null => {
  let [at, depth, hasHalves, isDeep] = [0, 0, false, false]
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    at += found?.length ?? 0
    return found
  }
  const takeSign = (sign: string): boolean => {
    take(space)
    const isThere = text[at] === sign
    if (isThere) at += 1
    return isThere
  }
  const takeString = (): string | null => {
    take(space)
    const raw = take(string)
    if (raw === null) return null
    const value = JSON.parse(raw) as string
    hasHalves ||= !value.isWellFormed()
    return value
  }
  const value = (level: number): JsonNode | null => {
    depth = Math.max(depth, level)
    if (level > deepest) isDeep = true
    if (isDeep) return null
    take(space)
    const from = at
    if (text[at] === '"') {
      const found = takeString()
      return found === null ? null : { kind: 'string', raw: text.slice(from, at), value: found }
    }
    if (text[at] === '{' || text[at] === '[') return nested(level, from)
    const raw = take(scalar)
    if (raw === null || raw === '') return null
    return { kind: raw === 'null' ? 'null' : raw === 'true' || raw === 'false' ? 'boolean' : 'number', raw }
  }
  const nested = (level: number, from: number): JsonNode | null => {
    const isObject = text[at] === '{'
    const close = isObject ? '}' : ']'
    at += 1
    const members: [string, JsonNode][] = []
    if (!takeSign(close)) {
      do {
        const name = isObject ? takeString() : ''
        if (name === null || (isObject && !takeSign(':'))) return null
        const member = value(level + 1)
        if (member === null) return null
        members.push([name, member])
      } while (takeSign(','))
      if (!takeSign(close)) return null
    }
    const raw = text.slice(from, at)
    return isObject ? { kind: 'object', raw, members } : { kind: 'array', raw, items: members.map(([, item]) => item) }
  }
  const root = value(0)
  take(space)
  if (isDeep) return 'deep'
  return root === null || at < text.length ? null : { root, depth, hasHalves }
}
