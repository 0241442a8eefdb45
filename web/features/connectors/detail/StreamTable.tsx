/** What a connector reads, and the destination table that each stream fills. */

import { ArrowRight, KeyRound } from 'lucide-react'
import { Card } from '@/ui/Card.tsx'
import { formatCount } from '@/ui/format.ts'
import { Table, Td, Th, Tr } from '@/ui/Table.tsx'
import { isSql, keyInWords } from '../wizard/chosen-streams.ts'
import type { Connector } from './ConnectorPage.tsx'

const sourceText = (source: unknown): string => {
  if (isSql(source)) return source.sql
  return typeof source === 'object' && source !== null ? Object.values(source).map(String).join(' ') : String(source)
}

export const StreamTable = ({ streams }: { streams: Connector['streams'] }) => (
  <Card>
    <Table label="Streams">
      <thead>
        <tr>
          <Th>Stream</Th>
          <Th className="hidden w-full lg:table-cell">Source</Th>
          <Th>Destination</Th>
          <Th className="hidden md:table-cell">Key</Th>
          <Th numeric className="hidden xl:table-cell">
            Reject limit
          </Th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <Tr key={stream.id}>
            <Td className="max-w-48 truncate font-mono text-xs font-medium">{stream.name}</Td>
            <Td className="hidden w-full max-w-0 truncate font-mono text-xs text-ink-soft lg:table-cell" title={sourceText(stream.source)}>
              {sourceText(stream.source)}
            </Td>
            <Td className="max-w-64 font-mono text-xs">
              <span className="flex items-center gap-1.5">
                <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-faint" />
                <span className="truncate">
                  {stream.destinationSchema}.{stream.destinationTable}
                </span>
              </span>
            </Td>
            <Td className="hidden max-w-64 text-xs text-ink-soft md:table-cell">
              <span className="flex items-center gap-1.5">
                {stream.primaryKey?.length !== 0 && <KeyRound aria-hidden className="size-3 shrink-0 text-ink-faint" />}
                <span className="truncate">{keyInWords(stream.primaryKey)}</span>
              </span>
            </Td>
            <Td numeric className="hidden text-xs text-ink-soft xl:table-cell">
              {formatCount(stream.rejectLimit)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  </Card>
)
