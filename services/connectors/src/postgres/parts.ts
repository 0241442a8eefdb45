/** A table as parts of its pages, which several sessions can read side by side. */

import type pg from 'pg'

/** How a table lies on disk. */
export type TableSize = {
  /** Pages of the table, or of its largest partition: parts reach over all of them. */
  pages: number
  /** Of all partitions, with what is kept out of line. */
  bytes: number
}

/** Page numbers, the last one not included; `to` null: up to the end, however far the table has grown. */
export type PagePart = { from: number; to: number | null }

/** From here on a table is read by ranges of pages without looking at the others (TID Range Scan). */
const firstVersion = 140_000

/** A session pays for so much; the first one has nothing to pay for. */
const bytesPerReader = 268_435_456
/** Chosen by us; more only where a stream asks for it. */
const mostChosen = 4
/** Readers that are done early take parts from the others. */
const partsPerReader = 4

/**
 * By the catalogue's statistics: to ask for the size itself would wait for whoever has locked the table. Partitions and
 * inheriting tables have page numbers of their own, and a range selects from each of them.
 *
 * @returns null where pages say nothing of the rows: a view, a foreign table, an access method other than heap, an old
 *   server, a table that was never analyzed
 */
export const sizeOf = async (client: pg.Client, oid: string): Promise<TableSize | null> => {
  const { rows } = await client.query<{ pages: number | null; bytes: number | null; whole: boolean | null }>(
    `WITH RECURSIVE part AS (SELECT $1::oid AS oid UNION SELECT i.inhrelid FROM pg_inherits i JOIN part p ON i.inhparent = p.oid)
     SELECT max(c.relpages)::float8 AS pages,
       sum((c.relpages + coalesce(toast.relpages, 0))::float8 * current_setting('block_size')::int) AS bytes,
       bool_and(c.relkind = 'p' OR coalesce(a.amname = 'heap', false)) AND current_setting('server_version_num')::int >= ${firstVersion} AS whole
     FROM part p JOIN pg_class c ON c.oid = p.oid LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid LEFT JOIN pg_am a ON a.oid = c.relam`,
    [oid],
  )
  const { pages = null, bytes = null, whole = null } = rows[0] ?? {}
  return whole === true && pages !== null && pages > 0 && bytes !== null ? { pages, bytes } : null
}

/** @param wished null: as many as pay */
export const readersFor = ({ pages, bytes }: TableSize, wished: number | null): number =>
  Math.max(1, Math.min(pages, wished ?? Math.min(mostChosen, Math.floor(bytes / bytesPerReader))))

export const partsFor = ({ pages }: TableSize, readers: number): PagePart[] => {
  const count = Math.min(pages, readers * partsPerReader)
  return Array.from({ length: count }, (_, part) => ({
    from: Math.floor((pages * part) / count),
    to: part === count - 1 ? null : Math.floor((pages * (part + 1)) / count),
  }))
}

/** As a condition on the rows. */
export const inPart = ({ from, to }: PagePart): string =>
  [`ctid >= '(${from},0)'::tid`, ...(to === null ? [] : [`ctid < '(${to},0)'::tid`])].join(' AND ')
