/** What a stream looks like, from its first page: an API has no catalogue. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { SourceAccess, StreamShape } from '@aiia/core/sync/source'
import type { RecordFields } from '../json/record-scanner.ts'
import type { Api } from './api.ts'
import { inferColumns, type SampleMember } from './columns.ts'
import { scanPage } from './page-reader.ts'
import { createPagination } from './pagination.ts'
import type { HttpStreamSource } from './stream-source.ts'

/** Records that types are guessed from. */
const sampled = 200

export const describeStream = async (
  api: Api,
  { name, mode, cursorField }: StreamConfiguration,
  source: HttpStreamSource,
  log: SourceAccess['log'],
): Promise<StreamShape> => {
  if (mode !== 'FULL_REFRESH' && cursorField !== null && source.since === undefined)
    throw new SyncError(
      'INVALID_QUERY',
      `Stream "${name}" reads what is new, and its source does not say how: name the parameter of the API as "since": {"param": "updated_after"}, or set its mode to FULL_REFRESH.`,
    )
  const { records, expectedRows } = await readSample(api, source)
  if (source.columns === undefined) {
    if (records.length === 0)
      throw new SyncError(
        'INVALID_QUERY',
        `Stream "${name}": the API has no records now, so its columns cannot be told. Name them in the stream’s source: "columns": [{"name": "id", "type": "bigint"}].`,
      )
    return { columns: inferColumns(records), primaryKey: [], expectedRows }
  }
  const found = new Set(records.flat().map((member) => member.name))
  const missing = records.length === 0 ? [] : source.columns.filter((column) => !found.has(column.name))
  if (missing.length > 0)
    log(
      'WARN',
      `Stream "${name}": none of the first ${records.length} records has ${missing.map((column) => `"${column.name}"`).join(', ')}. Where a record has no such member, its value is NULL.`,
    )
  const kinds = new Map(inferColumns(records).map((column) => [column.name, column.sourceType]))
  const columns = source.columns.map((column) => ({ ...column, sourceType: kinds.get(column.name) ?? 'null', nullable: true }))
  return { columns, primaryKey: [], expectedRows }
}

/** The first page, or the beginning of it. */
const readSample = async (api: Api, source: HttpStreamSource): Promise<{ records: SampleMember[][]; expectedRows: number | null }> => {
  const { first } = createPagination(source.pagination, api.urlOf(source.path, source.query), api.print)
  const response = await api.get(first)
  const records: SampleMember[][] = []
  const taking = {
    source,
    columns: [],
    asJson: new Set<string>(),
    record: (fields: RecordFields) => {
      if (records.length < sampled && fields.isObject) records.push(fields.members())
    },
  }
  for await (const _ of scanPage(api, first, taking, response)) if (records.length >= sampled) break
  return { records, expectedRows: countOf(response.headers['x-total-count']) }
}

/** Of all pages, where an API tells it. */
const countOf = (header: string | string[] | undefined): number | null =>
  typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null
