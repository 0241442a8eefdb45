'use client'
/** A discovered stream: pick it, see its key and columns, name its destination table. */

import clsx from 'clsx'
import { ArrowRight, ChevronRight, KeyRound, SlidersHorizontal } from 'lucide-react'
import { memo, useState } from 'react'
import * as t from '@/texts/wizard-streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Highlighted } from '@/ui/Highlighted.tsx'
import { Input } from '@/ui/Input.tsx'
import type { Discovered, StreamDraft } from '../streams/stream-draft.ts'

type Props = {
  stream: Discovered
  /** null: not picked. */
  draft: StreamDraft | null
  errors: Record<string, string> | undefined
  search: string
  onPick: (stream: Discovered, picked: boolean) => void
  onDestination: (name: string, table: string) => void
  onEdit: (name: string) => void
}

const Columns = ({ stream }: { stream: Discovered }) => (
  <ul className="grid gap-x-6 gap-y-1 px-11 pb-3 text-xs sm:grid-cols-2 xl:grid-cols-3">
    {stream.columns.map(({ name, sourceType, nullable }) => (
      <li key={name} className="flex min-w-0 items-baseline gap-2 font-mono">
        <span className="truncate">{name}</span>
        {stream.primaryKey.includes(name) && <KeyRound aria-label={t.partOfKey} className="size-3 shrink-0 self-center text-pending" />}
        <span className="truncate text-ink-faint">{t.columnType(sourceType, nullable)}</span>
      </li>
    ))}
  </ul>
)

export const StreamRow = memo(({ stream, draft, errors, search, onPick, onDestination, onEdit }: Props) => {
  const [open, setOpen] = useState(false)
  const { name, primaryKey, expectedRows, columns } = stream
  const picked = draft !== null
  const error = errors && Object.values(errors)[0]
  return (
    <li className={clsx('border-b last:border-b-0', picked && 'bg-sunken')}>
      <div className="grid min-h-11 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-4 py-1.5 md:grid-cols-[auto_minmax(0,5fr)_minmax(0,4fr)_6rem_minmax(0,5fr)_auto]">
        <Checkbox checked={picked} onChange={(checked) => onPick(stream, checked)} aria-label={t.readStream(name)} />
        <button type="button" onClick={() => onPick(stream, !picked)} tabIndex={-1} className="min-w-0 text-left">
          <span className="block truncate font-mono text-xs font-medium">
            <Highlighted text={name} search={search} />
          </span>
        </button>
        <span className="hidden min-w-0 items-center gap-1.5 text-xs text-ink-soft md:flex">
          {primaryKey.length > 0 ? (
            <>
              <KeyRound aria-label={t.key} className="size-3 shrink-0 text-pending" />
              <span className="truncate font-mono">{primaryKey.join(', ')}</span>
            </>
          ) : (
            <span className="truncate text-ink-faint">{t.noKey}</span>
          )}
        </span>
        <span className="hidden text-right text-xs text-ink-faint tabular md:block">
          {expectedRows === null ? '' : t.expectedRows(expectedRows)}
        </span>
        <div className="hidden min-w-0 items-center gap-2 md:flex">
          {picked && <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />}
          {picked && (
            <Input
              aria-label={t.destinationOf(name)}
              aria-invalid={error !== undefined}
              value={draft.destinationTable}
              onChange={(event) => onDestination(name, event.target.value)}
              className={clsx('h-7! font-mono text-xs!', error && 'border-failed!')}
            />
          )}
        </div>
        <span className="flex items-center justify-end gap-1 md:w-40">
          {picked && (
            <Button size="sm" icon={SlidersHorizontal} aria-label={t.editStream(name)} data-leads-to={name} onClick={() => onEdit(name)}>
              {t.edit}
            </Button>
          )}
          <button
            type="button"
            aria-expanded={open}
            aria-label={t.columnsOf(name)}
            onClick={() => setOpen(!open)}
            className="flex h-7 items-center gap-1 rounded-md px-1.5 text-xs text-ink-faint tabular hover:bg-hover hover:text-ink"
          >
            {t.columnCount(columns.length)}
            <ChevronRight aria-hidden className={clsx('size-3.5 transition-transform', open && 'rotate-90')} />
          </button>
        </span>
      </div>
      {error && <p className="px-11 pb-2 text-xs text-failed">{error}</p>}
      {open && <Columns stream={stream} />}
    </li>
  )
})
