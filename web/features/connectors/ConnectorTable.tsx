'use client'

/** The connectors as a table, a row each, to select where the viewer may act on many. */

import { StatusMeanings } from '@/features/help/Meanings.tsx'
import type { ConnectorListItemFragment } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/connectors.tsx'
import { listMeanings } from '@/texts/glossary.ts'
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
  <Table label={t.title}>
    <thead>
      <tr>
        {selection && (
          <Th className="pr-0">
            <Checkbox
              aria-label={t.selectAll}
              checked={selection.selected.length === connectors.length}
              indeterminate={selection.selected.length > 0 && selection.selected.length < connectors.length}
              onChange={selection.selectAll}
            />
          </Th>
        )}
        <Th>{common.connector}</Th>
        <Th>
          <Explained meaning={<StatusMeanings />}>{t.lastRunHeading}</Explained>
        </Th>
        <Th className="hidden md:table-cell lg:hidden xl:table-cell">
          <Explained meaning={listMeanings.lastRuns}>{t.lastRunsHeading}</Explained>
        </Th>
        <Th numeric className="hidden md:table-cell">
          <Explained meaning={listMeanings.records}>{t.recordsHeading}</Explained>
        </Th>
        <Th className="hidden lg:table-cell">
          <Explained meaning={listMeanings.schedule}>{t.scheduleHeading}</Explained>
        </Th>
        <Th>
          <span className="sr-only">{t.actionsHeading}</span>
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
