/** The kind `odata`: entity sets, read by GET, page by page. */

import type { ConnectionReport, ConnectorDriver, ExtractRequest, Source, SourceAccess, StreamShape } from '@aiia/core/sync/source'
import { wantedOf } from '../sql-database/wanted-columns.ts'
import type { ReadProperty } from './columns.ts'
import { type ODataStreamSource, streamSourceSchema } from './config.ts'
import { describeSource, discoverStreams, keyOf, type ODataShape } from './describe.ts'
import { createEntityWriter, createPageReader } from './entity-rows.ts'
import { filterOf, sinceFilter } from './filter.ts'
import { type Paging, readPages } from './pages.ts'
import { type ODataService, openService } from './service.ts'

const open = async (access: SourceAccess): Promise<Source> => {
  const service = await openService(access)
  const shapes = new Map<string, ODataShape>()
  return {
    readsSince: true,
    describe: async (stream): Promise<StreamShape> => {
      const shape = await describeSource(service, streamSourceSchema.parse(stream.source))
      shapes.set(stream.name, shape)
      const columns = shape.columns.map(({ name, sourceType, type, nullable }) => ({ name, sourceType, type, nullable }))
      return { columns, primaryKey: keyOf(shape.entitySet), expectedRows: shape.expectedRows }
    },
    extract: async function* (stream, _shape, { columns, rows, since }) {
      const shape = shapes.get(stream.name)
      if (shape === undefined || rows === null) throw new Error(`Stream "${stream.name}" was not described, or is not read as text.`)
      const wanted = wantedOf(shape.columns, columns)
      const paging = pagingOf(service, shape, { source: streamSourceSchema.parse(stream.source), wanted, since })
      const writer = createEntityWriter(rows, wanted, since)
      yield* readPages(paging, createPageReader(service, writer))
      yield rows.end()
      if (writer.losses() > 0)
        access.log(
          'WARN',
          `Stream "${stream.name}": ${writer.losses().toLocaleString('en')} values have more than six digits of a second, which is what Postgres keeps; the rest is cut off.`,
        )
    },
    close: () => service.close(),
  }
}

type Wish = { source: ODataStreamSource; wanted: readonly ReadProperty[]; since: ExtractRequest['since'] }

const pagingOf = (service: ODataService, { entitySet, columns }: ODataShape, { source, wanted, since }: Wish): Paging => {
  const { version, settings } = service
  const { name, key, properties, isPageable } = entitySet
  const behind = since === null ? null : sinceFilter(propertyNamed(columns, since.column), since, version)
  const selected = [...new Set([...wanted.map((property) => property.name), ...key])]
  const select = selected.join(',')
  const canOrder = properties.every((property) => property.isSortable || !key.includes(property.name))
  return {
    service,
    path: encodeURIComponent(name),
    options: {
      $filter: filterOf(source.filter, behind),
      // All is what comes without it, and an address has its limits.
      $select: selected.length === columns.length || select.length > longestSelect ? null : select,
      $orderby: canOrder ? key.join(',') || null : null,
    },
    top: version === 'v2' && isPageable ? settings.pageSize : null,
    canSkip: isPageable,
  }
}

const longestSelect = 4_000

const propertyNamed = (columns: readonly ReadProperty[], name: string): ReadProperty => {
  const found = columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`The column "${name}" was not described.`)
  return found
}

const test = async (access: SourceAccess): Promise<ConnectionReport> =>
  withService(access, async ({ latencyMs, version, settings }) => {
    const isOpen = settings.serviceUrl.startsWith('http:') && settings.authentication.kind !== 'none'
    return {
      latencyMs,
      serverVersion: `OData ${version}`,
      warnings: isOpen ? ['The address begins with http: the credentials and all data pass the network unencrypted. Use https.'] : [],
    }
  })

const withService = async <T>(access: SourceAccess, work: (service: ODataService) => Promise<T>): Promise<T> => {
  const service = await openService(access)
  try {
    return await work(service)
  } finally {
    await service.close()
  }
}

export const odataDriver: ConnectorDriver = { kind: 'odata', test, discover: (access) => withService(access, discoverStreams), open }
