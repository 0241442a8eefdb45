'use client'
/** What can be done to the connectors that are selected; stays in sight at the end of the window. */

import { Pause, Play, RefreshCw, X } from 'lucide-react'
import { useMayActAs } from '@/features/session/use-role.ts'
import * as t from '@/texts/connectors-bulk.ts'
import { Button } from '@/ui/Button.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import type { BulkAction } from './summary.ts'
import { type Selected, useBulkActions } from './use-bulk-actions.ts'

type Props = { selected: readonly Selected[]; onClear: () => void; onDone: () => void }

export const BulkActions = ({ selected, onClear, onDone }: Props) => {
  const mayEdit = useMayActAs('ADMINISTRATOR')
  const { busy, run } = useBulkActions(onDone)
  if (selected.length === 0) return null
  const action = (name: BulkAction) => ({
    busy: busy === name,
    disabled: busy !== null,
    onClick: () => run(name, selected),
  })
  return (
    <section
      aria-label={t.barLabel}
      data-sticky-end
      className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised p-2 shadow-raised"
    >
      <output className="px-2 text-sm font-medium whitespace-nowrap tabular max-sm:order-first max-sm:flex-1">
        {t.selected(selected.length)}
      </output>
      {/* On a phone beneath the count and the way out. */}
      <div className="flex gap-2 max-sm:w-full">
        <Button icon={RefreshCw} {...action('sync')}>
          {t.sync}
        </Button>
        {mayEdit && (
          <>
            <Button icon={Pause} {...action('pause')}>
              {t.pause}
            </Button>
            <Button icon={Play} {...action('resume')}>
              {t.resume}
            </Button>
          </>
        )}
      </div>
      <IconButton icon={X} label={t.clearSelection} onClick={onClear} className="max-sm:order-first" />
    </section>
  )
}
