/** The records of one page, from the answer's bytes to whoever takes them. */

import { createHash } from 'node:crypto'
import { createRecordScanner, type RecordFields, type RecordPath } from '../json/record-scanner.ts'
import type { HttpResponse } from '../network/http-client.ts'
import type { Api } from './api.ts'
import type { Page } from './pagination.ts'
import type { HttpStreamSource } from './stream-source.ts'

/** `data.items`; names that begin with `@` have dots of their own. */
const recordPathOf = ({ records }: HttpStreamSource): RecordPath => {
  if (records === undefined) return 'first-array'
  return records.startsWith('@') ? [records] : records.split('.')
}

export type PageTaking = {
  source: HttpStreamSource
  /** Members that are wanted as columns. */
  columns: readonly string[]
  /** Of those, the ones whose strings stay JSON text. */
  asJson: ReadonlySet<string>
  record(fields: RecordFields): void
}

export type ScannedPage = Page & { /** Names of members that its records have. */ names: string[] }

/**
 * Yields after each piece of the answer, once its records were taken; what it waits for is the next piece. Returning early
 * ends the request.
 */
export async function* scanPage(
  api: Api,
  url: URL,
  { source, columns, asJson, record }: PageTaking,
  response: HttpResponse,
): AsyncGenerator<void, ScannedPage, void> {
  const beside = new Map<string, string>()
  const wanted = besideNames(source)
  const ends = createHash('sha1')
  let records = 0
  let last: RecordFields | null = null
  const scanner = createRecordScanner({
    path: recordPathOf(source),
    columns,
    asJson,
    what: `The answer to GET ${api.print(url)}`,
    record: (fields) => {
      if (records === 0) ends.update(fields.raw())
      records += 1
      last = fields
      record(fields)
    },
    outside: (name, value) => {
      if (wanted.has(name)) beside.set(name, value)
    },
  })
  for await (const piece of response.body as AsyncIterable<Buffer>) {
    scanner.push(piece)
    yield
  }
  // No Content.
  if (response.status !== 204) scanner.end()
  const final = last as RecordFields | null
  const members = final === null ? [] : final.isObject ? final.members() : []
  if (final !== null) ends.update(final.raw()).update(String(records))
  return {
    url,
    records,
    digest: records === 0 ? '' : ends.digest('hex'),
    beside: (path) => beside.get(path),
    ofLast: (name) => members.find((member) => member.name === name && member.kind !== 'null')?.text,
    link: linkOf(response),
    names: scanner.names(),
  }
}

const besideNames = ({ pagination }: HttpStreamSource): Set<string> => {
  if (pagination.style === 'link') return new Set([pagination.nextPath ?? ''])
  if (pagination.style === 'cursor') return new Set([pagination.cursorPath ?? '', pagination.morePath ?? ''])
  return new Set()
}

const linkOf = ({ headers }: HttpResponse): string | null => {
  const { link } = headers
  return Array.isArray(link) ? link.join(', ') : (link ?? null)
}
