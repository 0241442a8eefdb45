'use client'
/** The connectors as a table, a row each, to select where the viewer may act on many. */

import { listMeanings } from '@/features/help/glossary.ts'
import { StatusMeanings } from '@/features/help/Meanings.tsx'
import type { ConnectorListItemFragment } from '@/graphql/generated/graphql.ts'
import { Checkbox } from '@/ui/Checkbox.tsx'
import { Explained } from '@/ui/Explained.tsx'
import { Table, Th } from '@/ui/Table.tsx'
import type { Selection } from '@/ui/use-selection.ts'
import { ConnectorRow } from './ConnectorRow.tsx'

type Props = {
  connectors: readonly ConnectorListItemFragment[]
  /** Kinds that nobody has tried against the real thing. */
  unverified: ReadonlySet<string>
  /** null for those who only look. */
  selection: Selection<ConnectorListItemFragment> | null
}

export const ConnectorTable = ({ connectors, unverified, selection }: Props) => (
  <Table label="Connectors">
    <thead>
      <tr>
        {selection && (
          <Th className="pr-0">
            <Checkbox
              aria-label="Select all connectors shown"
              checked={selection.selected.length === connectors.length}
              indeterminate={selection.selected.length > 0 && selection.selected.length < connectors.length}
              onChange={selection.selectAll}
            />
          </Th>
        )}
        <Th>Connector</Th>
        <Th>
          <Explained meaning={<StatusMeanings />}>Last run</Explained>
        </Th>
        <Th className="hidden md:table-cell lg:hidden xl:table-cell">
          <Explained meaning={listMeanings.lastRuns}>Last 20 runs</Explained>
        </Th>
        <Th numeric className="hidden md:table-cell">
          <Explained meaning={listMeanings.records}>Records</Explained>
        </Th>
        <Th className="hidden lg:table-cell">
          <Explained meaning={listMeanings.schedule}>Schedule</Explained>
        </Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </tr>
    </thead>
    <tbody>
      {connectors.map((connector) => (
        <ConnectorRow
          key={connector.id}
          connector={connector}
          verified={!unverified.has(connector.kind)}
          selected={selection?.has(connector.id) ?? false}
          onSelect={selection?.select ?? null}
        />
      ))}
    </tbody>
  </Table>
)
