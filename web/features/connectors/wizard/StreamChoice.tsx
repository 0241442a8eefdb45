'use client'
/** The streams that a source names and those that were added by hand: which of them are read. */

import { ArrowLeft, ArrowRight, Code, FilePlus2, SearchX, TableProperties } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import * as wizardTexts from '@/texts/wizard.ts'
import * as t from '@/texts/wizard-streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { ExplainedFailure } from '../connection/ExplainedFailure.tsx'
import { AddStreamDialog } from '../streams/AddStreamDialog.tsx'
import { type Discovered, newStream, type StreamDraft } from '../streams/stream-draft.ts'
import type { Discovery } from '../streams/use-discovery.ts'
import { type WayToAdd, waysToAdd } from '../streams/ways-to-add.ts'
import { AddedRow } from './AddedRow.tsx'
import type { Kind } from './KindPicker.tsx'
import { StreamRow } from './StreamRow.tsx'

/** More rows than this help nobody; the search does. */
const mostShown = 200

export type StreamChoiceProps = {
  kind: Kind
  discovery: Discovery
  chosen: readonly StreamDraft[]
  onChosen: (chosen: StreamDraft[]) => void
  /** By the name of the stream, then of its field. */
  errors: Record<string, Record<string, string>>
  onBack: () => void
  onContinue: () => void
  onEdit: (name: string) => void
}

const Loading = () => (
  <section aria-live="polite" aria-label={t.loading} className="flex flex-col gap-2 p-4">
    {[1, 2, 3, 4, 5, 6].map((row) => (
      <Skeleton key={row} className="h-8" />
    ))}
  </section>
)

export const StreamChoice = ({ kind, discovery, chosen, onChosen, errors, onBack, onContinue, onEdit }: StreamChoiceProps) => {
  const [text, setText] = useState('')
  const [adding, setAdding] = useState<WayToAdd | null>(null)
  const search = useDeferredValue(text.trim())
  const { streams, problem } = discovery
  const matching = (streams ?? []).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  const picked = new Map(chosen.map((stream) => [stream.name, stream]))
  const discovered = new Set(streams?.map(({ name }) => name))
  const without = (name: string) => chosen.filter((stream) => stream.name !== name)
  const pick = ({ name, source }: Discovered, isPicked: boolean) =>
    onChosen(isPicked ? [...without(name), newStream(name, source)] : without(name))
  const rename = (name: string, destinationTable: string) =>
    onChosen(chosen.map((stream) => (stream.name === name ? { ...stream, destinationTable } : stream)))
  const pickAll = () =>
    onChosen([...chosen, ...matching.filter(({ name }) => !picked.has(name)).map(({ name, source }) => newStream(name, source))])
  const ways = waysToAdd(kind)
  return (
    <>
      <Card>
        <header className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
          <SearchInput
            label={t.searchLabel}
            pageSearch
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-w-40 flex-1 sm:max-w-72"
          />
          <output className="text-xs text-ink-faint tabular">{t.chosen(chosen.length, streams?.length ?? 0)}</output>
          <div className="ml-auto flex flex-wrap gap-2">
            {matching.length > 0 && (
              <Button size="sm" variant="ghost" onClick={pickAll}>
                {search === '' ? t.chooseAll : t.chooseAllFound(matching.length)}
              </Button>
            )}
            {ways.map((way) => (
              <Button key={way.label} size="sm" icon={way.isSql ? Code : FilePlus2} onClick={() => setAdding(way)}>
                {way.label}
              </Button>
            ))}
          </div>
        </header>
        <ul aria-label={t.streams} className="max-h-[60dvh] overflow-y-auto not-empty:min-h-40">
          {chosen
            .filter(({ name }) => !discovered.has(name))
            .map((stream) => (
              <AddedRow
                key={stream.name}
                stream={stream}
                errors={errors[stream.name]}
                onEdit={() => onEdit(stream.name)}
                onRemove={() => onChosen(without(stream.name))}
              />
            ))}
          {matching.slice(0, mostShown).map((stream) => (
            <StreamRow
              key={stream.name}
              stream={stream}
              draft={picked.get(stream.name) ?? null}
              errors={errors[stream.name]}
              search={search}
              onPick={pick}
              onDestination={rename}
              onEdit={onEdit}
            />
          ))}
        </ul>
        {streams === null && problem === null && <Loading />}
        {problem !== null && (
          <div className="p-4">
            <ExplainedFailure failure={problem}>
              <Button size="sm" onClick={discovery.ask} className="mt-3">
                {t.tryAgain}
              </Button>
            </ExplainedFailure>
          </div>
        )}
        {streams?.length === 0 && chosen.length === 0 && <NothingFound ways={ways} onAdd={setAdding} />}
        {streams !== null && streams.length > 0 && matching.length === 0 && (
          <EmptyState icon={SearchX} title={t.noMatchTitle}>
            {t.noMatchHint(text)}
          </EmptyState>
        )}
        {matching.length > mostShown && <p className="border-t px-4 py-2 text-xs text-ink-faint">{t.more(matching.length - mostShown)}</p>}
        <footer className="flex justify-between gap-2 border-t bg-canvas px-4 py-3">
          <Button icon={ArrowLeft} onClick={onBack}>
            {wizardTexts.back}
          </Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={onContinue}>
            {wizardTexts.goOn} <ArrowRight aria-hidden className="size-3.5" />
          </Button>
        </footer>
      </Card>
      <AddStreamDialog
        way={adding}
        onClose={() => setAdding(null)}
        schema={kind.streamSourceSchema}
        taken={(name) => picked.has(name) || discovered.has(name)}
        onAdd={(stream) => onChosen([...chosen, stream])}
      />
    </>
  )
}

/** A kind without a catalogue finds nothing, ever; one with a catalogue may lack the right to see. */
const NothingFound = ({ ways, onAdd }: { ways: WayToAdd[]; onAdd: (way: WayToAdd) => void }) => {
  const [first] = ways
  return (
    <EmptyState
      icon={TableProperties}
      title={t.emptyTitle}
      action={
        first && (
          <Button icon={FilePlus2} onClick={() => onAdd(first)}>
            {first.title}
          </Button>
        )
      }
    >
      {t.emptyHint}
    </EmptyState>
  )
}
