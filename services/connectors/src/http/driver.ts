/** The kind `http`: GETs the pages of an API one after the other, and reads their records while they arrive. */

import { SyncError } from '@aiia/core/failures/failure'
import type { StreamConfiguration } from '@aiia/core/sync/configuration'
import type { ConnectionReport, ConnectorDriver, CopyChunk, ExtractRequest, Source, SourceAccess } from '@aiia/core/sync/source'
import { type Api, createApi } from './api.ts'
import { describeStream } from './describe.ts'
import { type PageTaking, type ScannedPage, scanPage } from './page-reader.ts'
import { createPagination, type Pagination } from './pagination.ts'
import { createNewness, printSince } from './since.ts'
import { type HttpStreamSource, streamSourceSchema } from './stream-source.ts'

const open = async (access: SourceAccess): Promise<Source> => {
  const api = createApi(access)
  access.log('INFO', `Reading from ${api.settings.baseUrl}.`)
  const known = new Map<string, ReadonlySet<string>>()
  return {
    readsSince: true,
    guessesTypes: true,
    describe: async (stream) => {
      const shape = await describeStream(api, stream, streamSourceSchema.parse(stream.source), access.log)
      known.set(stream.name, new Set(shape.columns.map(({ name }) => name)))
      return shape
    },
    extract: async function* (stream, _shape, request) {
      const source = streamSourceSchema.parse(stream.source)
      const names = yield* readPages(api, stream, source, request)
      const described = known.get(stream.name)
      const unknown = described === undefined ? [] : [...names].filter((name) => !described.has(name))
      if (unknown.length > 0)
        access.log(
          'WARN',
          `Stream "${stream.name}": records have members that are no columns of it: ${unknown
            .slice(0, mostNames)
            .map((name) => `"${name}"`)
            .join(', ')}. To keep them, name its columns in the stream’s source.`,
        )
    },
    close: () => api.close(),
  }
}

const mostNames = 20

/** @returns the names that members of records had */
async function* readPages(
  api: Api,
  stream: StreamConfiguration,
  source: HttpStreamSource,
  { columns, rows, since }: ExtractRequest,
): AsyncGenerator<CopyChunk, Set<string>, void> {
  if (rows === null) throw new Error(`Stream "${stream.name}" is not read as text.`)
  const start = api.urlOf(source.path, source.query)
  if (since !== null && source.since !== undefined) start.searchParams.set(source.since.param, printSince(since.value, source.since))
  const pagination = createPagination(source.pagination, start, api.print)
  const isNew = since === null ? null : createNewness(since)
  const cursor = columns.findIndex(({ name }) => name === since?.column)
  const names = new Set<string>()
  const waiting: CopyChunk[] = []
  let [place, record] = ['', 0]
  const taking: PageTaking = {
    source,
    columns: columns.map(({ name }) => name),
    asJson: new Set(columns.filter(({ type }) => /^jsonb?$/.test(type)).map(({ name }) => name)),
    record: (fields) => {
      record += 1
      if (!fields.isObject) rows.reject(fields.raw(), 'A record is a JSON object.')
      else if (isNew === null || isNew(cursor < 0 ? null : fields.value(cursor))) {
        fields.writeTo(rows)
        rows.push()
      }
      if (rows.isFull) waiting.push(rows.take())
    },
  }
  rows.placeOf = () => `${place}, record ${record}`
  try {
    for (let url: URL | null = pagination.first; url !== null; ) {
      place = api.print(url)
      record = 0
      const page: ScannedPage | null = yield* readPage(api, url, { taking, pagination, waiting })
      if (page === null) break
      for (const name of page.names) names.add(name)
      url = pagination.next(page)
    }
    yield rows.end()
  } finally {
    rows.placeOf = null
  }
  return names
}

type PageReading = { taking: PageTaking; pagination: Pagination; waiting: CopyChunk[] }

/** @returns null where the server says that there is no such page */
async function* readPage(
  api: Api,
  url: URL,
  { taking, pagination, waiting }: PageReading,
): AsyncGenerator<CopyChunk, ScannedPage | null, void> {
  const response = await api.get(url).catch((error: unknown) => {
    if (pagination.mayBeBeyondEnd && error instanceof SyncError && error.code === 'INVALID_QUERY') return null
    throw error
  })
  if (response === null) return null
  const pieces = scanPage(api, url, taking, response)
  try {
    for (;;) {
      const { done, value } = await pieces.next()
      yield* waiting.splice(0)
      if (done === true) return value
    }
  } finally {
    response.body.destroy()
  }
}

const test = async (access: SourceAccess): Promise<ConnectionReport> => {
  const api = createApi(access)
  const { testPath, baseUrl, authentication } = api.settings
  const warnings =
    baseUrl.startsWith('http:') && authentication.kind !== 'none'
      ? ['Credentials are sent without encryption. Use an address that begins with https://.']
      : []
  const started = performance.now()
  try {
    const { body, headers } = await api.get(api.urlOf(testPath ?? ''))
    const latencyMs = Math.round(performance.now() - started)
    body.destroy()
    return { latencyMs, serverVersion: serverOf(headers['server']), warnings }
  } catch (error) {
    if (testPath !== undefined || !(error instanceof SyncError) || error.code !== 'INVALID_QUERY') throw error
    const latencyMs = Math.round(performance.now() - started)
    warnings.push(
      `The server was reached, and has nothing at the base address itself, so the sign-in is not tested. Set the path of the test. ${error.message}`,
    )
    return { latencyMs, serverVersion: 'HTTP', warnings }
  } finally {
    await api.close()
  }
}

const serverOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && header !== '' ? `HTTP, ${header}` : 'HTTP'

export const httpDriver: ConnectorDriver = {
  kind: 'http',
  test,
  // An API has no catalogue that all of them share: streams are named by their paths.
  discover: async () => [],
  open,
}
