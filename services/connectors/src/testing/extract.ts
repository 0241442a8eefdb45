/** Asks a source for rows as the engine does, for the tests of the kinds. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { CopyChunk, ExtractRequest, Source, StreamShape } from '@aiia/core/sync/source'
import { fieldsAsIs, type Rejection, TextRowWriter } from '@aiia/pg-copy/row-writer'

/** All columns as the source proposes them. What is rejected is in `rejections`. */
export const requestAll = (
  source: Source,
  { columns }: StreamShape,
  changes: Partial<ExtractRequest> = {},
): ExtractRequest & { rejections: Rejection[] } => {
  const rejections: Rejection[] = []
  const binary = source.copiesBinary === true
  const writer = new TextRowWriter(columns.length, binary ? [] : fieldsAsIs(columns), (rejection) => {
    rejections.push(rejection)
    return {
      stream: 'stream',
      position: rejection.position,
      place: rejection.place,
      key: null,
      column: rejection.column === null ? '(row)' : (columns[rejection.column]?.name ?? ''),
      rawValue: rejection.raw ?? (rejection.column === null ? null : (rejection.values[rejection.column]?.toString() ?? null)),
      rule: rejection.rule,
      row: null,
    }
  })
  return {
    columns: columns.map((column) => ({ ...column, as: binary ? 'binary' : 'text' })),
    rows: binary ? null : writer,
    range: null,
    since: null,
    state: null,
    parallel: null,
    ...changes,
    rejections,
  }
}

/** All chunks of one extract. */
export const extractAll = async (
  source: Source,
  stream: StreamConfiguration,
  shape: StreamShape,
  changes: Partial<ExtractRequest> = {},
): Promise<{ chunks: CopyChunk[]; rejections: Rejection[] }> => {
  const request = requestAll(source, shape, changes)
  const chunks: CopyChunk[] = []
  for await (const chunk of source.extract(stream, shape, request)) chunks.push(chunk)
  return { chunks, rejections: request.rejections }
}
