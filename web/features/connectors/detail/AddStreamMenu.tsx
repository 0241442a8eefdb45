'use client'
/** Adds a stream to a connector: one that the source names, a query, or one by hand. */

import { Code, FilePlus2, Plus, SearchX, TableProperties } from 'lucide-react'
import { useState } from 'react'
import * as t from '@/texts/connector-streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { Highlighted } from '@/ui/Highlighted.tsx'
import { Menu, MenuItem } from '@/ui/Menu.tsx'
import { SearchInput } from '@/ui/SearchInput.tsx'
import { Skeleton } from '@/ui/Skeleton.tsx'
import { ExplainedFailure } from '../connection/ExplainedFailure.tsx'
import { AddStreamDialog } from '../streams/AddStreamDialog.tsx'
import { type Discovered, newStream, type StreamDraft } from '../streams/stream-draft.ts'
import { type Discovery, useDiscovery } from '../streams/use-discovery.ts'
import { type WayToAdd, waysToAdd } from '../streams/ways-to-add.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import type { Connector } from './ConnectorPage.tsx'

type Props = { connector: Connector; kind: Kind; onAdd: (stream: StreamDraft) => void }

export const AddStreamMenu = ({ connector, kind, onAdd }: Props) => {
  const [adding, setAdding] = useState<WayToAdd | null>(null)
  const [looking, setLooking] = useState(false)
  const discovery = useDiscovery(() => ({ id: connector.id }))
  const names = new Set(connector.streams.map(({ name }) => name))
  const look = () => {
    setLooking(true)
    discovery.ask()
  }
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="sm" icon={Plus}>
            {t.addStream}
          </Button>
        }
      >
        <MenuItem icon={TableProperties} onSelect={look}>
          {t.addDiscovered}
        </MenuItem>
        {waysToAdd(kind).map((way) => (
          <MenuItem key={way.label} icon={way.isSql ? Code : FilePlus2} onSelect={() => setAdding(way)}>
            {way.label}
          </MenuItem>
        ))}
      </Menu>
      <Dialog open={looking} onOpenChange={setLooking} title={t.addStream} className="max-w-2xl!">
        <Found
          discovery={discovery}
          isTaken={({ name }) => names.has(name)}
          onChoose={({ name, source }) => {
            setLooking(false)
            onAdd(newStream(name, source))
          }}
        />
      </Dialog>
      <AddStreamDialog
        way={adding}
        onClose={() => setAdding(null)}
        schema={kind.streamSourceSchema}
        taken={(name) => names.has(name)}
        onAdd={onAdd}
      />
    </>
  )
}

const mostShown = 100

type FoundProps = { discovery: Discovery; isTaken: (stream: Discovered) => boolean; onChoose: (stream: Discovered) => void }

const Found = ({ discovery: { streams, problem, ask }, isTaken, onChoose }: FoundProps) => {
  const [text, setText] = useState('')
  const search = text.trim().toLowerCase()
  if (problem)
    return (
      <ExplainedFailure failure={problem}>
        <Button size="sm" onClick={ask} className="mt-3">
          {t.tryAgain}
        </Button>
      </ExplainedFailure>
    )
  if (streams === null)
    return (
      <section aria-live="polite" aria-label={t.looking} className="flex flex-col gap-2">
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} className="h-8" />
        ))}
      </section>
    )
  const free = streams.filter((stream) => !isTaken(stream))
  const matching = free.filter(({ name }) => name.toLowerCase().includes(search))
  return (
    <div className="flex flex-col gap-3">
      <SearchInput label={t.search} value={text} onChange={(event) => setText(event.target.value)} />
      {matching.length === 0 ? (
        <EmptyState compact icon={SearchX} title={free.length === 0 ? t.nothingElseTitle : t.noMatchTitle}>
          {free.length === 0 ? t.nothingElseHint : t.noMatchHint(text)}
        </EmptyState>
      ) : (
        <ul aria-label={t.found} className="max-h-[50dvh] overflow-y-auto rounded-lg border">
          {matching.slice(0, mostShown).map((stream) => (
            <li key={stream.name} className="border-b last:border-b-0">
              <button
                type="button"
                onClick={() => onChoose(stream)}
                className="flex min-h-9 w-full items-baseline gap-3 px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium">
                  <Highlighted text={stream.name} search={search} />
                </span>
                <span className="shrink-0 text-xs text-ink-faint tabular">{t.columns(stream.columns.length)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {matching.length > mostShown && <p className="text-xs text-ink-faint">{t.more(matching.length - mostShown)}</p>}
    </div>
  )
}
