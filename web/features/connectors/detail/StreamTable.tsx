'use client'
/** What a connector reads, how, and the destination table that each stream fills. */

import { ArrowRight, KeyRound, SlidersHorizontal, Trash2 } from 'lucide-react'
import { listMeanings } from '@/features/help/glossary.ts'
import { ModeMeanings } from '@/features/help/Meanings.tsx'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { formatCount } from '@/ui/format.ts'
import { IconButton } from '@/ui/IconButton.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { keyInWords, modeNames, sourceInWords } from '../streams/stream-words.ts'
import type { Connector } from './ConnectorPage.tsx'

type Stream = Connector['streams'][number]

/** null where the viewer may only look. */
type Actions = { onEdit: (stream: Stream) => void; onRemove: (stream: Stream) => void } | null

type Props = { streams: readonly Stream[]; actions: Actions }

export const StreamTable = ({ streams, actions }: Props) => (
  <Table label="Streams">
    <thead>
      <tr>
        <Th>Stream</Th>
        <Th className="hidden w-full lg:table-cell">Source</Th>
        <Th className="hidden sm:table-cell">Destination</Th>
        <Th className="hidden md:table-cell">
          <Explained meaning={<ModeMeanings />}>Mode and key</Explained>
        </Th>
        <Th className="hidden xl:table-cell">
          <Explained meaning={listMeanings.mapping}>Mapping</Explained>
        </Th>
        {actions && (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        )}
      </tr>
    </thead>
    <tbody>
      {streams.map((stream) => (
        <StreamLine key={stream.id} stream={stream} actions={actions} removable={streams.length > 1} />
      ))}
    </tbody>
  </Table>
)

const mappingInWords = ({ fields, rejectLimit }: Stream): string => {
  const mapped = fields === null ? 'every column' : `${formatCount(fields.length)} ${fields.length === 1 ? 'field' : 'fields'}`
  return rejectLimit === 0 ? mapped : `${mapped}, up to ${formatCount(rejectLimit)} rejected`
}

const StreamLine = ({ stream, actions, removable }: { stream: Stream; actions: Actions; removable: boolean }) => (
  <Tr className="h-13">
    <Td className="w-full max-w-0 lg:w-auto lg:max-w-48">
      <p className="truncate font-mono text-xs font-medium">{stream.name}</p>
      <p className="truncate font-mono text-xs text-ink-faint sm:hidden">{stream.destinationTable}</p>
    </Td>
    <Td className="hidden w-full max-w-0 truncate font-mono text-xs text-ink-soft lg:table-cell" title={sourceInWords(stream.source)}>
      {sourceInWords(stream.source)}
    </Td>
    <Td className="hidden max-w-64 font-mono text-xs sm:table-cell">
      <span className="flex items-center gap-1.5">
        <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-faint" />
        <span className="truncate">
          {stream.destinationSchema}.{stream.destinationTable}
        </span>
      </span>
    </Td>
    <Td className="hidden max-w-64 text-xs text-ink-soft md:table-cell">
      <Badge>{modeNames[stream.mode]}</Badge>
      <span className="mt-0.5 flex items-center gap-1.5 text-ink-faint">
        {stream.primaryKey?.length !== 0 && <KeyRound aria-hidden className="size-3 shrink-0" />}
        <span className="truncate">{keyInWords(stream.primaryKey)}</span>
      </span>
    </Td>
    <Td className="hidden text-xs whitespace-nowrap text-ink-soft xl:table-cell">{mappingInWords(stream)}</Td>
    {actions && (
      <Td className="w-px">
        <div className="flex items-center gap-1">
          <Button size="sm" icon={SlidersHorizontal} aria-label={`Edit ${stream.name}`} onClick={() => actions.onEdit(stream)}>
            Edit
          </Button>
          {removable && <IconButton icon={Trash2} label={`Remove ${stream.name}`} onClick={() => actions.onRemove(stream)} />}
        </div>
      </Td>
    )}
  </Tr>
)
