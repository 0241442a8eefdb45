/** Names of members, found again without making strings: records of one source have the same names in the same order. */

import { readString } from './unescape.ts'

export type KnownKey = {
  name: string
  /** As it is printed, with its closing quote. */
  bytes: Buffer
  /** Its place among the wanted columns; -1: it is none of them. */
  column: number
  /** Its strings are taken with their quotes. */
  asJson: boolean
  /** The one that came behind it last time. */
  next: KnownKey | null
}

/** Objects may be dictionaries, whose names never end. */
const mostKeys = 10_000

export type KnownKeys = {
  /** The members of a record begin. */
  begin(): void
  /**
   * @param from behind the opening quote
   * @returns the key that was predicted, if it is the one that stands there
   */
  predicted(buffer: Buffer, from: number): KnownKey | null
  /** Looks one up that was not predicted. @param to the closing quote */
  find(buffer: Buffer, from: number, to: number): KnownKey
  /** The names that were met, in the order of their first appearance. */
  names(): string[]
}

export const createKnownKeys = (columns: readonly string[], asJson: ReadonlySet<string>): KnownKeys => {
  const places = new Map(columns.map((name, place) => [name, place]))
  const known = new Map<string, KnownKey>()
  const start: KnownKey = { name: '', bytes: Buffer.alloc(0), column: -1, asJson: false, next: null }
  let last = start
  return {
    begin: () => {
      last = start
    },
    predicted: (buffer, from) => {
      const key = last.next
      if (key === null) return null
      const { bytes } = key
      for (let at = 0; at < bytes.length; at += 1) if (buffer[from + at] !== bytes[at]) return null
      last = key
      return key
    },
    find: (buffer, from, to) => {
      const printed = buffer.toString('utf8', from, to)
      let key = known.get(printed)
      if (key === undefined) {
        const name = readString(buffer, from, to)
        key = { name, bytes: Buffer.from(`${printed}"`), column: places.get(name) ?? -1, asJson: asJson.has(name), next: null }
        if (known.size < mostKeys) known.set(printed, key)
      }
      last.next = key
      last = key
      return key
    },
    names: () => [...new Set([...known.values()].map(({ name }) => name))],
  }
}
