'use client'
/** All connectors, live. */

import { Plus, SearchX, Unplug } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { StatusAnnouncer } from '@/features/job-runs/StatusAnnouncer.tsx'
import { useRunEvents } from '@/features/job-runs/use-run-events.ts'
import { messageOf } from '@/graphql/errors.ts'
import { ConnectorsDocument, VerifiedKindsDocument } from '@/graphql/generated/graphql.ts'
import { useKept, useLiveQuery } from '@/graphql/live.ts'
import { Button, ButtonLink } from '@/ui/Button.tsx'
import { Callout } from '@/ui/Callout.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState } from '@/ui/EmptyState.tsx'
import { formatCount } from '@/ui/format.ts'
import { SearchInput } from '@/ui/Input.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Table, Th } from '@/ui/Table.tsx'
import { useDebounced } from '@/ui/use-debounced.ts'
import { ConnectorRow } from './ConnectorRow.tsx'
import { connectorPage } from './connector-page.ts'

const NewConnector = () => (
  <ButtonLink href="/admin/connectors/new" variant="primary" icon={Plus}>
    New connector
  </ButtonLink>
)

const NoConnectors = () => (
  <EmptyState icon={Unplug} title="No connectors yet" action={<NewConnector />}>
    A connector is an outside source of records, such as a PostgreSQL database. Add one, choose the tables it brings, and every Sync Now
    refreshes them in the destination.
  </EmptyState>
)

export const ConnectorList = () => {
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const [pages, setPages] = useState(1)
  const [{ data: fresh, error, fetching }] = useLiveQuery({ query: ConnectorsDocument, variables: connectorPage(search, pages) })
  const data = useKept(fresh)
  const [{ data: kinds }] = useQuery({ query: VerifiedKindsDocument })
  const unverified = new Set(kinds?.connectorKinds.flatMap(({ kind, verified }) => (verified ? [] : kind)))
  useRunEvents()
  const connectors = data?.connectors
  const runs = useMemo(() => (connectors?.nodes ?? []).flatMap(({ lastRun }) => lastRun ?? []), [connectors])
  const nothing = connectors?.nodes.length === 0
  if (nothing && search === '' && !fetching) {
    return (
      <>
        <PageHeader title="Connectors" />
        <Card>
          <NoConnectors />
        </Card>
      </>
    )
  }
  return (
    <>
      <PageHeader
        title="Connectors"
        description={connectors && `${formatCount(connectors.totalCount)} ${connectors.totalCount === 1 ? 'source' : 'sources'}`}
        actions={
          <>
            <SearchInput
              label="Search connectors"
              pageSearch
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-full min-w-40 flex-1 sm:w-60"
            />
            <NewConnector />
          </>
        }
      />
      {error && !data && (
        <Callout tone="danger" title="The connectors could not be loaded" role="alert">
          {messageOf(error)}
        </Callout>
      )}
      <StatusAnnouncer runs={runs} />
      {connectors && (
        <Card>
          {nothing ? (
            <EmptyState icon={SearchX} title="No connector matches" action={<Button onClick={() => setText('')}>Clear the search</Button>}>
              Nothing in a name or an address contains “{text}”.
            </EmptyState>
          ) : (
            <Table label="Connectors">
              <thead>
                <tr>
                  <Th>Connector</Th>
                  <Th>Last run</Th>
                  <Th numeric className="hidden md:table-cell">
                    Records
                  </Th>
                  <Th className="hidden lg:table-cell">Schedule</Th>
                  <Th>
                    <span className="sr-only">Actions</span>
                  </Th>
                </tr>
              </thead>
              <tbody>
                {connectors.nodes.map((connector) => (
                  <ConnectorRow key={connector.id} connector={connector} verified={!unverified.has(connector.kind)} />
                ))}
              </tbody>
            </Table>
          )}
          {connectors.pageInfo.hasNextPage && (
            <div className="flex justify-center border-t p-2">
              <Button variant="ghost" onClick={() => setPages(pages + 1)}>
                Show more
              </Button>
            </div>
          )}
        </Card>
      )}
    </>
  )
}
