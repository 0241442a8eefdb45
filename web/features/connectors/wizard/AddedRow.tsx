'use client'
/** A chosen stream that was added by hand. */

import { Code, FileText, SlidersHorizontal, Trash2 } from 'lucide-react'
import * as t from '@/texts/wizard-streams.ts'
import { Button } from '@/ui/Button.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { primaryKeyOf, type StreamDraft } from '../streams/stream-draft.ts'
import { isSql, keyInWords, modeNames, sourceInWords } from '../streams/stream-words.ts'

type Props = { stream: StreamDraft; errors: Record<string, string> | undefined; onEdit: () => void; onRemove: () => void }

export const AddedRow = ({ stream, errors, onEdit, onRemove }: Props) => {
  const Icon = isSql(stream.source) ? Code : FileText
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-sunken px-4 py-2 last:border-b-0">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-mono text-xs font-medium">{stream.name}</p>
        <p className="truncate text-xs text-ink-faint">
          {t.addedStream(sourceInWords(stream.source), modeNames[stream.mode], keyInWords(primaryKeyOf(stream)))}
        </p>
        {errors && <p className="text-xs text-failed">{Object.values(errors)[0]}</p>}
      </div>
      <Button size="sm" icon={SlidersHorizontal} aria-label={t.editStream(stream.name)} data-leads-to={stream.name} onClick={onEdit}>
        {t.edit}
      </Button>
      <IconButton icon={Trash2} label={t.removeStream(stream.name)} onClick={onRemove} />
    </li>
  )
}
