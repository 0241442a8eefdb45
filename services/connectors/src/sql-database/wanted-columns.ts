/** The columns of a stream that an extract asks for, with how each is read. */

import type { RequestedColumn } from '@aiia/core/sync/source'

/** @param columns all of the stream's, as the source described them */
export const wantedOf = <Read extends { name: string }>(columns: readonly Read[], requested: readonly RequestedColumn[]): Read[] =>
  requested.map(({ name }) => {
    const found = columns.find((column) => column.name === name)
    if (found === undefined) throw new Error(`The column "${name}" was not described.`)
    return found
  })
