'use client'
/** One stream, to edit: what is read and how, what its columns become, and a look at the first rows. */

import { ArrowLeft, Eye } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import type { Kind } from '../wizard/KindPicker.tsx'
import { ChangesCard } from './ChangesCard.tsx'
import { MappingCard } from './MappingCard.tsx'
import type { Column } from './mapping.ts'
import { PreviewCard } from './PreviewCard.tsx'
import { ReadingCard } from './ReadingCard.tsx'
import { RowsCard } from './RowsCard.tsx'
import { SourceFields, sourceProblems } from './SourceFields.tsx'
import { type StreamDraft, streamInput, streamProblems } from './stream-draft.ts'
import { useStreamColumns } from './use-stream-columns.ts'
import { type PreviewPlace, useStreamPreview } from './use-stream-preview.ts'

/** What the discovery said of the stream; null where it did not name it. */
export type Known = { columns: Column[]; primaryKey: string[] } | null

type Props = {
  kind: Kind
  stream: StreamDraft
  known: Known
  place: () => PreviewPlace
  /** What the API refused, by the names within the stream. */
  refused: Record<string, string>
  /** What no field can say. */
  problem: string | null
  busy: boolean
  saveLabel: string
  onSave: (stream: StreamDraft) => void
  onCancel: () => void
}

const within = (errors: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([path, message]) =>
      path === prefix ? [['', message]] : path.startsWith(`${prefix}.`) ? [[path.slice(prefix.length + 1), message]] : [],
    ),
  )

const problemsOf = (kind: Kind, draft: StreamDraft): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(sourceProblems(kind.streamSourceSchema, draft.source)).map(([path, message]) => [`source.${path}`, message]),
  ),
  ...streamProblems(draft),
})

/** The draft, and what is known to be wrong with it: gone with the next change, to be checked anew. */
const useDraft = (kind: Kind, stream: StreamDraft, refused: Record<string, string>) => {
  const [draft, setDraft] = useState(stream)
  const [found, setFound] = useState<Record<string, string>>({})
  const [seen, setSeen] = useState(refused)
  if (seen !== refused) {
    setSeen(refused)
    setFound(refused)
  }
  const change = useCallback((part: Partial<StreamDraft>) => {
    setFound({})
    setDraft((before) => ({ ...before, ...part }))
  }, [])
  const changeFields = useCallback((edit: (fields: StreamDraft['fields']) => StreamDraft['fields']) => {
    setFound({})
    setDraft((before) => ({ ...before, fields: edit(before.fields) }))
  }, [])
  const check = (): boolean => {
    const problems = problemsOf(kind, draft)
    setFound(problems)
    return Object.keys(problems).length === 0
  }
  return { draft, errors: found, refuse: setFound, change, changeFields, check }
}

export const StreamEditor = ({ kind, stream, known, place, refused, problem, busy, saveLabel, onSave, onCancel }: Props) => {
  const { draft, errors, refuse, change, changeFields, check } = useDraft(kind, stream, refused)
  const preview = useStreamPreview(place, refuse)
  const columns = useStreamColumns(draft, known?.columns ?? null, preview)
  const [previewed, setPreviewed] = useState(stream)
  const previewCard = useRef<HTMLDivElement>(null)
  const { capabilities } = kind
  const part = { draft, change, errors }
  const showPreview = () => {
    if (!check()) return
    setPreviewed(draft)
    previewCard.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
    void preview.ask(streamInput(draft))
  }
  const wrong = Object.keys(errors).length
  const [asking, setAsking] = useState(false)
  const leave = () => (draft === stream ? onCancel() : setAsking(true))
  return (
    <section aria-label={t.editor(draft.name)} className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant="ghost" icon={ArrowLeft} onClick={leave} className="-ml-3">
          {t.backToStreams}
        </Button>
        <h2 className="min-w-0 font-mono text-base font-semibold break-all">{draft.name}</h2>
      </header>
      {problem && (
        <Callout tone="danger" role="alert" title={common.notSaved}>
          {problem}
        </Callout>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <PlacesCard kind={kind} {...part} />
          <RowsCard {...part} capabilities={capabilities} columns={columns.columns ?? []} sourceKey={known?.primaryKey ?? null} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ReadingCard {...part} capabilities={capabilities} columns={columns.columns ?? []} />
          <ChangesCard {...part} capabilities={capabilities} columns={columns.columns ?? []} />
        </div>
      </div>
      <MappingCard
        columns={columns}
        fields={draft.fields}
        onFields={changeFields}
        keyColumns={draft.keyBy === 'COLUMNS' ? draft.keyColumns : draft.keyBy === 'SOURCE' ? (known?.primaryKey ?? []) : []}
        errors={errors}
      />
      <div ref={previewCard} className="scroll-mt-4">
        <PreviewCard preview={preview} stale={previewed !== draft} onPreview={showPreview} />
      </div>
      <footer
        data-sticky-end
        className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t bg-canvas/95 px-4 py-3 sm:mx-0 sm:px-0"
      >
        <output className="mr-auto text-xs text-failed">{wrong > 0 && t.markedAbove(wrong)}</output>
        <Button onClick={leave}>{common.cancel}</Button>
        <Button icon={Eye} busy={preview.running} onClick={showPreview} className="max-sm:hidden">
          {t.preview}
        </Button>
        <Button variant="primary" busy={busy} onClick={() => check() && onSave(draft)}>
          {saveLabel}
        </Button>
      </footer>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t.discardQuestion(draft.name)}
        description={t.discardHint}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t.goOnEditing}</Button>
            <Button variant="danger" onClick={onCancel}>
              {t.discard}
            </Button>
          </>
        }
      />
    </section>
  )
}

type PlacesProps = Pick<Props, 'kind'> & {
  draft: StreamDraft
  change: (change: Partial<StreamDraft>) => void
  errors: Record<string, string>
}

/** From where to where. */
const PlacesCard = ({ kind, draft, change, errors }: PlacesProps) => (
  <Card title={t.placesTitle}>
    <div className="flex flex-col gap-4 p-4">
      <SourceFields
        schema={kind.streamSourceSchema}
        source={draft.source}
        onChange={(source) => change({ source })}
        errors={within(errors, 'source')}
      />
      <Field label={t.table} description={t.tableHint} error={errors['destinationTable']}>
        <Input
          value={draft.destinationTable}
          onChange={(event) => change({ destinationTable: event.target.value })}
          className="font-mono text-xs"
        />
      </Field>
    </div>
  </Card>
)
