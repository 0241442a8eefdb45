/** The pages of an entity set, one behind the other: by the service's own links, or by counting where it gives none. */

import { SyncError } from '@aiia/core/failures/failure'
import { createLoopGuard } from '../http/loop-guard.ts'
import type { PageFrame } from './dialect.ts'
import type { ODataService, QueryOptions } from './service.ts'

export type Page = PageFrame & {
  entities: number
  /** It begins as the one before it did, and was not read any further. */
  isRepeated: boolean
}

/** @param isRepeated asked with the first entity */
export type ReadPage<Piece> = (url: URL, isRepeated: (entity: string) => boolean) => AsyncGenerator<Piece, Page, void>

export type Paging = {
  service: ODataService
  path: string
  options: QueryOptions
  /** Entities that one request asks for by `$top`; null: all, in pages of the service's choice. */
  top: number | null
  /** The service can be asked for what comes behind so many entities. */
  canSkip: boolean
}

/** Yields what `read` yields for each page, until there are no more. */
export async function* readPages<Piece>(
  { service, path, options, top, canSkip }: Paging,
  read: ReadPage<Piece>,
): AsyncGenerator<Piece, void, void> {
  const counting = canSkip ? service.dialect.counting : {}
  const urlAt = (skip: number): URL => service.urlOf(path, { ...options, $top: top, ...(skip === 0 ? counting : { $skip: skip }) })
  const failed = (message: string) => new SyncError('PROTOCOL_ERROR', `The OData service at ${service.settings.serviceUrl} ${message}`)
  const isLoop = createLoopGuard()
  const batches = createBatches(top)
  let url = urlAt(0)
  for (;;) {
    const page = yield* read(url, batches.isRepeated)
    if (page.isRepeated) {
      if (batches.areShort()) return
      throw failed(
        `gives the same entities of ${path} again where $skip asks for later ones. Raise the connector’s page size above the number of entities.`,
      )
    }
    batches.add(page)
    if (page.nextLink !== null) {
      url = service.follow(page.nextLink, url)
      if (isLoop(url.href)) throw failed(`links from a page of ${path} to one before it, so that it has no end.`)
    } else {
      const skip = canSkip ? batches.next() : null
      if (skip === null) return
      url = urlAt(skip)
    }
  }
}

/**
 * What requests with `$skip` bring, each one page or several that are linked. Services have limits of their own and need
 * not say so; others know no `$skip`, or no `$top` either, and give everything at each request.
 */
const createBatches = (top: number | null) => {
  /** All so far; of them before the batch at work; the largest batch. */
  let [total, before, most] = [0, 0, 0]
  let count: number | null = null
  let [first, isNew] = ['', true]
  return {
    isRepeated: (entity: string): boolean => {
      if (!isNew) return false
      isNew = false
      if (entity === first) return true
      first = entity
      return false
    },
    add: (page: Page): void => {
      total += page.entities
      count ??= page.count
    },
    /** Fewer came than were asked for, so that they may be all. */
    areShort: (): boolean => top !== null && most < top,
    /** @returns how many are to be skipped next; null: there are no more */
    next: (): number | null => {
      const size = total - before
      most = Math.max(most, size)
      // A count that is too small is none.
      const more = count !== null && count >= total ? total < count : top !== null && size <= top && size === most
      if (size === 0 || !more) return null
      ;[before, isNew] = [total, true]
      return total
    },
  }
}
