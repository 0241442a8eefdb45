/** Second step of the wizard for a new connector: which of the source's streams are read. */

import { formatCount } from '@/ui/format.ts'

export const searchLabel = 'Search streams'
/** @param total how many the source names; 0 when it names none, or has not answered yet */
export const chosen = (count: number, total: number) =>
  total > 0 ? `${formatCount(count)} chosen of ${formatCount(total)}` : `${formatCount(count)} chosen`
export const chooseAll = 'Choose all'
/** While something is searched for. */
export const chooseAllFound = (count: number) => `Choose all ${formatCount(count)} found`

/** To those who hear the page: the list of the streams. */
export const streams = 'Streams'
export const readStream = (stream: string) => `Read ${stream}`
/** To those who hear the page: the icon before the columns of the primary key. */
export const key = 'Key'
/** Of a stream without a primary key: each run replaces the whole table. */
export const noKey = 'no key: replaced whole'
/** As the source estimates it. */
export const expectedRows = (count: number) => `~${formatCount(count)} rows`
export const destinationOf = (stream: string) => `Destination table of ${stream}`
export const edit = 'Edit'
export const editStream = (stream: string) => `Edit ${stream}`
/** Little room: columns. */
export const columnCount = (count: number) => `${count} cols`
export const columnsOf = (stream: string) => `Columns of ${stream}`
/** To those who hear the page: the icon beside a column's name. */
export const partOfKey = 'part of the key'
/** @param type as the source calls it */
export const columnType = (type: string, nullable: boolean) => (nullable ? type : `${type} not null`)

/**
 * A stream that was added by hand.
 * @param source what it reads, such as a path
 * @param mode name of its sync mode
 * @param primaryKey its columns, or in words where it has none of its own
 */
export const addedStream = (source: string, mode: string, primaryKey: string) => `${source} · ${mode.toLowerCase()} · key: ${primaryKey}`
export const removeStream = (stream: string) => `Remove ${stream}`

/** To those who hear the page: the list is on its way. */
export const loading = 'Looking at what the source has'
export const tryAgain = 'Try again'
export const noMatchTitle = 'No stream matches'
export const noMatchHint = (search: string) => `Nothing contains “${search}”.`
export const emptyTitle = 'The source names no streams'
export const emptyHint =
  'Either it keeps no list of what it has, or this sign-in may not see it. Grant it read access there, or say by hand what to read.'
/** Below a list that is cut off. */
export const more = (count: number) => `${formatCount(count)} more: search to find them.`
