'use client'
/** The columns that a stream has at the source: as they were discovered, else found out by looking. */

import { useEffect, useEffectEvent, useState } from 'react'
import type { Column } from './mapping.ts'
import type { StreamDraft } from './stream-draft.ts'
import type { StreamPreview } from './use-stream-preview.ts'

export type StreamColumns = {
  /** null while they are not known. */
  columns: Column[] | null
  looking: boolean
  look(): void
}

/** @param known of the discovery; null: the source is asked at once */
export const useStreamColumns = (draft: StreamDraft, known: readonly Column[] | null, preview: StreamPreview): StreamColumns => {
  const [columns, setColumns] = useState<Column[] | null>(known && [...known])
  const [looked, setLooked] = useState(known !== null)
  // Without the mapping, which shows what the source has, whatever is wrong with it.
  const ask = () => preview.ask({ name: draft.name, source: draft.source }, { show: draft.fields === null })
  const take = (found: Found | null) => {
    if (found) setColumns(columnsOf(found, known))
    setLooked(true)
  }
  const askAtFirst = useEffectEvent(ask)
  const takeAtFirst = useEffectEvent(take)
  useEffect(() => {
    if (known === null) void askAtFirst().then((found) => takeAtFirst(found))
  }, [known])
  return { columns, looking: !looked || preview.running, look: () => void ask().then(take) }
}

type Found = { before: readonly string[]; after: readonly { type: string }[] }

const columnsOf = ({ before, after }: Found, known: readonly Column[] | null): Column[] =>
  before.map((name, index) => {
    const same = known?.find((column) => column.name === name)
    return same ?? { name, type: after[index]?.type ?? 'text', sourceType: null, nullable: null }
  })
