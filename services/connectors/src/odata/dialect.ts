/** In what the versions of the protocol differ, as far as requests and the frame of an answer go. */

import type { ODataVersion } from './metadata.ts'

export type Dialect = {
  headers(pageSize: number): Record<string, string>
  /** Asks for the number of all entities beside those of a page. */
  counting: Readonly<Record<string, string>>
  /** Where an answer has its entities. */
  entitiesAt: readonly string[] | 'first-array'
  /** What stands beside them. */
  nextLink: RegExp
  count: RegExp
}

export const dialects: Readonly<Record<ODataVersion, Dialect>> = {
  v2: {
    headers: () => ({ accept: 'application/json', maxdataserviceversion: '2.0' }),
    counting: { $inlinecount: 'allpages' },
    // `d.results`, or `d` itself.
    entitiesAt: 'first-array',
    nextLink: /^d\.__next$/,
    count: /^d\.__count$/,
  },
  v4: {
    headers: (pageSize) => ({
      accept: 'application/json;odata.metadata=minimal;IEEE754Compatible=true',
      'odata-maxversion': '4.0',
      prefer: `odata.maxpagesize=${pageSize}`,
    }),
    counting: { $count: 'true' },
    entitiesAt: ['value'],
    nextLink: /^@(odata\.)?nextLink$/,
    count: /^@(odata\.)?count$/,
  },
}

/** What a page tells beside its entities. */
export type PageFrame = {
  /** As it stands in the answer; null: there is none. */
  nextLink: string | null
  /** Entities of all pages; null: not told. */
  count: number | null
}

export const noteFrame = (frame: PageFrame, dialect: Dialect, name: string, value: string): void => {
  if (dialect.nextLink.test(name)) frame.nextLink = value
  else if (dialect.count.test(name) && /^\d+$/.test(value)) frame.count = Number(value)
}
