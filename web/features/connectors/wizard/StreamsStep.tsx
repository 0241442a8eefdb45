'use client'
/** Second step: what to read. */

import { ArrowLeft, ArrowRight, Code, SearchX, TableProperties, Trash2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { Explained } from '@/graphql/errors.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount } from '@/ui/format.ts'
import { IconButton } from '@/ui/IconButton.tsx'
import { SearchInput } from '@/ui/Input.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { ExplainedFailure } from '../connection/ExplainedFailure.tsx'
import { type ChosenStream, type Discovered, fromDiscovery, isSql, keyInWords } from './chosen-streams.ts'
import { SqlStreamDialog } from './SqlStreamDialog.tsx'
import { StreamRow } from './StreamRow.tsx'

/** More rows than this help nobody; the search does. */
const mostShown = 200

type Discovery = { streams: Discovered[] | null; problem: Explained | null; again: () => void }

type Props = {
  discovery: Discovery
  chosen: readonly ChosenStream[]
  onChosen: (chosen: ChosenStream[]) => void
  /** By stream name. */
  errors: Record<string, string>
  onBack: () => void
  onContinue: () => void
}

const SqlRow = ({ stream, error, onRemove }: { stream: ChosenStream; error: string | undefined; onRemove: () => void }) => (
  <li className="flex items-center gap-3 border-b bg-sunken px-4 py-2 last:border-b-0">
    <Code aria-hidden className="size-4 shrink-0 text-ink-faint" />
    <div className="min-w-0 flex-1">
      <p className="truncate font-mono text-xs font-medium">{stream.name}</p>
      <p className="truncate text-xs text-ink-faint">
        {isSql(stream.source) && stream.source.sql.replace(/\s+/g, ' ')} · key: {keyInWords(stream.primaryKey)}
      </p>
      {error && <p className="text-xs text-failed">{error}</p>}
    </div>
    <IconButton icon={Trash2} label={`Remove ${stream.name}`} onClick={onRemove} />
  </li>
)

const Loading = () => (
  <section aria-live="polite" aria-label="Looking at what the source has" className="flex flex-col gap-2 p-4">
    {[1, 2, 3, 4, 5, 6].map((row) => (
      <Skeleton key={row} className="h-8" />
    ))}
  </section>
)

export const StreamsStep = ({ discovery, chosen, onChosen, errors, onBack, onContinue }: Props) => {
  const [text, setText] = useState('')
  const [writing, setWriting] = useState(false)
  const search = useDeferredValue(text.trim())
  const { streams, problem } = discovery
  const matching = (streams ?? []).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  const tables = new Map(chosen.map(({ name, destinationTable }) => [name, destinationTable]))
  const without = (name: string) => chosen.filter((stream) => stream.name !== name)
  const pick = (stream: Discovered, picked: boolean) =>
    onChosen(picked ? [...without(stream.name), fromDiscovery(stream)] : without(stream.name))
  const rename = (name: string, destinationTable: string) =>
    onChosen(chosen.map((stream) => (stream.name === name ? { ...stream, destinationTable } : stream)))
  const pickAll = () => onChosen([...chosen, ...matching.filter(({ name }) => !tables.has(name)).map(fromDiscovery)])
  return (
    <>
      <Card>
        <header className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
          <SearchInput
            label="Search streams"
            pageSearch
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-w-40 flex-1 sm:max-w-72"
          />
          <output className="text-xs text-ink-faint tabular">
            {formatCount(chosen.length)} chosen{streams && ` of ${formatCount(streams.length)}`}
          </output>
          <div className="ml-auto flex gap-2">
            <Button size="sm" variant="ghost" onClick={pickAll} disabled={matching.length === 0}>
              {search === '' ? 'Choose all' : `Choose all ${formatCount(matching.length)} found`}
            </Button>
            <Button size="sm" icon={Code} onClick={() => setWriting(true)}>
              Custom SQL
            </Button>
          </div>
        </header>
        <ul aria-label="Streams" className="max-h-[60dvh] min-h-40 overflow-y-auto">
          {chosen
            .filter(({ source }) => isSql(source))
            .map((stream) => (
              <SqlRow key={stream.name} stream={stream} error={errors[stream.name]} onRemove={() => onChosen(without(stream.name))} />
            ))}
          {matching.slice(0, mostShown).map((stream) => (
            <StreamRow
              key={stream.name}
              stream={stream}
              destinationTable={tables.get(stream.name) ?? null}
              error={errors[stream.name]}
              search={search}
              onPick={pick}
              onDestination={rename}
            />
          ))}
        </ul>
        {streams === null && problem === null && <Loading />}
        {problem !== null && (
          <div className="p-4">
            <ExplainedFailure failure={problem}>
              <Button size="sm" onClick={discovery.again} className="mt-3">
                Try again
              </Button>
            </ExplainedFailure>
          </div>
        )}
        {streams?.length === 0 && (
          <EmptyState icon={TableProperties} title="This user sees no tables">
            Grant it read access at the source, or add a custom SQL stream.
          </EmptyState>
        )}
        {streams !== null && streams.length > 0 && matching.length === 0 && (
          <EmptyState icon={SearchX} title="No stream matches">
            Nothing contains “{text}”.
          </EmptyState>
        )}
        {matching.length > mostShown && (
          <p className="border-t px-4 py-2 text-xs text-ink-faint">{formatCount(matching.length - mostShown)} more: search to find them.</p>
        )}
        <footer className="flex justify-between gap-2 border-t bg-canvas px-4 py-3">
          <Button icon={ArrowLeft} onClick={onBack}>
            Back
          </Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={onContinue}>
            Continue <ArrowRight aria-hidden className="size-3.5" />
          </Button>
        </footer>
      </Card>
      <SqlStreamDialog
        open={writing}
        onOpenChange={setWriting}
        taken={(name) => tables.has(name) || (streams ?? []).some((stream) => stream.name === name)}
        onAdd={(stream) => onChosen([...chosen, stream])}
      />
    </>
  )
}
