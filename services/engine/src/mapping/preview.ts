/** A dry run of a stream's mapping over its first rows: what comes, and what would be stored of it. */

import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import { type MappedField, resolveMapping } from '@aiia/core/sync/mapping'
import type { StreamPreview } from '@aiia/core/sync/preview'
import type { RejectedRow } from '@aiia/core/sync/rejected-row'
import type { CopyChunk, RequestedColumn, RowWriter, Source } from '@aiia/core/sync/source'
import { startCopyIn } from '@aiia/pg-copy/copy-in'
import { isEncodable } from '@aiia/pg-copy/text-encoders'
import pg from 'pg'
import { toDestinationError } from '../destination/errors.ts'
import { quote, quoteAll } from '../destination/identifiers.ts'
import { planExtract } from './extract-plan.ts'
import { createStreamRows } from './stream-rows.ts'

type Texts = (string | null)[]
type Sample = { before: Texts[]; chunks: Buffer[]; rejected: RejectedRow[] }

/**
 * Values are taken as text, so that people can read them, and shown afterwards as the destination prints them: they are
 * copied into a temporary table of it.
 *
 * @param rows how many at most
 * @throws SyncError
 */
export const previewRows = async (
  source: Source,
  stream: StreamConfiguration,
  { rows, destinationUrl, hashSalt }: { rows: number; destinationUrl: string; hashSalt: Buffer },
): Promise<StreamPreview> => {
  const shape = await source.describe(stream)
  const mapped = resolveMapping(shape.columns, stream.fields, stream.name)
  const fields = mapped.map((field) => (isEncodable(field.type) ? field : { ...field, type: 'text' }))
  const plan = planExtract({}, fields)
  const sample: Sample = { before: [], chunks: [], rejected: [] }
  const inner = createStreamRows({ stream: stream.name, plan, key: [], salt: hashSalt, rowsBefore: 0 })
  if (inner === null) throw new Error('A preview is of text.')
  const recorder = record(inner, plan.columns, sample)
  const request = { columns: plan.columns, rows: recorder, range: null, since: null, state: null, parallel: 1 }
  const extract = source.extract(stream, shape, request)
  for await (const chunk of extract) {
    keep(sample, chunk)
    if (sample.before.length >= rows) break
  }
  if (sample.before.length >= rows) keep(sample, inner.end())
  const after = await asDestinationPrints(destinationUrl, fields, sample.chunks)
  return {
    before: plan.columns.map(({ name }) => name),
    after: mapped.map(({ name, type }) => ({ name, type })),
    rows: assemble(sample, after).slice(0, rows),
  }
}

const keep = ({ chunks, rejected }: Sample, chunk: CopyChunk): void => {
  chunks.push(chunk.data)
  rejected.push(...(chunk.rejected ?? []))
}

/** Notes what comes, and lets every row be a piece of its own, so that a source need not go on. */
const record = (inner: RowWriter, columns: readonly RequestedColumn[], { before }: Sample): RowWriter => {
  let row: Texts = columns.map(() => null)
  let pushed = false
  return {
    set: (column, source, from, to) => {
      row[column] = source.toString('utf8', from, to)
      inner.set(column, source, from, to)
    },
    push: () => {
      before.push(row)
      row = columns.map(() => null)
      pushed = true
      inner.push()
    },
    reject: (raw, rule) => {
      before.push([raw])
      pushed = true
      inner.reject(raw, rule)
    },
    placeOf: null,
    get isFull() {
      return pushed
    },
    take: () => {
      pushed = false
      return inner.take()
    },
    end: () => inner.end(),
  }
}

const asDestinationPrints = async (url: string, fields: readonly MappedField[], chunks: readonly Buffer[]): Promise<Texts[]> => {
  const client = new pg.Client({ connectionString: url, application_name: 'AIIA Data Refresh preview', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  const names = fields.map(({ name }) => name)
  try {
    await client.connect()
    await client.query(`SET timezone = 'UTC'`)
    await client.query(`CREATE TEMPORARY TABLE preview (${fields.map(({ name, type }) => `${quote(name)} ${type}`).join(', ')})`)
    const sink = await startCopyIn(client, `COPY preview (${quoteAll(names)}) FROM STDIN (FORMAT binary)`)
    for (const chunk of chunks) await sink.write(chunk)
    await sink.finish()
    const texts = names.map((name) => `${quote(name)}::text`).join(', ')
    const { rows } = await client.query<{ texts: Texts }>(`SELECT ARRAY[${texts}]::text[] AS texts FROM preview ORDER BY ctid`)
    return rows.map((row) => row.texts)
  } catch (error) {
    throw toDestinationError(error, { step: 'MATCH' })
  } finally {
    await client.end().catch(() => {})
  }
}

/** Rejected rows stand at their places among the others. */
const assemble = ({ before, rejected }: Sample, after: readonly Texts[]): StreamPreview['rows'] => {
  const rejections = new Map(rejected.map((row) => [row.position, row]))
  let accepted = 0
  return before.map((texts, at) => {
    const rejection = rejections.get(at + 1)
    if (rejection !== undefined) return { before: texts, after: null, rejected: { column: rejection.column, rule: rejection.rule } }
    accepted += 1
    return { before: texts, after: after[accepted - 1] ?? null, rejected: null }
  })
}
