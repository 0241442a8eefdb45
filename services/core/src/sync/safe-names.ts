/** Names of source columns, made into names that Postgres takes: as they are where it does. */

import { fingerprint } from '../fingerprint.ts'

/** Bytes of UTF-8; Postgres cuts longer names silently, and then two may be one. */
const longestName = 63

/** Columns that every table of Postgres has, and the one that the platform adds. */
const reserved = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', '_aiia_run'])

/**
 * Every name is one of its own (case counts) and depends on those before it only, so a column that comes behind changes
 * none of them.
 */
export const safeColumnNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>()
  return names.map((name) => {
    const wanted = acceptable(name)
    let free = wanted
    for (let turn = 2; taken.has(free); turn += 1) free = withEnding(wanted, `_${turn}`)
    taken.add(free)
    return free
  })
}

const acceptable = (name: string): string => {
  const text = name.replaceAll('\0', '').toWellFormed() || 'column'
  if (reserved.has(text)) return `${text}_`
  return cut(text, longestName) === text ? text : withEnding(text, `_${fingerprint(name).toString(36).padStart(7, '0')}`)
}

/** As much of the name as leaves room for the ending. @param ending of ASCII */
export const withEnding = (text: string, ending: string): string => cut(text, longestName - ending.length) + ending

/** As many whole characters as fit into so many bytes. */
const cut = (text: string, bytes: number): string => text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read)
