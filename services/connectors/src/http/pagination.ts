/** How one comes from a page to the next, and where the last one is. */

import { SyncError } from '@aiia/core/failures/failure'
import { createLoopGuard } from './loop-guard.ts'
import type { PaginationSettings } from './stream-source.ts'

/** What is known of a page once it was read. */
export type Page = {
  url: URL
  records: number
  /** Tells it from other pages; empty where it has no records. */
  digest: string
  /** A scalar of the answer beside its records, by the path that the pagination names. */
  beside(path: string): string | undefined
  /** A member of the last record, as text. */
  ofLast(name: string): string | undefined
  /** The header Link. */
  link: string | null
}

export type Pagination = {
  first: URL
  /** @returns null behind the last page */
  next(page: Page): URL | null
  /** The page that was asked for last may be one too many, so that a server may refuse it. */
  readonly mayBeBeyondEnd: boolean
}

type Pace = { next(page: Page): URL | null; readonly mayBeBeyondEnd: boolean }

/** @param start the first address, without what the pagination adds */
export const createPagination = (settings: PaginationSettings, start: URL, print: (url: URL) => string): Pagination => {
  const first = new URL(start)
  if ('sizeParam' in settings && settings.sizeParam !== undefined && settings.size !== undefined)
    first.searchParams.set(settings.sizeParam, String(settings.size))
  const sure = (next: Pace['next']): Pace => ({ next, mayBeBeyondEnd: false })
  const begin = (pace: Pace): Pagination => ({
    first,
    next: (page) => pace.next(page),
    get mayBeBeyondEnd() {
      return pace.mayBeBeyondEnd
    },
  })
  switch (settings.style) {
    case 'none':
      return begin(sure(() => null))
    case 'page': {
      first.searchParams.set(settings.pageParam, String(settings.startPage))
      return begin(counted(first, { param: settings.pageParam, start: settings.startPage, size: settings.size, stepOf: () => 1, print }))
    }
    case 'offset': {
      first.searchParams.set(settings.offsetParam, String(settings.startOffset))
      const { offsetParam: param, startOffset, size } = settings
      // A server may give fewer than it was asked for.
      return begin(counted(first, { param, start: startOffset, size, stepOf: ({ records }) => records, print }))
    }
    case 'cursor':
      return begin(sure(byCursor(settings, first, print)))
    case 'link':
      return begin(sure(byLink(settings, first, print)))
    default:
      return settings satisfies never
  }
}

type Counting = {
  param: string
  start: number
  size: number | undefined
  stepOf(page: Page): number
  print(url: URL): string
}

/**
 * The last page is empty, or shorter than one before it. A first page that is shorter than was asked for is no proof: servers
 * have a limit of their own; the page behind it tells, and may be refused.
 */
const counted = (first: URL, { param, start, size, stepOf, print }: Counting): Pace => {
  let [at, pages, most, digest] = [start, 0, 0, '']
  let mayBeBeyondEnd = false
  return {
    next: (page) => {
      pages += 1
      if (page.records === 0 || page.records < most) return null
      if (page.digest === digest)
        throw new SyncError('PROTOCOL_ERROR', `The API gave the same records again for ${print(page.url)}: it does not heed "${param}".`)
      digest = page.digest
      most = page.records
      at += stepOf(page)
      mayBeBeyondEnd = pages === 1 && (size === undefined || page.records < size)
      const next = new URL(first)
      next.searchParams.set(param, String(at))
      return next
    },
    get mayBeBeyondEnd() {
      return mayBeBeyondEnd
    },
  }
}

const byCursor = (
  { cursorParam, cursorPath, cursorField, morePath }: Extract<PaginationSettings, { style: 'cursor' }>,
  first: URL,
  print: (url: URL) => string,
): Pace['next'] => {
  const isCircle = createLoopGuard()
  return (page) => {
    if (morePath !== undefined && page.beside(morePath) !== 'true') return null
    const cursor = cursorPath === undefined ? page.ofLast(cursorField ?? '') : page.beside(cursorPath)
    if (cursor === undefined || cursor === '' || cursor === 'false') {
      if (cursorField === undefined || page.records === 0) return null
      throw new SyncError(
        'PROTOCOL_ERROR',
        `The last record of ${print(page.url)} has no "${cursorField}", which the next page begins behind.`,
      )
    }
    if (isCircle(cursor))
      throw new SyncError('PROTOCOL_ERROR', `The API gave the same cursor again for ${print(page.url)}, so its pages would never end.`)
    const next = new URL(first)
    next.searchParams.set(cursorParam, cursor)
    return next
  }
}

const byLink = ({ nextPath }: Extract<PaginationSettings, { style: 'link' }>, first: URL, print: (url: URL) => string): Pace['next'] => {
  const isCircle = createLoopGuard()
  isCircle(first.href)
  return (page) => {
    const link = nextPath === undefined ? relNext(page.link) : page.beside(nextPath)
    if (link === undefined || link === '' || link === 'false') return null
    if (!URL.canParse(link, page.url.href))
      throw new SyncError('PROTOCOL_ERROR', `The API links from ${print(page.url)} to a next page by something that is no address.`)
    const next = new URL(link, page.url)
    // Behind a proxy a service may not know that it is reached by TLS.
    if (next.protocol === 'http:' && first.protocol === 'https:' && next.hostname === first.hostname) {
      next.protocol = 'https:'
      next.port = first.port
    }
    if (isCircle(next.href))
      throw new SyncError(
        'PROTOCOL_ERROR',
        `The API links from ${print(page.url)} to a page that was read before, so its pages would never end.`,
      )
    return next
  }
}

/** `<https://…?page=2>; rel="next", <…>; rel="last"` (RFC 8288). */
const relNext = (header: string | null): string | undefined => {
  for (const [, target, parameters = ''] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters)
    const names = relations?.[1] ?? relations?.[2] ?? ''
    if (names.toLowerCase().split(/\s+/).includes('next')) return target
  }
  return undefined
}
