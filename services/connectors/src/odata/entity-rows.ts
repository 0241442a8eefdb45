/** The entities of one page, from the answer's bytes to a writer of rows. */

import type { CopyChunk, RowWriter, Since } from '@aiia/core/sync/source'
import { createNewness } from '../http/since.ts'
import { createRecordScanner, type RecordFields } from '../json/record-scanner.ts'
import type { ReadProperty } from './columns.ts'
import { noteFrame } from './dialect.ts'
import type { Page, ReadPage } from './pages.ts'
import { Scratch } from './scratch.ts'
import type { ODataService } from './service.ts'

export type EntityWriter = {
  rows: RowWriter
  columns: readonly ReadProperty[]
  write(entity: RecordFields): void
  /** Values that were cut, since Postgres cannot keep all of them. */
  losses(): number
}

/**
 * @param columns the wanted, in the order of the rows' columns
 * @param since what the service gives although it is no newer is left out
 */
export const createEntityWriter = (rows: RowWriter, columns: readonly ReadProperty[], since: Since | null): EntityWriter => {
  const scratch = new Scratch()
  const rewritten = columns.flatMap(({ rewrite, name, type }, column) => (rewrite === null ? [] : [{ rewrite, name, type, column }]))
  const isNew = createNewnessOf(columns, since)
  return {
    rows,
    columns,
    write: (entity) => {
      if (!entity.isObject) return rows.reject(entity.raw(), 'An entity is an object.')
      if (isNew !== null && !isNew(entity)) return
      entity.writeTo(rows)
      scratch.clear()
      for (const { rewrite, name, type, column } of rewritten) {
        const value = entity.value(column)
        if (value === null) continue
        if (rewrite(value.source, value.from, value.to, scratch)) rows.set(column, scratch.buffer, scratch.from, scratch.to)
        // Any bytes would be taken for those that the text stands for.
        else if (type === 'bytea') return rows.reject(entity.raw(), `Its "${name}" is not base64.`)
      }
      rows.push()
    },
    losses: () => scratch.losses,
  }
}

/** @returns null where the service's own filter is enough: it compares the very values that it gives */
const createNewnessOf = (columns: readonly ReadProperty[], since: Since | null): ((entity: RecordFields) => boolean) | null => {
  const column = columns.findIndex(({ name, isCut }) => isCut && name === since?.column)
  const isNewer = since === null ? null : createNewness(since)
  const rewrite = columns[column]?.rewrite
  if (isNewer === null || rewrite === undefined) return null
  const scratch = new Scratch()
  return (entity) => {
    scratch.clear()
    const value = entity.value(column)
    if (value === null || !rewrite?.(value.source, value.from, value.to, scratch)) return isNewer(value)
    return isNewer({ kind: 'string', source: scratch.buffer, from: scratch.from, to: scratch.to })
  }
}

export const createPageReader = (service: ODataService, { rows, columns, write }: EntityWriter): ReadPage<CopyChunk> => {
  const names = columns.map(({ name }) => name)
  return async function* readPage(url, isRepeated) {
    const page: Page = { entities: 0, nextLink: null, count: null, isRepeated: false }
    const waiting: CopyChunk[] = []
    const scanner = createRecordScanner({
      path: service.dialect.entitiesAt,
      columns: names,
      what: `The answer of the OData service at ${url.host}`,
      record: (entity) => {
        if (page.entities === 0) page.isRepeated ||= isRepeated(entity.raw())
        if (page.isRepeated) return
        page.entities += 1
        write(entity)
        if (rows.isFull) waiting.push(rows.take())
      },
      outside: (name, value) => noteFrame(page, service.dialect, name, value),
    })
    const { body } = await service.get(url)
    for await (const piece of body as AsyncIterable<Buffer>) {
      scanner.push(piece)
      if (page.isRepeated) return page
      yield* waiting.splice(0)
    }
    scanner.end()
    yield* waiting.splice(0)
    return page
  }
}
