'use client'
/** Which rows of a list are selected. What the list no longer shows counts no longer, and comes back with it. */

import { useCallback, useState } from 'react'

export type Selection<Item> = {
  selected: readonly Item[]
  has(id: string): boolean
  /** The same function always, for rows that are drawn only when they change. */
  select: (id: string, selected: boolean) => void
  selectAll(selected: boolean): void
}

const none: ReadonlySet<string> = new Set()

export const useSelection = <Item extends { id: string }>(shown: readonly Item[]): Selection<Item> => {
  const [ids, setIds] = useState(none)
  const select = useCallback((id: string, selected: boolean) => {
    setIds((before) => new Set(selected ? [...before, id] : [...before].filter((other) => other !== id)))
  }, [])
  return {
    selected: shown.filter(({ id }) => ids.has(id)),
    has: (id) => ids.has(id),
    select,
    selectAll: (selected) => setIds(selected ? new Set(shown.map(({ id }) => id)) : none),
  }
}
