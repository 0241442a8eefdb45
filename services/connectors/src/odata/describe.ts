/** What a stream reads: an entity set, its columns, key and size, from the service's metadata and a look at it. */

import { SyncError } from '@aiia/core/failures/failure'
import type { DiscoveredStream } from '@aiia/core/sync/source'
import { createRecordScanner } from '../json/record-scanner.ts'
import { columnsOf, type ReadProperty } from './columns.ts'
import type { ODataStreamSource } from './config.ts'
import { noteFrame, type PageFrame } from './dialect.ts'
import type { EntitySet } from './metadata.ts'
import type { ODataService } from './service.ts'

export type ODataShape = { entitySet: EntitySet; columns: ReadProperty[]; expectedRows: number | null }

/** @throws SyncError COLUMN_MISSING, PERMISSION_DENIED or INVALID_QUERY where it cannot be read */
export const describeSource = async (service: ODataService, { entitySet: name, filter }: ODataStreamSource): Promise<ODataShape> => {
  const { metadata, settings, version } = service
  const entitySet = metadata.entitySets.get(name)
  if (entitySet === undefined)
    throw new SyncError(
      'COLUMN_MISSING',
      `The service ${settings.serviceUrl} has no entity set "${name}". It has ${listed([...metadata.entitySets.keys()])}.`,
    )
  return { entitySet, columns: columnsOf(entitySet, version), expectedRows: await countOf(service, entitySet, filter ?? null) }
}

const mostListed = 20

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, mostListed).map((name) => `"${name}"`)
  return `${shown.join(', ')}${names.length > mostListed ? ` and ${names.length - mostListed} more` : ''}`
}

/** So much of an answer is read for the sake of a count. */
const longestLook = 262_144

/** A look at one entity, which is refused where reading would be, and tells how many there are; null: it does not. */
const countOf = async (service: ODataService, { name, isPageable }: EntitySet, filter: string | null): Promise<number | null> => {
  if (!isPageable) return null
  const { dialect } = service
  const { body } = await service.get(service.urlOf(encodeURIComponent(name), { $filter: filter, $top: 1, ...dialect.counting }))
  const seen: PageFrame = { nextLink: null, count: null }
  const scanner = createRecordScanner({
    path: dialect.entitiesAt,
    record: () => {},
    outside: (member, value) => noteFrame(seen, dialect, member, value),
    what: `The answer of the OData service at ${service.settings.serviceUrl}`,
  })
  let size = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    scanner.push(piece)
    size += piece.length
    if (seen.count !== null || size > longestLook) return seen.count
  }
  scanner.end()
  return seen.count
}

/** In a service of more entity sets, counts are left out: each is a request. */
const mostCounted = 20

export const discoverStreams = async (service: ODataService): Promise<DiscoveredStream[]> => {
  const entitySets = [...service.metadata.entitySets.values()].filter(({ isAddressable }) => isAddressable)
  const streams: DiscoveredStream[] = []
  for (const entitySet of entitySets) {
    const expectedRows = entitySets.length > mostCounted ? null : await countIfReadable(service, entitySet)
    const columns = columnsOf(entitySet, service.version).map(({ name, sourceType, type, nullable }) => ({
      name,
      sourceType,
      type,
      nullable,
    }))
    streams.push({ name: entitySet.name, source: { entitySet: entitySet.name }, columns, primaryKey: keyOf(entitySet), expectedRows })
  }
  return streams
}

/** The metadata names all of a service, also what this user may not read. */
const countIfReadable = async (service: ODataService, entitySet: EntitySet): Promise<number | null> => {
  try {
    return await countOf(service, entitySet, null)
  } catch (error) {
    if (error instanceof SyncError) return null
    throw error
  }
}

/** Properties of the entity itself; a key may also lie within a complex one. */
export const keyOf = ({ key, properties }: EntitySet): string[] =>
  key.every((part) => properties.some(({ name }) => name === part)) ? key : []
