'use client'
/** What a connector reads, how, and the destination table that each stream fills. */

import { ArrowRight, KeyRound, SlidersHorizontal, Trash2 } from 'lucide-react'
import { ModeMeanings } from '@/features/help/Meanings.tsx'
import * as t from '@/texts/connector-streams.ts'
import { listMeanings } from '@/texts/glossary.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { keyInWords, modeNames, sourceInWords } from '../streams/stream-words.ts'
import type { Connector } from './ConnectorPage.tsx'

type Stream = Connector['streams'][number]

/** null where the viewer may only look. */
type Actions = { onEdit: (stream: Stream) => void; onRemove: (stream: Stream) => void } | null

type Props = { streams: readonly Stream[]; actions: Actions }

export const StreamTable = ({ streams, actions }: Props) => (
  <Table label={t.title}>
    <thead>
      <tr>
        <Th>{t.streamHeading}</Th>
        <Th className="hidden w-full lg:table-cell">{t.sourceHeading}</Th>
        <Th className="hidden sm:table-cell">{t.destinationHeading}</Th>
        <Th className="hidden md:table-cell">
          <Explained meaning={<ModeMeanings />}>{t.modeHeading}</Explained>
        </Th>
        <Th className="hidden xl:table-cell">
          <Explained meaning={listMeanings.mapping}>{t.mappingHeading}</Explained>
        </Th>
        {actions && (
          <Th>
            <span className="sr-only">{t.actionsHeading}</span>
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
    <Td className="hidden text-xs whitespace-nowrap text-ink-soft xl:table-cell">
      {t.mapping(stream.fields?.length ?? null, stream.rejectLimit)}
    </Td>
    {actions && (
      <Td className="w-px">
        <div className="flex items-center gap-1">
          <Button size="sm" icon={SlidersHorizontal} aria-label={t.editStream(stream.name)} onClick={() => actions.onEdit(stream)}>
            {t.edit}
          </Button>
          {removable && <IconButton icon={Trash2} label={t.removeStream(stream.name)} onClick={() => actions.onRemove(stream)} />}
        </div>
      </Td>
    )}
  </Tr>
)
