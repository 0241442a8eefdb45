/** Finds the one character that JSON can hold and Postgres cannot, before it gets there. */

import { type DocumentNode, Kind, visit } from 'graphql'
import type { Problems } from './parse.ts'

const problem = 'Text cannot hold a NUL character.'

/** Without recursion: how deep a JSON value goes is up to the client. */
export const nulProblems = (variables: Readonly<Record<string, unknown>>): Problems => {
  const problems: Problems = {}
  const open: { path: string; value: unknown }[] = [{ path: '', value: variables }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next
    if (typeof value === 'string' && value.includes('\0')) problems[inside(path)] = problem
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\0')) problems[inside(path)] = problem
      else open.push({ path: path === '' ? name : `${path}.${name}`, value: inner })
    }
  }
  return problems
}

/** Problems are told by their path inside the input. */
const inside = (path: string): string => path.replace(/^input\./, '') || 'variables'

export const hasNul = (document: DocumentNode): boolean => {
  let found = false
  visit(document, {
    [Kind.STRING]: ({ value }) => {
      found ||= value.includes('\0')
    },
  })
  return found
}
