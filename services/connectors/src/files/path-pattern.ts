/** Patterns that name files, such as `in/*.csv`. */

import picomatch from 'picomatch'

/** All else stands for itself, as people expect of `report (1).csv`. */
const wildcard = /[*?{\\]/
const meansSomethingElse = /[()[\]!+@|^$]/g

/** What every path that matches begins with. */
export const prefixOf = (pattern: string): string => {
  const at = pattern.search(wildcard)
  return at < 0 ? pattern : pattern.slice(0, at)
}

export const matcherOf = (pattern: string): ((path: string) => boolean) => {
  const matches = picomatch(pattern.replace(meansSomethingElse, String.raw`\$&`), { nonegate: true, noextglob: true })
  return (path) => matches(path)
}

/** The pattern that matches just this path. */
export const literal = (path: string): string => path.replace(/[*?{}\\]/g, String.raw`\$&`)
