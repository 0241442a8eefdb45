/** What people write as custom SQL, read far enough to take it as the table of a query. */

import { SyncError } from '@aiia/core/failures/failure'

/** Where the databases write SQL differently. */
export type SqlDialect = {
  /** `[name]`. */
  brackets: boolean
  /** A comment may hold comments. */
  nestedComments: boolean
  /** `q'[it's]'`. */
  ownQuotes: boolean
}

export type Statement = {
  /** Without the semicolons and comments around it, each line where it was. */
  text: string
  /** Words that stand in no parentheses, in upper case, with their place in the text. */
  words: { word: string; at: number }[]
}

type Token = { text: string; at: number }

const strings = /'(?:[^']|'')*'|"(?:[^"]|"")*"/
const bracketed = /\[(?:[^\]]|\]\])*\]/
const ownQuoted = /n?q'(?:\[[^]*?\]|\{[^]*?\}|\([^]*?\)|<[^]*?>|([^\s[{(<])[^]*?\1)'/
const others = /--[^\n]*|\/\*|[\p{L}_@#$][\p{L}\p{N}_@#$]*|[^]/u

const patternOf = ({ brackets, ownQuotes }: SqlDialect): RegExp => {
  const parts = [...(ownQuotes ? [ownQuoted] : []), strings, ...(brackets ? [bracketed] : []), others]
  return new RegExp(parts.map(({ source }) => source).join('|'), 'giu')
}

/** Strings, quoted names, words and comments as wholes; all else character by character. */
function* tokensOf(sql: string, dialect: SqlDialect): Generator<Token> {
  const pattern = patternOf(dialect)
  for (let found = pattern.exec(sql); found !== null; found = pattern.exec(sql)) {
    const [text] = found
    if (text === '/*') {
      pattern.lastIndex = endOfComment(sql, found.index, dialect)
      yield { text: sql.slice(found.index, pattern.lastIndex), at: found.index }
    } else yield { text, at: found.index }
  }
}

/** A comment that is not closed goes on to the end. */
const endOfComment = (sql: string, from: number, { nestedComments }: SqlDialect): number => {
  let depth = 0
  for (const { 0: mark, index } of sql.slice(from).matchAll(/\/\*|\*\//g)) {
    depth += mark === '*/' ? -1 : nestedComments || depth === 0 ? 1 : 0
    if (depth === 0) return from + index + 2
  }
  return sql.length
}

const isWord = /^[\p{L}_@#$]/u
const isNothing = /^(?:\s|--|\/\*)/

/**
 * @throws SyncError INVALID_QUERY for what is more than one statement: it would otherwise leave the parentheses that it is
 *   put into
 */
export const statementOf = (sql: string, dialect: SqlDialect): Statement => {
  const words: Statement['words'] = []
  let [start, end, depth, closed] = [-1, 0, 0, false]
  for (const { text, at } of tokensOf(sql, dialect)) {
    if (isNothing.test(text)) continue
    if (text === ';') {
      // People begin with one, so that whatever was before a WITH has ended.
      closed = start >= 0
      continue
    }
    if (start < 0) start = at
    if (text === '(') depth += 1
    if (text === ')') depth -= 1
    if (closed || depth < 0)
      throw new SyncError(
        'INVALID_QUERY',
        `The custom SQL must be one statement that reads, and ends before ${JSON.stringify(sql.slice(at, at + 20))}.`,
      )
    if (depth === 0 && isWord.test(text)) words.push({ word: text.toUpperCase(), at })
    end = at + text.length
  }
  return { text: sql.slice(0, Math.max(0, start)).replaceAll(/[^\n]/g, ' ') + sql.slice(Math.max(0, start), end), words }
}
